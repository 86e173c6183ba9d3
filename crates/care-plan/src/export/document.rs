//! The plan as plain data, for programs that do not read FHIR.

use std::sync::Arc;

use fhir::SourceId;
use jiff::Timestamp;
use serde::Serialize;

use crate::plan::ConsolidatedPlan;
use crate::snapshot::{Snapshot, Status};

/// Version of the form. It grows when a program that reads it has to change; elements may be added at any time.
const VERSION: u32 = 1;

/// The plan with what it was made of. `docs/plan.schema.json` is its schema.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanDocument {
    /// Version of the form.
    pub version: u32,
    /// Counts up with every change of the reading.
    pub revision: u64,
    /// Every source with its state: a plan without it would not say what is missing.
    pub sources: Vec<SourceState>,
    /// The plan.
    pub plan: Arc<ConsolidatedPlan>,
}

/// How far one source was read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceState {
    /// Its name in the configuration.
    pub id: SourceId,
    /// Its name for people.
    pub name: String,
    /// How the reading of it went.
    pub state: &'static str,
    /// Resources that were read.
    pub items: usize,
    /// When the newest answer came (RFC 3339).
    pub as_of: Option<String>,
    /// What was asked for, by type.
    pub reads: Vec<ReadState>,
}

/// How one search went.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadState {
    /// Resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The part of the type, where it was not asked for as a whole.
    pub part: Option<String>,
    /// How it went.
    pub state: &'static str,
    /// Entries that came.
    pub count: usize,
}

impl PlanDocument {
    /// The document of a plan.
    pub fn new(revision: u64, plan: Arc<ConsolidatedPlan>, snapshot: &Snapshot) -> Self {
        let source = |record: &crate::snapshot::Record| SourceState {
            id: record.source.id.clone(),
            name: record.source.name.clone(),
            state: state(&record.status()),
            items: record.resources.len(),
            as_of: record.as_of.map(|then: Timestamp| then.to_string()),
            reads: record.reads.iter().map(read).collect(),
        };
        Self { version: VERSION, revision, sources: snapshot.records.iter().map(source).collect(), plan }
    }
}

fn read(read: &crate::snapshot::Read) -> ReadState {
    ReadState { kind: read.kind.clone(), part: read.part.clone(), state: state(&read.status), count: read.count }
}

/// The name of a state in data.
fn state(status: &Status) -> &'static str {
    match status {
        Status::NotConnected => "not-connected",
        Status::Pending => "pending",
        Status::Complete => "complete",
        Status::Partial(_) => "partial",
        Status::Failed(_) => "failed",
        Status::NotPermitted(_) => "not-permitted",
        Status::NotSupported => "not-supported",
    }
}
