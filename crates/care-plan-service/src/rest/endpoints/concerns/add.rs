//! `POST /concerns`: somebody says what concerns a person.

use access::Operation;
use shared_plan::concern::{Concern, ConcernContent, NewConcern};

use crate::rest::asked::Write;
use crate::rest::body::NewConcernBody;
use crate::rest::endpoints::person::person;
use crate::rest::view::saved_entry;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add("/concerns", "addConcern", "Says what concerns a person.", run)
}

async fn run(rest: Rest, write: Write<(), NewConcernBody>) -> Result<Answer<Concern>, Problem> {
    let Write { caller, body, asked, .. } = write;
    rest.service.allowed(&caller, Operation::AddConcern).await?;
    let NewConcernBody { person: id, patient, status, description, onset, note } = body;
    let person = person(&rest, &caller, id, patient).await?;
    let content = ConcernContent { description, onset, note };
    let new = NewConcern { tenant: caller.tenant.clone(), person, content, status };
    let saved = rest.service.add_concern(&caller, new, &asked).await?;
    let path = format!("/concerns/{}", saved.entry.id);
    Ok(saved_entry(saved).made(&path))
}
