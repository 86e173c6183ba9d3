//! On whom something new is to hang.

use access::{PatientAt, PersonId};

use crate::rest::body::PatientBody;
use crate::rest::{Code, Problem, Rest};
use crate::service::nobody;
use crate::{Caller, Failure};

/// The person on whom something new is to hang. Somebody whom this caller does not reach is as little known as nobody.
pub(super) async fn person(
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
            let words = "Say whose it is: by person, or by patient.";
            return Err(Problem::of(Code::InvalidContent).at("/person", "missing", words));
        }
        (Some(person), None) => ("/person", known(rest, caller, &person).await?),
        (None, Some(patient)) => {
            let patient = PatientAt::new(patient.source, patient.id);
            ("/patient", rest.patients.person_of(&caller.tenant, &patient).await.map_err(Failure::Store)?)
        }
    };
    let nowhere =
        || Problem::of(Code::InvalidContent).at(field, "points-nowhere", "Nobody of this name is known here.");
    // Nobody is asked about as everybody is: who counts the time shall not learn whose records are known.
    let reaches = rest.service.reaches(caller, found.as_ref().unwrap_or(&nobody())).await?;
    let person = found.filter(|_| reaches).ok_or_else(nowhere)?;
    rest.patients.at_hand(&caller.tenant, &person).await.map_err(Failure::Store)?;
    Ok(person)
}

async fn known(rest: &Rest, caller: &Caller, person: &str) -> Result<Option<PersonId>, Problem> {
    let Some(named) = PersonId::parse(person) else { return Ok(None) };
    let now = rest.service.standing(&caller.tenant, &named).await?;
    let known = rest.patients.knows(&caller.tenant, now.as_ref().unwrap_or(&nobody())).await.map_err(Failure::Store)?;
    Ok(now.filter(|_| known))
}
