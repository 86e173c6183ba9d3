//! `POST /decisions`: somebody settles a detected issue.

use access::Operation;
use shared_plan::decision::{Decision, NewDecision};

use crate::rest::asked::Write;
use crate::rest::body::NewDecisionBody;
use crate::rest::endpoints::person::person;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add("/decisions", "decide", "Settles a detected issue; to leave it as it is needs a reason.", run)
}

async fn run(rest: Rest, write: Write<(), NewDecisionBody>) -> Result<Answer<Decision>, Problem> {
    let Write { caller, body, asked, .. } = write;
    rest.service.allowed(&caller, Operation::DecideIssue).await?;
    let NewDecisionBody { person: id, patient, issue, chosen, words, message } = body;
    let person = person(&rest, &caller, id, patient).await?;
    let new = NewDecision { tenant: caller.tenant.clone(), person, issue, chosen, words, message };
    let saved = rest.service.decide(&caller, new, &asked).await?;
    let path = format!("/decisions/{}", saved.entry.id);
    Ok(saved_entry(saved).made(&path))
}
