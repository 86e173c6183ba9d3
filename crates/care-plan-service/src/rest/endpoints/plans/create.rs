//! `POST /`: a plan is begun.

use access::Operation;
use shared_plan::commands::NewPlan;

use crate::rest::asked::Write;
use crate::rest::body::NewPlanBody;
use crate::rest::endpoints::person::person;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add("", "createPlan", "Begins a plan for a person, as a draft.", run)
}

async fn run(rest: Rest, write: Write<(), NewPlanBody>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, mut body, asked, .. } = write;
    // Who may not write learns nothing of who is known here.
    rest.service.allowed(&caller, Operation::WriteSharedPlan).await?;
    let person = person(&rest, &caller, body.person.take(), body.patient.take()).await?;
    let members = std::mem::take(&mut body.members).into_iter().map(Into::into).collect();
    let new = NewPlan { tenant: caller.tenant.clone(), person, content: body.into(), members };
    let saved = rest.service.start(&caller, new, &asked).await?;
    let path = format!("/{}", saved.plan.id);
    Ok(PlanAnswer::saved(&rest, &caller, saved).made(&path))
}
