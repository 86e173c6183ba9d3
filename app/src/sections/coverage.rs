//! How far the sources were read for one column of the board, so that "none recorded" is said of those only that were
//! asked. Pure.

use care_plan::Snapshot;
use care_plan::snapshot::{Record, Status};

use crate::words::Column;

/// How far the sources were read for one column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Number of sources whose part of the column was read whole.
    pub asked: usize,
    /// Number of sources whose part is under way.
    pub pending: usize,
    /// Connected sources whose part is missing or not whole.
    pub gaps: Vec<Gap>,
}

/// What one source lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Name of the source.
    pub name: String,
    /// What is wrong with its part of this column.
    pub status: Status,
    /// True where the source as a whole is in that state, not only this column's part.
    pub whole: bool,
}

impl Coverage {
    /// True where everything there is was read.
    pub fn is_whole(&self) -> bool {
        self.pending == 0 && self.gaps.is_empty() && self.asked > 0
    }
}

/// Finds out how far the sources were read for one column. Sources that were never connected do not count.
pub fn coverage(snapshot: &Snapshot, column: Column) -> Coverage {
    let mut coverage = Coverage::default();
    for record in &snapshot.records {
        match part(record, column) {
            (Status::NotConnected, _) => {}
            (Status::Pending, _) => coverage.pending += 1,
            (Status::Complete | Status::NotSupported, false) | (Status::Complete, true) => coverage.asked += 1,
            (status, whole) => coverage.gaps.push(Gap { name: record.source.name.clone(), status, whole }),
        }
    }
    coverage
}

/// State of a record's part of a column, and whether the record as a whole is in it.
fn part(record: &Record, column: Column) -> (Status, bool) {
    let whole = record.status();
    if record.state.is_some() || matches!(whole, Status::Failed(_) | Status::NotPermitted(_) | Status::NotSupported) {
        return (whole, true);
    }
    let reads: Vec<&Status> = (record.reads.iter())
        .filter(|read| kinds(column).contains(&read.kind.as_str()))
        .map(|read| &read.status)
        .collect();
    let worst = |wanted: fn(&Status) -> bool| reads.iter().copied().find(|status| wanted(status)).cloned();
    // Types that a source does not keep are no gap: it has nothing to give.
    let status = (worst(|status| matches!(status, Status::Failed(_))))
        .or_else(|| worst(|status| matches!(status, Status::NotPermitted(_))))
        .or_else(|| worst(|status| matches!(status, Status::Partial(_))))
        .or_else(|| worst(|status| matches!(status, Status::Pending)))
        .unwrap_or(if reads.is_empty() && whole == Status::Pending { Status::Pending } else { Status::Complete });
    (status, false)
}

/// Resource types that a column is made of.
fn kinds(column: Column) -> &'static [&'static str] {
    match column {
        Column::Concerns => &["Condition"],
        Column::Goals => &["Goal"],
        Column::Interventions => &[
            "CarePlan",
            "ServiceRequest",
            "MedicationRequest",
            "MedicationStatement",
            "Procedure",
            "NutritionOrder",
            "Appointment",
            "Task",
            "Immunization",
            "DeviceRequest",
            "CommunicationRequest",
            "RequestGroup",
        ],
        Column::Outcomes => &["Observation", "DiagnosticReport", "QuestionnaireResponse"],
    }
}
