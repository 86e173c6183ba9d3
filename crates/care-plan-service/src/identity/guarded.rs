//! Limits and the audit log before a token opens anything.
//!
//! - The limiter comes first: what is refused too often is answered 429, and written down once a minute, so that a flood of
//!   bad tokens floods neither the log nor those whose tokens are good.
//! - A refused token counts against the address that it came from, and never against whom it names.
//! - A refused token is written into the log of the tenant whose issuer it names. One that names none is a stranger's, and
//!   is in the log of the process only.

use std::sync::Arc;

use access::policy::Why;
use access::rate::{Action, Limits, TooOften};
use access::{Audit, AuditEvent, Clock, Operation, Outcome, TenantId};
use async_trait::async_trait;

use super::{Admission, Admitted, Asking, NotAdmitted, RefusedToken};
use crate::Caller;

/// Admission that counts how often, and writes down what is refused.
pub struct Guarded {
    inner: Arc<dyn Admission>,
    limits: Arc<Limits>,
    audit: Arc<dyn Audit>,
    clock: Arc<dyn Clock>,
}

impl Guarded {
    /// Guards an admission.
    pub fn new(inner: Arc<dyn Admission>, limits: Arc<Limits>, audit: Arc<dyn Audit>, clock: Arc<dyn Clock>) -> Self {
        Self { inner, limits, audit, clock }
    }

    /// Counts a call of somebody who is known.
    async fn counted(&self, asking: &Asking, caller: &Caller) -> Result<(), NotAdmitted> {
        let key = key_of(caller);
        let Err(too_often) = self.limits.check(Action::Call, &key, self.clock.now()) else { return Ok(()) };
        let event = self.event(asking, caller.tenant.clone()).with(Outcome::TooOften);
        let event = AuditEvent { who: caller.who.user.clone(), role: Some(caller.role), ..event };
        self.refuse_noting(too_often, &key, Some(event)).await
    }

    /// Counts a refused token, or none.
    async fn refused(&self, asking: &Asking, token: Option<&RefusedToken>) -> Result<(), NotAdmitted> {
        let tenant = token.and_then(|token| token.tenant.clone());
        let event = tenant.map(|tenant| self.event(asking, tenant));
        if let Err(too_often) = self.limits.check(Action::RefusedToken, &asking.address, self.clock.now()) {
            let event = event.map(|event| event.with(Outcome::TooOften));
            return self.refuse_noting(too_often, &asking.address, event).await;
        }
        let Some(event) = event else { return Ok(()) };
        let reason = token.map(|token| format!("token refused: {}", token.why));
        self.write(AuditEvent { reason, ..event.with(Outcome::Refused(Why::NotSignedIn)) }).await
    }

    /// Says that it was too often, once a minute in the log too.
    async fn refuse_noting(&self, why: TooOften, key: &str, event: Option<AuditEvent>) -> Result<(), NotAdmitted> {
        let is_new = self.limits.check(Action::NoteTooOften, key, self.clock.now()).is_ok();
        match event.filter(|_| is_new) {
            Some(event) => self.write(event).await?,
            None if is_new => tracing::warn!("refused tokens come too often from one address"),
            None => {}
        }
        Err(why.into())
    }

    fn event(&self, asking: &Asking, tenant: TenantId) -> AuditEvent {
        let event = AuditEvent::new(tenant, Operation::CallCarePlanService, self.clock.now());
        AuditEvent { request: asking.request.clone(), ..event }
    }

    /// What cannot be written is not told either.
    async fn write(&self, event: AuditEvent) -> Result<(), NotAdmitted> {
        self.audit.write(&event).await.map_err(|error| {
            tracing::error!(%error, "a refusal could not be written into the audit log");
            NotAdmitted::NotAsked
        })
    }
}

#[async_trait]
impl Admission for Guarded {
    async fn admit(&self, asking: &Asking) -> Result<Admitted, NotAdmitted> {
        match self.inner.admit(asking).await {
            Ok(admitted) => {
                self.counted(asking, &admitted.caller).await?;
                Ok(admitted)
            }
            Err(NotAdmitted::NoToken) => {
                self.refused(asking, None).await?;
                Err(NotAdmitted::NoToken)
            }
            Err(NotAdmitted::Refused(token)) => {
                self.refused(asking, Some(&token)).await?;
                Err(NotAdmitted::Refused(token))
            }
            Err(why @ (NotAdmitted::TooOften(_) | NotAdmitted::NotAsked)) => Err(why),
        }
    }
}

/// Who calls, in whatever role: nobody calls more often by having several.
fn key_of(caller: &Caller) -> String {
    let user = caller.who.user.as_ref().map(|user| (user.issuer.as_str(), user.subject.as_str())).unwrap_or_default();
    format!("{}\n{}\n{}", caller.tenant.0, user.0, user.1)
}
