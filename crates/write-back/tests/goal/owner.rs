//! An owner with the manners, good and bad, that servers were seen to have.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use fhir_client::FhirError;
use serde_json::{Value, json};
use write_back::{Owned, Owner, Written};

use crate::desk::{Memory, goal};

/// A change of the goal by somebody or something else.
pub type Change = fn(&mut Value);

/// How the owner takes a `PUT`.
#[derive(Clone, Copy)]
pub enum Manner {
    /// As R4 says: 412 where the version is another.
    Honest,
    /// Takes every version for the right one.
    IgnoresIfMatch,
    /// Changes something itself on the way in.
    Rewrites(Change),
    /// Never answers and has done nothing.
    SilentBefore,
    /// Never answers and has written.
    SilentAfter,
    /// Never answers, has done nothing, and somebody else writes.
    SilentWhileOthersWrite(Change),
    /// Says "saved" and keeps what it had.
    SaysSaved,
    /// A proxy before it sends the request twice: the second meets the version that the first made.
    HearsTwice,
    /// 422.
    Rejects,
    /// 404, as servers answer that have no way to change a goal.
    KnowsNoUpdate,
    /// 404, because the goal is gone.
    LosesIt,
}

pub struct Fake {
    pub record: Mutex<Value>,
    pub manner: Manner,
    /// What somebody else writes between our reading and our `PUT`.
    pub interloper: Option<Change>,
    /// After the `PUT` it can not be read any more.
    pub dies_after_put: bool,
    /// Gives versions.
    pub versions: bool,
    /// What was sent: body and `If-Match`.
    pub puts: Mutex<Vec<(String, Option<String>)>>,
    pub memory: Arc<Memory>,
}

impl Fake {
    pub fn new(manner: Manner) -> Self {
        Self::holding(goal(), manner)
    }

    pub fn holding(goal: Value, manner: Manner) -> Self {
        Self {
            record: Mutex::new(goal),
            manner,
            interloper: None,
            dies_after_put: false,
            versions: true,
            puts: Mutex::default(),
            memory: Arc::default(),
        }
    }

    pub fn goal(&self) -> Value {
        self.record.lock().unwrap().clone()
    }

    pub fn was_asked_to_write(&self) -> bool {
        !self.puts.lock().unwrap().is_empty()
    }

    /// Somebody else writes.
    pub fn others_write(&self, change: Change) {
        let mut record = self.record.lock().unwrap();
        change(&mut record);
        self.bump(&mut record);
    }

    fn bump(&self, record: &mut Value) {
        if self.versions {
            let version: u64 = record["meta"]["versionId"].as_str().unwrap().parse().unwrap();
            record["meta"]["versionId"] = (version + 1).to_string().into();
            record["meta"]["lastUpdated"] = "2026-11-21T12:00:01Z".into();
        }
    }

    fn store(&self, body: &str) -> Written {
        let mut record = self.record.lock().unwrap();
        let versions = [record["meta"]["versionId"].clone(), record["meta"]["lastUpdated"].clone()];
        *record = serde_json::from_str(body).unwrap();
        if self.versions {
            [record["meta"]["versionId"], record["meta"]["lastUpdated"]] = versions;
        }
        self.bump(&mut record);
        Written { version: self.version(&record) }
    }

    fn version(&self, record: &Value) -> Option<String> {
        record["meta"]["versionId"].as_str().filter(|_| self.versions).map(str::to_owned)
    }
}

#[async_trait]
impl Owner for Fake {
    fn base(&self) -> Option<String> {
        Some("https://ehr.test/fhir/".to_owned())
    }

    async fn read(&self, kind: &str, id: &str) -> Result<Owned, FhirError> {
        assert_eq!((kind, id), ("Goal", "g1"));
        assert!(!self.memory.outcomes().is_empty(), "an intent is stored before the first byte goes out");
        if self.dies_after_put && self.was_asked_to_write() {
            return Err(FhirError::Unreachable);
        }
        if matches!(self.manner, Manner::LosesIt) && self.was_asked_to_write() {
            return Err(FhirError::NotFound);
        }
        let record = self.record.lock().unwrap();
        Ok(Owned { raw: record.to_string(), version: self.version(&record) })
    }

    async fn update(&self, _: &str, _: &str, body: &str, version: Option<&str>) -> Result<Written, FhirError> {
        self.puts.lock().unwrap().push((body.to_owned(), version.map(str::to_owned)));
        if let Some(change) = self.interloper {
            self.others_write(change);
        }
        let current = self.version(&self.goal());
        let stale = version.is_some() && current.as_deref() != version;
        match self.manner {
            Manner::Honest if stale => Err(FhirError::Stale),
            Manner::Honest | Manner::IgnoresIfMatch => Ok(self.store(body)),
            Manner::Rewrites(change) => {
                let written = self.store(body);
                change(&mut self.record.lock().unwrap());
                Ok(written)
            }
            Manner::SilentBefore => Err(FhirError::TimedOut),
            Manner::SilentAfter => {
                self.store(body);
                Err(FhirError::Http { status: 504, said: None })
            }
            Manner::SilentWhileOthersWrite(change) => {
                self.others_write(change);
                Err(FhirError::TimedOut)
            }
            Manner::SaysSaved => Ok(Written { version: current }),
            Manner::HearsTwice => {
                self.store(body);
                Err(FhirError::Stale)
            }
            Manner::KnowsNoUpdate | Manner::LosesIt => Err(FhirError::NotFound),
            Manner::Rejects => Err(FhirError::Rejected {
                status: 422,
                said: Some("no".to_owned()),
                expressions: vec!["Goal.target[0]".to_owned()],
            }),
        }
    }
}

/// Others change the description: a field that no form of ours touches.
pub fn other_description(goal: &mut Value) {
    goal["description"] = json!({ "text": "HbA1c below 7.5 %" });
}

/// Others change the target value.
pub fn other_value(goal: &mut Value) {
    goal["target"][0]["detailQuantity"]["value"] = json!(7.5);
}
