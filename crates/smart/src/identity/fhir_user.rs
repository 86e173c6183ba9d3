//! `fhirUser`: the user's own resource (checklist C3).

use std::fmt;

use access::Role;

/// The user's own resource, without the server part, which may differ from the FHIR base.
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
