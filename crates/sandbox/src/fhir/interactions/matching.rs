//! `Patient/$match` (R4 patient-operation-match.html).

use fhir_server::{Failure, Interaction, MatchRequest, SearchSet, best_matches};
use serde_json::Value;

use crate::fhir::answer::{Answer, Body};
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// Lists the people who could be the one described, with score and grade. Who may search Patients may ask.
///
/// # Errors
/// 400 for what was not understood, 403 for what is not allowed, 404 where the operation is not offered.
pub(in crate::fhir) fn find(state: &State, caller: Caller<'_>, body: &Value) -> Result<Answer, Failure> {
    if !caller.behaviour.patient_match {
        return Err(Failure::new(404, "not-supported", "This operation is not supported."));
    }
    caller.may("Patient", Interaction::Search)?;
    let request = MatchRequest::parse(body)?;
    let mut people: Vec<_> = state.rows("Patient").filter(|row| caller.sees(state, &row.resource)).collect();
    people.sort_by_key(|row| row.number);
    let found = best_matches(&request, people.into_iter().map(|row| row.resource));
    let mut set = SearchSet::new(found.len(), format!("{}/Patient/$match", caller.base.as_str()));
    for graded in found {
        set.push_graded(graded, caller.base);
    }
    Ok(Answer { status: 200, body: Body::SearchSet(set), stamp: None, location: None })
}
