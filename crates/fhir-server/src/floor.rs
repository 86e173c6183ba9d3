//! The least a US Core server may demand of a search (US Core 6.1.0 CapabilityStatement, General requirements).

use crate::Failure;
use crate::search::Query;

/// Whether searches below the floor are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Floor {
    /// Any known parameter will do.
    #[default]
    Open,
    /// As the strict servers do: category, status or intent beside the patient where US Core requires only that pair.
    Required,
}

/// Says which parameter a search lacks; a search by `_id` lacks none.
pub fn below_floor(query: &Query) -> Option<Failure> {
    let needed: &[&str] = match query.kind() {
        "CarePlan" => &["category"],
        "Observation" => &["category", "code"],
        "CareTeam" => &["status"],
        "MedicationRequest" => &["intent"],
        _ => return None,
    };
    if query.asks_for("_id") || needed.iter().any(|name| query.asks_for(name)) {
        return None;
    }
    let sentence = format!("This server searches {} only with {}.", query.kind(), needed.join(" or "));
    Some(Failure::bad_request("required", sentence))
}
