//! Who can sign in at an EHR, and whose records they may open there.

use super::PEOPLE;
use super::chart::STAFF;
use super::place::Place;
use super::staff::{Member, members};

/// What a user is at an EHR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserKind {
    /// Treats people; may open every record there.
    Clinician,
    /// The person; may open the own record.
    Patient,
    /// Looks after a panel of people.
    Coordinator,
}

/// Somebody who can sign in at an EHR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Name to sign in by, unique at the EHR.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// What the user is.
    pub kind: UserKind,
    /// `Practitioner/…` or `Patient/…` at this EHR (the `fhirUser` claim).
    pub fhir_user: String,
    /// Ids of the Patients the user may open, in the order of the people.
    pub patients: Vec<String>,
}

/// Everybody who can sign in at an EHR; the first one is its default clinician.
pub fn users(ehr_id: &str) -> Vec<User> {
    let Some(place) = Place::of(ehr_id) else { return Vec::new() };
    let (clinicians, coordinators) = keys(place);
    let everybody: Vec<&str> = PEOPLE.iter().map(|person| person.key).collect();
    let mut users = Vec::new();
    users.extend(clinicians.iter().filter_map(|key| staff_user(place, key, UserKind::Clinician, &everybody)));
    users.extend(coordinators.iter().filter_map(|(key, panel)| staff_user(place, key, UserKind::Coordinator, panel)));
    users.extend(patient_users(place));
    users
}

type Panel = (&'static str, &'static [&'static str]);

/// Clinicians, and coordinators with the people granted to them, as keys.
fn keys(place: Place) -> ([&'static str; 2], &'static [Panel]) {
    match place {
        Place::Valley => (
            ["castellanos", "whitfield"],
            &[("okoro", &["marisol", "desmond", "loan", "ruth"]), ("moon", &["ruth", "tobias"])],
        ),
        Place::Nephrology => (["solberg", "raghunathan"], &[("ames", &["marisol", "loan"])]),
        Place::University => (["demirkan", "drummond"], &[]),
        Place::HomeHealth => (["simms", "ferrao"], &[]),
    }
}

fn staff_user(place: Place, key: &str, kind: UserKind, panel: &[&str]) -> Option<User> {
    let member: &Member = members(place).iter().find(|member| member.key == key)?;
    Some(User {
        id: key.to_owned(),
        name: member.display(),
        kind,
        fhir_user: format!("Practitioner/{}", place.resource_id(STAFF, "Practitioner", key)),
        patients: patients(place, panel).into_iter().map(|(_, _, id)| id).collect(),
    })
}

fn patient_users(place: Place) -> Vec<User> {
    let everybody: Vec<&str> = PEOPLE.iter().map(|person| person.key).collect();
    let user = |(key, name, id): (&str, &str, String)| User {
        id: key.to_owned(),
        name: name.to_owned(),
        kind: UserKind::Patient,
        fhir_user: format!("Patient/{id}"),
        patients: vec![id],
    };
    patients(place, &everybody).into_iter().map(user).collect()
}

/// Key, name and Patient id of those of the panel who are known at the place.
fn patients(place: Place, panel: &[&str]) -> Vec<(&'static str, &'static str, String)> {
    PEOPLE
        .iter()
        .enumerate()
        .filter(|(_, person)| panel.contains(&person.key) && person.records.iter().any(|(at, _)| *at == place))
        .map(|(rank, person)| (person.key, person.name, place.patient_id(rank, person.key, person.word)))
        .collect()
}
