//! A goal, edits of it, and a store of intents in memory.

use std::sync::{Arc, Mutex};

use access::{Clock, LaunchId, StoreError, TenantId};
use async_trait::async_trait;
use fhir::{ResourceKey, SourceId};
use jiff::Timestamp;
use serde_json::Value;
use write_back::{Author, Closed, GoalEdit, GoalFields, Intent, IntentId, Intents, WriteOutcome, Writer};

use crate::owner::Fake;

/// A goal with much that a careless writer would lose.
pub const GOAL: &str = r#"{
  "zebra": {"unknown": [1.0, 1e5, null, {"ü": "€😀"}]},
  "resourceType": "Goal", "id": "g1",
  "meta": {"versionId": "1", "lastUpdated": "2026-11-01T08:00:00.123+01:00", "profile": ["http://example.org/p"]},
  "extension": [{"url": "http://example.org/weight", "valueDecimal": 0.10}],
  "lifecycleStatus": "active", "_lifecycleStatus": {"id": "ls"},
  "achievementStatus": {
    "coding": [
      {"system": "urn:local", "code": "A7", "display": "on the way"},
      {"userSelected": true, "system": "http://terminology.hl7.org/CodeSystem/goal-achievement", "code": "in-progress", "display": "In Progress"}
    ],
    "text": "In Progress"
  },
  "description": {"text": "HbA1c below 7 %"},
  "subject": {"reference": "Patient/p1"},
  "target": [
    {"measure": {"text": "HbA1c"},
     "detailQuantity": {"comparator": "<", "value": 7.10, "_value": {"extension": [{"url": "http://example.org/method", "valueCode": "x"}]}, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"},
     "dueDate": "2027-03", "_dueDate": {"extension": [{"url": "http://example.org/why", "valueString": "y"}]}},
    {"measure": {"text": "blood pressure"}, "detailRange": {"low": {"value": 120}, "high": {"value": 130.0, "unit": "mmHg"}}},
    {"detailString": "walk more"},
    {"detailRange": {"low": {"value": 50}}, "dueDuration": {"value": 3, "unit": "mo"}}
  ],
  "note": [{"authorString": "Dr. B", "text": "an older note"}],
  "contained": [{"resourceType": "Basic", "id": "c", "modifierExtension": [{"url": "http://example.org/m"}]}]
}"#;

/// Version of the goal when it is first read.
pub const FIRST: &str = "1";

pub fn goal() -> Value {
    serde_json::from_str(GOAL).unwrap()
}

pub fn noon() -> Timestamp {
    "2026-11-21T12:00:00.987Z".parse().unwrap()
}

/// An edit of target 0 that changes nothing yet.
pub fn edit() -> GoalEdit {
    edit_of(&goal(), 0)
}

pub fn edit_of(goal: &Value, target_index: usize) -> GoalEdit {
    let base = GoalFields::of(goal, target_index);
    GoalEdit {
        goal: ResourceKey { source: SourceId::new("valley-ehr"), kind: "Goal".to_owned(), id: "g1".to_owned() },
        patient: "p1".to_owned(),
        seen_version: Some(FIRST.to_owned()),
        mine: base.clone(),
        base,
        target_index,
        note: None,
        author: Author { name: "Dr. Ada".to_owned(), reference: Some("Practitioner/17".to_owned()) },
    }
}

/// Target value 6.8 instead of 7.10.
pub fn to_6_8() -> GoalEdit {
    let mut edit = edit();
    edit.mine.target_value = Some("6.8".to_owned());
    edit
}

pub fn with_note(text: &str) -> GoalEdit {
    GoalEdit { note: Some(text.to_owned()), ..edit() }
}

/// A clock that stands at one time.
pub struct At(pub Timestamp);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Intents in memory.
#[derive(Default)]
pub struct Memory {
    pub rows: Mutex<Vec<(TenantId, Intent, Option<Closed>)>>,
    pub broken: bool,
}

impl Memory {
    pub fn outcomes(&self) -> Vec<Option<Closed>> {
        self.rows.lock().unwrap().iter().map(|(.., closed)| *closed).collect()
    }
}

#[async_trait]
impl Intents for Memory {
    async fn open(&self, tenant: &TenantId, intent: &Intent) -> Result<IntentId, StoreError> {
        if self.broken {
            return Err(StoreError("the disk is full".into()));
        }
        let mut rows = self.rows.lock().unwrap();
        rows.push((tenant.clone(), Intent::from_bytes(&intent.to_bytes()).unwrap(), None));
        Ok(IntentId((rows.len() - 1).to_string()))
    }

    async fn close(&self, tenant: &TenantId, id: &IntentId, closed: Closed, _: Timestamp) -> Result<(), StoreError> {
        let index: usize = id.0.parse().unwrap();
        let row = &mut self.rows.lock().unwrap()[index];
        if row.0 == *tenant {
            row.2.get_or_insert(closed);
        }
        Ok(())
    }

    async fn unfinished(&self, tenant: &TenantId) -> Result<Vec<(IntentId, Intent)>, StoreError> {
        let rows = self.rows.lock().unwrap();
        let open = rows.iter().enumerate().filter(|(_, (whose, _, closed))| whose == tenant && closed.is_none());
        Ok(open.map(|(index, (_, intent, _))| (IntentId(index.to_string()), intent.clone())).collect())
    }
}

pub fn writer(memory: &Arc<Memory>, now: Timestamp) -> Writer {
    Writer::new(memory.clone(), Arc::new(At(now)))
}

pub fn tenant() -> TenantId {
    TenantId::new("valley")
}

pub fn launch() -> LaunchId {
    LaunchId::from_random([1; 16])
}

/// Saves and tells how the intent was closed; `None` where it stayed open.
pub async fn save(owner: &Fake, edit: GoalEdit) -> (WriteOutcome, Option<Closed>) {
    let memory = owner.memory.clone();
    let outcome = writer(&memory, noon()).save_goal(&tenant(), &launch(), owner, edit).await.unwrap();
    (outcome, memory.outcomes().first().copied().flatten())
}
