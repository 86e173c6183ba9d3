//! Rows and their indexes, behind the store's lock.
//!
//! Two indexes spare a search from looking at every resource: who refers to whom (which is also the index by
//! patient), and who bears which business identifier. Both hold the present versions only and may name too many:
//! whoever uses them checks again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use fhir_server::{Binding, Local, Version, binding, each};
use jiff::Timestamp;
use serde_json::Value;

use super::StoredVersion;
use super::stamp::stamp;
use fhir_server::search::Query;

/// Everything behind the lock.
#[derive(Debug, Default)]
pub(in crate::fhir) struct State {
    tables: BTreeMap<String, BTreeMap<String, Row>>,
    referrers: HashMap<Local, BTreeSet<Local>>,
    identified: HashMap<(String, String), BTreeSet<String>>,
    last_row: u64,
    last_id: u64,
    /// Rows as they were before the transaction that is going on.
    journal: Option<Vec<(Local, Option<Row>)>>,
}

/// A resource with all its versions, oldest first.
#[derive(Debug, Clone)]
struct Row {
    number: u64,
    versions: Vec<StoredVersion>,
}

/// A present resource.
#[derive(Debug, Clone)]
pub(in crate::fhir) struct Present {
    /// Number of its row, in the order of arrival; never used twice.
    pub(in crate::fhir) number: u64,
    /// The resource.
    pub(in crate::fhir) resource: Arc<Value>,
}

impl State {
    /// The newest version of a resource, its deletion included.
    pub(in crate::fhir) fn newest(&self, kind: &str, id: &str) -> Option<&StoredVersion> {
        self.versions(kind, id).last()
    }

    /// The present resource.
    pub(in crate::fhir) fn resource(&self, kind: &str, id: &str) -> Option<Arc<Value>> {
        self.newest(kind, id)?.resource.clone()
    }

    /// All versions, oldest first.
    pub(in crate::fhir) fn versions(&self, kind: &str, id: &str) -> &[StoredVersion] {
        self.tables.get(kind).and_then(|table| table.get(id)).map_or(&[], |row| &row.versions)
    }

