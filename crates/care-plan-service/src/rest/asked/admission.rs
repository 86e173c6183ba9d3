//! Who calls, and whether their token allows this call.

use access::Outcome;
use access::policy::Why;
use axum::RequestPartsExt;
use axum::extract::RawPathParams;
use axum::http::request::Parts;
use shared_plan::Id;

use crate::identity::Asking;
use crate::rest::endpoint::Call;
use crate::rest::problem::{Code, Problem};
use crate::rest::{Rest, scopes};
use crate::{Caller, Failure};

/// Somebody who has come in, with what is noted where they are told that something is not there or not as they saw it.
pub(in crate::rest) struct Entered {
    pub(in crate::rest) caller: Caller,
    call: Call,
    what: Option<String>,
}

/// Lets a request in: 401 and 429 by the token; the licence, for what writes; the scopes.
pub(super) async fn enter(parts: &mut Parts, rest: &Rest, writes: bool) -> Result<Entered, Problem> {
    // A route without its endpoint's facts lets nobody in.
    let call = parts.extensions.get::<Call>().copied().ok_or_else(|| Problem::of(Code::Internal))?;
    let admitted = rest.admission.admit(&Asking::of(parts)).await?;
    let entered = Entered { caller: admitted.caller, call, what: what(parts, call).await };
    // Before anything is looked up, the body included: who has no licence has no body worth reading.
    if writes && !rest.service.is_licensed(&entered.caller.tenant) {
        entered.note(rest, Outcome::Refused(Why::NotLicensed)).await?;
        return Err(Problem::of(Code::ModuleNotLicensed));
    }
    let needs = scopes::needs(call.method, call.path);
    let missing = needs.iter().any(|need| !admitted.scopes.allow(&entered.caller.people, need.kind, need.letter));
    if missing {
        entered.note(rest, Outcome::Refused(Why::NoScope)).await?;
        let wanted = scopes::written(entered.caller.people.level(), &needs);
        let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{wanted}\"");
        return Err(Problem::of(Code::InsufficientScope).saying(format!("It takes {wanted}.")).challenging(challenge));
    }
    Ok(entered)
}

impl Entered {
    /// Writes down that nothing was done, where the problem says that it is not there or that somebody else was first.
    /// What cannot be written is not told either.
    pub(in crate::rest) async fn noted(self, rest: &Rest, problem: Problem) -> Problem {
        let outcome = match problem.which() {
            Code::NotFound => Outcome::NotThere,
            Code::VersionStale => Outcome::Stale,
            _ => return problem,
        };
        self.note(rest, outcome).await.err().unwrap_or(problem)
    }

    async fn note(&self, rest: &Rest, outcome: Outcome) -> Result<(), Problem> {
        let noted = rest.service.note_refusal(&self.caller, self.what.clone(), self.call.name, outcome).await;
        noted.map_err(|failure: Failure| failure.into())
    }
}

/// What the path names first: a plan, or what hangs on the person beside it.
async fn what(parts: &mut Parts, call: Call) -> Option<String> {
    let params: RawPathParams = parts.extract().await.ok()?;
    let (_, id) = params.iter().next()?;
    let id = Id::<()>::parse(id)?;
    Some(format!("{}/{id}", scopes::type_at(call.path)))
}
