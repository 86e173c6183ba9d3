//! Who can sign in at an EHR, and whose records they may open.

use std::sync::Arc;

use serde_json::Value;

use crate::fhir::Store;
pub(crate) use crate::people::{User, UserKind};

/// A person whose record is at an EHR, as pickers show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonCard {
    /// Logical id of the Patient.
    pub id: String,
    /// Name as written there.
    pub name: String,
    /// Birth date as written there, or "unknown".
    pub birth_date: String,
}

/// Users and people of one EHR.
pub(crate) struct Directory {
    users: Vec<User>,
    store: Arc<Store>,
}

impl Directory {
    /// Takes the built-in users, and makes up users for people that none of them may open:
    /// one patient user for each, and a clinician and a coordinator for all.
    pub(crate) fn new(mut users: Vec<User>, store: Arc<Store>) -> Self {
        let strangers: Vec<PersonCard> = people(&store)
            .into_iter()
            .filter(|person| !users.iter().any(|user| user.patients.contains(&person.id)))
            .collect();
        if !strangers.is_empty() {
            users.extend(made_up(&strangers));
        }
        Self { users, store }
    }

    /// Everybody who can sign in.
    pub(crate) fn users(&self) -> &[User] {
        &self.users
    }

    pub(crate) fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// Everybody whose record is here now, in the order in which the first user's list has them, the rest by name.
    pub(crate) fn people(&self) -> Vec<PersonCard> {
        let mut people = people(&self.store);
        let order = self.users.first().map(|user| user.patients.as_slice()).unwrap_or_default();
        people.sort_by_key(|person| order.iter().position(|id| *id == person.id).unwrap_or(usize::MAX));
        people
    }

    /// The people a user may open, in the order in which the user's own list has them.
    pub(crate) fn people_of(&self, user: &User) -> Vec<PersonCard> {
        let people = self.people();
        user.patients.iter().filter_map(|id| people.iter().find(|person| person.id == *id).cloned()).collect()
    }

    /// Whether a user may open a record that is here.
    pub(crate) fn may_open(&self, user: &User, patient: &str) -> bool {
        self.people_of(user).iter().any(|person| person.id == patient)
    }
}

fn people(store: &Store) -> Vec<PersonCard> {
    let mut people: Vec<PersonCard> = store.list("Patient").iter().filter_map(|patient| card(patient)).collect();
    people.sort_by(|a, b| by_name(a).cmp(&by_name(b)));
    people
}

fn by_name(person: &PersonCard) -> (String, &str) {
    (person.name.to_lowercase(), &person.id)
}

fn card(patient: &Value) -> Option<PersonCard> {
    Some(PersonCard {
        id: patient.get("id")?.as_str()?.to_owned(),
        name: name(patient).unwrap_or_else(|| "(no name)".to_owned()),
        birth_date: patient.get("birthDate").and_then(Value::as_str).unwrap_or("unknown").to_owned(),
    })
}

/// The official name, or the first one, as one line.
fn name(patient: &Value) -> Option<String> {
    let names = patient.get("name")?.as_array()?;
    let rank = |name: &&Value| match name.get("use").and_then(Value::as_str) {
        Some("official") => 0,
        Some("usual") => 1,
        _ => 2,
    };
    let name = names.iter().min_by_key(rank)?;
    if let Some(text) = name.get("text").and_then(Value::as_str) {
        return Some(text.to_owned());
    }
    let given = name.get("given").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let family = name.get("family").and_then(Value::as_str);
    let line = given.chain(family).collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn made_up(people: &[PersonCard]) -> Vec<User> {
    let everybody: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
    let staff = |id: &str, name: &str, kind| User {
        id: id.to_owned(),
        name: name.to_owned(),
        kind,
        fhir_user: format!("Practitioner/{id}"),
        patients: everybody.clone(),
    };
    let mut users = vec![
        staff("sandbox-clinician", "Sandbox Clinician", UserKind::Clinician),
        staff("sandbox-coordinator", "Sandbox Coordinator", UserKind::Coordinator),
    ];
    users.extend(people.iter().map(|person| User {
        id: format!("patient-{}", person.id),
        name: person.name.clone(),
        kind: UserKind::Patient,
        fhir_user: format!("Patient/{}", person.id),
        patients: vec![person.id.clone()],
    }));
    users
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::{Directory, UserKind};
    use crate::fhir::{Behaviour, Store};

    #[test]
    fn people_nobody_may_open_get_users_who_may() {
        let store = Store::new(Arc::new(|| jiff::Timestamp::UNIX_EPOCH), Behaviour::default());
        let names = json!([{"family": "Old"}, {"use": "official", "given": ["Zoe", "M"], "family": "Ash"}]);
        let zoe = json!({"resourceType": "Patient", "id": "b", "name": names});
        let abe = json!({"resourceType": "Patient", "id": "a", "name": [{"text": "Abe Low"}], "birthDate": "1950"});
        store.load_bundle(&zoe).expect("a Patient");
        store.load_bundle(&abe).expect("a Patient");

        let directory = Directory::new(Vec::new(), Arc::new(store));
        let names: Vec<_> = directory.users().iter().map(|user| user.name.as_str()).collect();
        assert_eq!(names, ["Sandbox Clinician", "Sandbox Coordinator", "Abe Low", "Zoe M Ash"]);
        let zoe = directory.user("patient-b").expect("made up for her");
        assert_eq!(zoe.kind, UserKind::Patient);
        assert!(directory.may_open(zoe, "b") && !directory.may_open(zoe, "a"));
        assert!(directory.may_open(directory.user("sandbox-clinician").expect("made up"), "a"));
    }
}