    /// Number of present resources by type.
    pub(super) fn counts(&self) -> BTreeMap<String, usize> {
        let counts = self.tables.keys().map(|kind| (kind.clone(), self.rows(kind).count()));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// The present resources of a type.
    pub(in crate::fhir) fn rows(&self, kind: &str) -> impl Iterator<Item = Present> {
        self.tables.get(kind).into_iter().flat_map(|table| table.values()).filter_map(Row::present)
    }

    /// The present resources that a search must look at; `patient` where the access is limited to one.
    pub(in crate::fhir) fn candidates(&self, query: &Query, patient: Option<&str>) -> Vec<Present> {
        let kind = query.kind();
        let by_reference = query.criteria().iter().find_map(|criterion| criterion.refers_to());
        let by_patient = match (patient, binding(kind)) {
            (Some(patient), Binding::Bound(_)) => {
                Some(vec![Local { kind: "Patient".to_owned(), id: patient.to_owned() }])
            }
            _ => None,
        };
        match by_reference.or(by_patient) {
            Some(targets) => {
                let referring = targets.iter().flat_map(|target| self.referring(target));
                let ids: BTreeSet<&str> =
                    referring.filter(|local| local.kind == kind).map(|local| local.id.as_str()).collect();
                ids.into_iter().filter_map(|id| self.present(kind, id)).collect()
            }
            None => self.rows(kind).collect(),
        }
    }

    /// The resources whose present version refers to this one.
    pub(in crate::fhir) fn referring(&self, target: &Local) -> impl Iterator<Item = &Local> {
        self.referrers.get(target).into_iter().flatten()
    }

    /// The present resources of a type that bear a business identifier with this value, of any system.
    pub(in crate::fhir) fn bearing(&self, kind: &str, value: &str) -> Vec<Present> {
        let ids = self.identified.get(&(kind.to_owned(), value.to_owned()));
        ids.into_iter().flatten().filter_map(|id| self.present(kind, id)).collect()
    }

    fn present(&self, kind: &str, id: &str) -> Option<Present> {
        self.tables.get(kind)?.get(id)?.present()
    }

    /// An id that the type does not use yet.
    pub(in crate::fhir) fn new_id(&mut self, kind: &str) -> String {
        loop {
            self.last_id += 1;
            let id = self.last_id.to_string();
            if self.versions(kind, &id).is_empty() {
                return id;
            }
        }
    }

    /// Stores the next version of a resource and returns it.
    pub(in crate::fhir) fn put(&mut self, kind: &str, id: &str, mut resource: Value, at: Timestamp) -> StoredVersion {
        let number = self.next_version(kind, id);
        stamp(&mut resource, id, number, at);
        self.append(kind, id, StoredVersion { number, at, resource: Some(Arc::new(resource)) })
    }

    /// Stores the deletion of a resource as its next version.
    pub(in crate::fhir) fn delete(&mut self, kind: &str, id: &str, at: Timestamp) -> StoredVersion {
        let number = self.next_version(kind, id);
        self.append(kind, id, StoredVersion { number, at, resource: None })
    }

    /// Changes the newest version in place, without making another: for loading only.
    pub(super) fn amend(&mut self, local: &Local, change: impl FnOnce(&mut Value)) {
        let Some(mut resource) = self.resource(&local.kind, &local.id) else { return };
        self.unlink(local, &resource);
        if let Some(row) = self.tables.get_mut(&local.kind).and_then(|table| table.get_mut(&local.id)) {
            if let Some(newest) = row.versions.last_mut() {
                newest.resource = None;
            }
            change(Arc::make_mut(&mut resource));
            if let Some(newest) = row.versions.last_mut() {
                newest.resource = Some(Arc::clone(&resource));
            }
        }
        self.link(local, &resource);
    }

    /// Begins to remember what the rows were.
    pub(in crate::fhir) fn begin(&mut self) {
        self.journal = Some(Vec::new());
    }

    /// Forgets what the rows were.
    pub(in crate::fhir) fn commit(&mut self) {
        self.journal = None;
    }

    /// Makes every row what it was at [`State::begin`].
    pub(in crate::fhir) fn roll_back(&mut self) {
        for (local, before) in self.journal.take().unwrap_or_default().into_iter().rev() {
            if let Some(resource) = self.resource(&local.kind, &local.id) {
                self.unlink(&local, &resource);
            }
            let table = self.tables.entry(local.kind.clone()).or_default();
            match before {
                Some(row) => {
                    let resource = row.present().map(|present| present.resource);
                    table.insert(local.id.clone(), row);
                    if let Some(resource) = resource {
                        self.link(&local, &resource);
                    }
                }
                None => {
                    table.remove(&local.id);
                }
            }
        }
    }

    fn next_version(&self, kind: &str, id: &str) -> Version {
        Version(self.newest(kind, id).map_or(1, |newest| newest.number.0 + 1))
    }

    fn append(&mut self, kind: &str, id: &str, version: StoredVersion) -> StoredVersion {
        let local = Local { kind: kind.to_owned(), id: id.to_owned() };
        if self.journal.is_some() {
            let before = self.tables.get(kind).and_then(|table| table.get(id)).cloned();
            self.journal.get_or_insert_default().push((local.clone(), before));
        }
        if let Some(old) = self.resource(kind, id) {
            self.unlink(&local, &old);
        }
        if let Some(new) = &version.resource {
            self.link(&local, new);
        }
        let table = self.tables.entry(local.kind).or_default();
        let row = table.entry(local.id).or_insert_with(|| {
            self.last_row += 1;
            Row { number: self.last_row, versions: Vec::new() }
        });
        row.versions.push(version.clone());
        version
    }

    fn link(&mut self, local: &Local, resource: &Value) {
        for target in Local::all_in(resource) {
            self.referrers.entry(target).or_default().insert(local.clone());
        }
        for value in identifiers(resource) {
            self.identified.entry((local.kind.clone(), value)).or_default().insert(local.id.clone());
        }
    }

    fn unlink(&mut self, local: &Local, resource: &Value) {
        for target in Local::all_in(resource) {
            if let Some(referring) = self.referrers.get_mut(&target) {
                referring.remove(local);
            }
        }
        for value in identifiers(resource) {
            if let Some(bearing) = self.identified.get_mut(&(local.kind.clone(), value)) {
                bearing.remove(&local.id);
            }
        }
    }
}

impl Row {
    fn present(&self) -> Option<Present> {
        let resource = self.versions.last()?.resource.clone()?;
        Some(Present { number: self.number, resource })
    }
}

fn identifiers(resource: &Value) -> Vec<String> {
    let mut values = Vec::new();
    each(resource, "identifier.value", &mut |value| values.extend(value.as_str().map(str::to_owned)));
    values
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn goal(patient: &str) -> Value {
        json!({"resourceType": "Goal", "identifier": [{"system": "s", "value": "v"}], "subject": {"reference": patient}})
    }

    fn referring(state: &State, patient: &str) -> usize {
        state.referring(&Local { kind: "Patient".into(), id: patient.into() }).count()
    }

    #[test]
    fn a_roll_back_leaves_rows_versions_and_indexes_as_they_were() {
        let mut state = State::default();
        state.put("Goal", "g", goal("Patient/1"), Timestamp::UNIX_EPOCH);
        state.begin();
        state.put("Goal", "g", goal("Patient/2"), Timestamp::UNIX_EPOCH);
        state.delete("Goal", "g", Timestamp::UNIX_EPOCH);
        state.put("Goal", "h", goal("Patient/2"), Timestamp::UNIX_EPOCH);
        state.roll_back();
        assert_eq!(state.versions("Goal", "g").len(), 1);
        assert!(state.newest("Goal", "h").is_none());
        assert_eq!((referring(&state, "1"), referring(&state, "2")), (1, 0));
        assert_eq!(state.bearing("Goal", "v").len(), 1);
    }

    #[test]
    fn versions_count_up_over_a_deletion() {
        let mut state = State::default();
        state.put("Goal", "g", goal("Patient/1"), Timestamp::UNIX_EPOCH);
        state.delete("Goal", "g", Timestamp::UNIX_EPOCH);
        assert!(state.resource("Goal", "g").is_none() && state.counts().is_empty());
        assert_eq!(state.put("Goal", "g", goal("Patient/1"), Timestamp::UNIX_EPOCH).number, Version(3));
        assert_eq!(state.new_id("Goal"), "1");
    }
}
