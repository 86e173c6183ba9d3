//! `POST /`: a plan is begun.

use access::{Operation, PatientAt, PersonId};
use shared_plan::commands::NewPlan;

use crate::rest::asked::Write;
use crate::rest::body::{NewPlanBody, PatientBody};
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Code, Endpoint, Problem, Rest};
use crate::{Caller, Failure};

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

/// The person whose plan it is to be. Somebody whom this caller does not reach is as little known as nobody.
async fn person(
    rest: &Rest,
    caller: &Caller,
    person: Option<String>,
    patient: Option<PatientBody>,
) -> Result<PersonId, Problem> {
    let (field, found) = match (person, patient) {
        (Some(_), Some(_)) => {
            let words = "Send either person or patient.";
            return Err(Problem::of(Code::InvalidContent).at("/patient", "twice", words));
        }
        (None, None) => {
            let words = "Say whose plan it is: by person, or by patient.";
            return Err(Problem::of(Code::InvalidContent).at("/person", "missing", words));
        }
        (Some(person), None) => ("/person", known(rest, caller, &person).await?),
        (None, Some(patient)) => {
            let patient = PatientAt::new(patient.source, patient.id);
            ("/patient", rest.patients.person_of(&caller.tenant, &patient).await.map_err(Failure::Store)?)
        }
    };
    found.filter(|person| caller.reaches(person)).ok_or_else(|| {
        Problem::of(Code::InvalidContent).at(field, "points-nowhere", "Nobody of this name is known here.")
    })
}

async fn known(rest: &Rest, caller: &Caller, person: &str) -> Result<Option<PersonId>, Problem> {
    let Some(person) = PersonId::parse(person) else { return Ok(None) };
    let known = rest.patients.knows(&caller.tenant, &person).await.map_err(Failure::Store)?;
    Ok(known.then_some(person))
}
