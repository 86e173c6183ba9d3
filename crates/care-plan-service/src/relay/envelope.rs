//! The shape in which others get an event: CloudEvents 1.0, in JSON (`docs/events.md`, `docs/event.schema.json`).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared_plan::facts::Facts;
use shared_plan::ports::Kind;
use shared_plan::{Event, EventKind, Version};

/// The version of CloudEvents.
pub const SPEC_VERSION: &str = "1.0";
/// What stands before the event's word in `type`. After it stands the version: it goes up when a consumer of the former one
/// would misunderstand the new one; what is merely added does not change it.
const TYPE: &str = "org.accord.care-plan.";
/// The shape and the meaning of `data`: the part of `docs/event.schema.json` that describes it. Another version has another
/// name.
pub const DATA_SCHEMA: &str = "urn:accord:care-plan:event:v2#/properties/data";

/// An event for others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudEvent {
    /// The version of CloudEvents, `1.0`.
    pub specversion: String,
    /// The event's id, for ever the same: who has seen it, has seen it.
    pub id: String,
    /// Which Accord says so: its public address.
    pub source: String,
    /// What happened, `org.accord.care-plan.goal-overdue.v2`.
    #[serde(rename = "type")]
    pub type_: String,
    /// What it happened to, `plan/{id}`.
    pub subject: String,
    /// When it happened.
    pub time: Timestamp,
    /// The kind of `data`: JSON.
    pub datacontenttype: String,
    /// Shape and meaning of `data`. Not there for what an earlier release had kept: that is a `.v1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataschema: Option<String>,
    /// The tenant (extension attribute).
    pub tenant: String,
    /// Sorted as text, the order of the events of one subject (extension attribute): version and place in it. What the
    /// passing of time has brought belongs to no change; it stands after the version in which it was found, by its time.
    pub sequence: String,
    /// What it is about. Ids and codes only.
    pub data: Data,
}

/// What an event is about: ids, codes and days, nothing clinical. Whoever may know more asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// Accord's own id of the person.
    pub person: String,
    /// What the document is.
    pub kind: Kind,
    /// The document's id.
    pub document: String,
    /// Its version after what happened.
    pub version: Version,
    /// The part it happened to: a goal's, an activity's, a member's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The canonical URL of the programme that the plan was made from, without its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// The code of the state after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What else there is to know.
    #[serde(flatten)]
    pub facts: Facts,
}

impl CloudEvent {
    /// Puts an event into its shape for others; `source` is the public address of this Accord.
    pub fn new(event: &Event, source: &str) -> Self {
        Self {
            specversion: SPEC_VERSION.into(),
            id: event.id.to_string(),
            source: source.into(),
            type_: format!("{TYPE}{}.v{}", event.what.code(), if event.facts.is_some() { 2 } else { 1 }),
            subject: format!("{}/{}", event.kind.code(), event.document),
            time: event.at,
            datacontenttype: "application/json".into(),
            dataschema: event.facts.is_some().then(|| DATA_SCHEMA.into()),
            tenant: event.tenant.to_string(),
            sequence: sequence(event),
            data: Data {
                person: event.person.to_string(),
                kind: event.kind,
                document: event.document.clone(),
                version: event.version,
                part: event.part.clone(),
                programme: event.programme.clone(),
                state: event.state.clone(),
                facts: event.facts.clone().unwrap_or_default(),
            },
        }
    }
}

fn sequence(event: &Event) -> String {
    let version = event.version.0;
    match event.what {
        EventKind::GoalOverdue | EventKind::ActivityOverdue | EventKind::ReviewDue => {
            format!("{version:010}-t{:015}", event.at.as_millisecond().max(0))
        }
        _ => format!("{version:010}-{:04}", event.index),
    }
}
