//! `fhirUser`: the user's own resource (checklist C3).

use std::fmt;

use access::Role;
use url::Url;

use crate::Issuer;

/// The user's own resource. Its server part may differ from the FHIR base (C3), so kind and id alone name nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FhirUser {
    /// Its type.
    pub kind: FhirUserKind,
    /// Its id.
    pub id: String,
    /// As the token says it: relative, or with the address of a server.
    pub reference: String,
}

/// What a user's resource can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FhirUserKind {
    /// `Patient`
    Patient,
    /// `Practitioner`
    Practitioner,
    /// `PractitionerRole`
    PractitionerRole,
    /// `RelatedPerson`
    RelatedPerson,
    /// `Person`
    Person,
}

impl FhirUser {
    /// Reads a reference, relative or absolute, with or without a version.
    pub fn parse(reference: &str) -> Option<Self> {
        let bare = reference.split_once("/_history/").map_or(reference, |(before, _)| before);
        let mut segments = bare.rsplit('/');
        let (id, kind) = (segments.next()?, segments.next()?);
        let kind = match kind {
            "Patient" => FhirUserKind::Patient,
            "Practitioner" => FhirUserKind::Practitioner,
            "PractitionerRole" => FhirUserKind::PractitionerRole,
            "RelatedPerson" => FhirUserKind::RelatedPerson,
            "Person" => FhirUserKind::Person,
            _ => return None,
        };
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        let known = (1..=64).contains(&id.len()) && id.bytes().all(letters) && reference.len() <= 2048;
        known.then(|| Self { kind, id: id.to_owned(), reference: reference.to_owned() })
    }

    /// True where both are one resource of one server; a relative reference is one below `base`.
    pub fn is_same(&self, other: &Self, base: &Url) -> bool {
        let server = self.server(base);
        self.kind == other.kind && self.id == other.id && server.is_some() && server == other.server(base)
    }

    /// True where the resource lies below a FHIR base: only there do kind and id name it.
    pub fn is_below(&self, base: &Url) -> bool {
        let server = self.server(base);
        server.is_some() && server == Issuer::of(base)
    }

    /// The server that the resource is of; `None` where the reference begins with something that is no server.
    fn server(&self, base: &Url) -> Option<Issuer> {
        let bare = self.reference.split_once("/_history/").map_or(self.reference.as_str(), |(before, _)| before);
        match bare.strip_suffix(&self.to_string())? {
            "" => Issuer::of(base),
            server => Issuer::parse(server.strip_suffix('/')?),
        }
    }
}

impl FhirUserKind {
    /// What the screens offer such a user. `person_is` stands for a `Person`, which says nothing about it.
    pub fn role(self, person_is: Role) -> Role {
        match self {
            Self::Practitioner | Self::PractitionerRole => Role::Clinician,
            Self::Patient => Role::Patient,
            Self::RelatedPerson => Role::Carer,
            Self::Person => person_is,
        }
    }
}

impl fmt::Display for FhirUserKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patient => "Patient",
            Self::Practitioner => "Practitioner",
            Self::PractitionerRole => "PractitionerRole",
            Self::RelatedPerson => "RelatedPerson",
            Self::Person => "Person",
        })
    }
}

impl fmt::Display for FhirUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c3_a_user_is_read_from_relative_and_absolute_references() {
        for text in ["Practitioner/17", "https://other.example/fhir/Practitioner/17", "Practitioner/17/_history/3"] {
            assert_eq!(
                FhirUser::parse(text).map(|user| user.to_string()),
                Some("Practitioner/17".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn c3_c4_the_same_kind_and_id_at_another_server_is_somebody_else() {
        let base = Url::parse("https://ehr.example/fhir").expect("an address");
        let same = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|text| FhirUser::parse(text).expect("a user"));
            assert_eq!(one.is_same(&other, &base), other.is_same(&one, &base));
            one.is_same(&other, &base)
        };
        let listed = "Practitioner/1";
        for text in [
            "Practitioner/1",
            "Practitioner/1/_history/3",
            "https://ehr.example/fhir/Practitioner/1",
            "https://EHR.example:443/fhir/Practitioner/1/_history/3",
        ] {
            assert!(same(listed, text), "{text}");
        }
        for text in [
            "https://other.example/fhir/Practitioner/1",
            "https://ehr.example/other/Practitioner/1",
            "https://ehr.example/fhir/fhir/Practitioner/1",
            "https://ehr.example:8443/fhir/Practitioner/1",
            "http://ehr.example/fhir/Practitioner/1",
            "https://ehr.example@other.example/fhir/Practitioner/1",
            "fhir/Practitioner/1",
            "/Practitioner/1",
            "//ehr.example/fhir/Practitioner/1",
            "Practitioner/2",
            "PractitionerRole/1",
        ] {
            assert!(!same(listed, text), "{text}");
        }
        let elsewhere = "https://other.example/fhir/Practitioner/1";
        assert!(same(elsewhere, elsewhere), "an operator may list somebody of another server by the whole reference");
        assert!(!same("fhir/Practitioner/1", "fhir/Practitioner/1"), "no server is no match");
        let below = |text: &str| FhirUser::parse(text).expect("a user").is_below(&base);
        assert!(below("Practitioner/1") && below("https://ehr.example/fhir/Practitioner/1"));
        assert!(!below(elsewhere) && !below("fhir/Practitioner/1"));
    }

    #[test]
    fn what_is_no_user_is_none() {
        for text in [
            "",
            "17",
            "Device/17",
            "Practitioner/",
            "practitioner/17",
            "Practitioner/a b",
            "Practitioner/../x y",
            "https://me.example/",
        ] {
            assert_eq!(FhirUser::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_role_follows_the_kind_of_the_resource() {
        let role = |text: &str| FhirUser::parse(text).map(|user| user.kind.role(Role::Coordinator));
        assert_eq!(role("Practitioner/1"), Some(Role::Clinician));
        assert_eq!(role("PractitionerRole/1"), Some(Role::Clinician));
        assert_eq!(role("Patient/1"), Some(Role::Patient));
        assert_eq!(role("RelatedPerson/1"), Some(Role::Carer));
        assert_eq!(role("Person/1"), Some(Role::Coordinator));
    }
}
