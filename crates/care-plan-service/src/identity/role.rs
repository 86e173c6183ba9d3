//! In which role the user of a token acts.
//!
//! Of several professional roles the one with the widest duties counts. A patient's or carer's role beside a professional one
//! counts only where the token proves in what capacity its user signed in (`fhirUser`): staff who are patients of the
//! organisation too would else sign everybody's plan as the patient, and who proves to be the patient would sign their own
//! as a clinician. A user of whom the token says that they are somebody else is never its patient.

use std::collections::BTreeSet;

use access::{PatientAt, Role};
use serde_json::{Map, Value};
use smart::{FhirUser, FhirUserKind};

use super::Trust;
use super::claims::{About, at};

/// As whom the user signed in, as far as the token proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignedIn {
    /// As the patient whom the token is about.
    AsThePatient,
    /// As somebody who acts for them: a RelatedPerson, or another Patient.
    ForThePatient,
    /// As one of those who treat people.
    AtWork,
    /// It does not say, or says what cannot be compared.
    Unsaid,
}

/// The role in which they act; `None` where none of theirs counts in this token.
pub(super) fn role(claims: &Map<String, Value>, trust: &Trust, about: &About) -> Option<Role> {
    let said: BTreeSet<&str> = match at(claims, &trust.claims.roles)? {
        Value::String(text) => text.split_ascii_whitespace().collect(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let mapped: Vec<Role> = said.into_iter().filter_map(|role| trust.roles.get(role).copied()).collect();
    order(signed_in(claims, trust, about)).iter().copied().find(|role| mapped.contains(role))
}

/// Which role comes before which. One that is missing does not count.
fn order(signed_in: SignedIn) -> &'static [Role] {
    use Role::{Carer, Clinician, Coordinator, Patient};
    match signed_in {
        SignedIn::AsThePatient => &[Patient, Clinician, Coordinator, Carer],
        SignedIn::ForThePatient => &[Carer, Clinician, Coordinator],
        SignedIn::AtWork => &[Clinician, Coordinator, Carer],
        // A carer signs nothing: who may be either is taken for the one who may do less.
        SignedIn::Unsaid => &[Clinician, Coordinator, Carer, Patient],
    }
}

fn signed_in(claims: &Map<String, Value>, trust: &Trust, about: &About) -> SignedIn {
    let user = claims.get("fhirUser").and_then(Value::as_str).and_then(FhirUser::parse);
    let Some(user) = user.filter(|_| *about != About::Nobody) else { return SignedIn::Unsaid };
    match user.kind {
        FhirUserKind::Practitioner | FhirUserKind::PractitionerRole => SignedIn::AtWork,
        FhirUserKind::RelatedPerson => SignedIn::ForThePatient,
        // A Person says nothing of the capacity.
        FhirUserKind::Person => SignedIn::Unsaid,
        FhirUserKind::Patient => match is_the_patient(&user, trust, about) {
            Some(true) => SignedIn::AsThePatient,
            Some(false) => SignedIn::ForThePatient,
            None => SignedIn::Unsaid,
        },
    }
}

/// Whether a Patient is the one whom the token is about; `None` where both cannot be compared.
fn is_the_patient(user: &FhirUser, trust: &Trust, about: &About) -> Option<bool> {
    match about {
        About::Nobody => None,
        // Ids of persons are Accord's own, and like no others; a Patient of some source may be anybody's.
        About::Person(person) => (user.id == person.as_str()).then_some(true),
        About::Patient(patient) => is_of_source(user, trust, patient).then(|| user.id == patient.patient),
    }
}

/// True where the reference is one to the source of this Patient: only there does an id name somebody.
fn is_of_source(user: &FhirUser, trust: &Trust, patient: &PatientAt) -> bool {
    if user.reference.starts_with("Patient/") {
        return trust.patient_source.as_ref() == Some(&patient.source);
    }
    trust.bases.get(&patient.source).is_some_and(|base| user.is_below(base))
}
