//! Limits and the audit log before a token opens anything.
//!
//! - The limiter comes first: an address from which too much was refused lately is answered 429 before a signature is
//!   looked at or a store is asked. A token that was admitted before goes on from there, so that a flood of bad tokens
//!   holds up nobody who is at work.
//! - A refused token counts against the address that it came from, and never against whom it names; so does a request
//!   without a token, and one of which nobody could say who calls, because keys or a store were away.
//! - A caller who is known counts by who they are, before it is looked up whom they reach.
//! - Refused tokens are one event a minute in a log, with their number. What is left of a minute is written with the first
//!   request after it.
//! - A refused token is written into the log of the tenant that it names only where its signature was verified; else into
//!   those of all whose tokens come from the issuer that it names: it harms no log to tell of it, and none misses it. One
//!   that names no issuer is a stranger's, and is in the log of the process only.

use std::sync::Arc;

use access::policy::Why;
use access::rate::{Action, Limits};
use access::{Audit, AuditEvent, Clock, Operation, Outcome, Role, TenantId, UserKey};
use async_trait::async_trait;

use super::admitted::Counting;
use super::known::Known;
use super::tally::{Due, Tally};
use super::{Admission, Admitted, Asking, NotAdmitted};

/// Admission that counts how often, and writes down what is refused.
pub struct Guarded {
    inner: Arc<dyn Admission>,
    limits: Arc<Limits>,
    audit: Arc<dyn Audit>,
    clock: Arc<dyn Clock>,
    known: Known,
    tally: Tally,
}

impl Guarded {
    /// Guards an admission.
    pub fn new(inner: Arc<dyn Admission>, limits: Arc<Limits>, audit: Arc<dyn Audit>, clock: Arc<dyn Clock>) -> Self {
        Self { inner, limits, audit, clock, known: Known::default(), tally: Tally::default() }
    }

    /// Turns an address away from which too much was refused lately.
    fn at_the_door(&self, asking: &Asking) -> Result<(), NotAdmitted> {
        if self.known.knows(asking) {
            return Ok(());
        }
        self.limits.look(Action::RefusedToken, &asking.address, self.clock.now()).map_err(|too_often| {
            self.note_too_often(&asking.address);
            too_often.into()
        })
    }

    /// Counts a refused token, none, or one of which nobody could say whose it is.
    async fn refused(&self, asking: &Asking, tenants: &[TenantId], why: &str) -> Result<(), NotAdmitted> {
        let now = self.clock.now();
        let taken = self.limits.check(Action::RefusedToken, &asking.address, now);
        let next = taken.and_then(|()| self.limits.look(Action::RefusedToken, &asking.address, now));
        let due = if taken.is_ok() { self.tally.add(tenants, now) } else { Vec::new() };
        let mut events: Vec<AuditEvent> =
            due.iter().map(|due| self.refusal(asking, due, &format!("token refused: {why}"))).collect();
        // With the one after which the address is turned away, that is written too: then nobody knows any more whose they are.
        if next.is_err() && self.note_too_often(&asking.address) {
            let too_often = |tenant: &TenantId| self.event(asking, tenant.clone()).with(Outcome::TooOften);
            events.extend(tenants.iter().map(too_often));
        }
        self.write(&events).await.inspect_err(|_| self.tally.give_back(due))?;
        taken.map_err(NotAdmitted::from)
    }

    /// Writes what a minute before has left. Where that fails it is left once more: who calls now has no part in it.
    async fn write_left(&self, asking: &Asking) {
        let left = self.tally.left(self.clock.now());
        let events: Vec<AuditEvent> = left.iter().map(|due| self.refusal(asking, due, "tokens refused")).collect();
        if self.write(&events).await.is_err() {
            self.tally.give_back(left);
        }
    }

    fn refusal(&self, asking: &Asking, due: &Due, reason: &str) -> AuditEvent {
        let more = due.more;
        let reason = if more == 0 { reason.to_owned() } else { format!("{reason}; {more} more since the last event") };
        let event = self.event(asking, due.tenant.clone()).with(Outcome::Refused(Why::NotSignedIn));
        AuditEvent { reason: Some(reason), ..event }
    }

    /// True where it is to be written that somebody asks too often: once a minute.
    fn note_too_often(&self, key: &str) -> bool {
        let is_new = self.limits.check(Action::NoteTooOften, key, self.clock.now()).is_ok();
        if is_new {
            tracing::warn!("somebody calls too often, or with too many tokens that are refused");
        }
        is_new
    }

    fn event(&self, asking: &Asking, tenant: TenantId) -> AuditEvent {
        let event = AuditEvent::new(tenant, Operation::CallCarePlanService, self.clock.now());
        AuditEvent { request: asking.request.clone(), ..event }
    }

    /// What cannot be written is not told either.
    async fn write(&self, events: &[AuditEvent]) -> Result<(), NotAdmitted> {
        if events.is_empty() {
            return Ok(());
        }
        self.audit.write_all(events).await.map_err(|error| {
            tracing::error!(%error, "a refusal could not be written into the audit log");
            NotAdmitted::NotAsked
        })
    }
}

#[async_trait]
impl Admission for Guarded {
    async fn admit(&self, asking: &Asking) -> Result<Admitted, NotAdmitted> {
        self.write_left(asking).await;
        self.at_the_door(asking)?;
        let calls = Calls { of: self, asking };
        match self.inner.admit_counting(asking, &calls).await {
            Ok(admitted) => {
                self.known.learn(asking);
                Ok(admitted)
            }
            Err(NotAdmitted::NoToken) => {
                self.refused(asking, &[], "none").await?;
                Err(NotAdmitted::NoToken)
            }
            Err(NotAdmitted::Refused(token)) => {
                self.known.forget(asking);
                self.refused(asking, &token.tenants, &token.why).await?;
                Err(NotAdmitted::Refused(token))
            }
            Err(NotAdmitted::NotAsked) => {
                self.refused(asking, &[], "not asked").await?;
                Err(NotAdmitted::NotAsked)
            }
            Err(NotAdmitted::TooOften(why)) => Err(why.into()),
        }
    }
}

/// The calls of whoever is known.
struct Calls<'a> {
    of: &'a Guarded,
    asking: &'a Asking,
}

#[async_trait]
impl Counting for Calls<'_> {
    async fn known(&self, tenant: &TenantId, user: Option<&UserKey>, role: Role) -> Result<(), NotAdmitted> {
        let guarded = self.of;
        let key = key_of(tenant, user);
        let Err(too_often) = guarded.limits.check(Action::Call, &key, guarded.clock.now()) else { return Ok(()) };
        if guarded.note_too_often(&key) {
            let event = guarded.event(self.asking, tenant.clone()).with(Outcome::TooOften);
            guarded.write(&[AuditEvent { who: user.cloned(), role: Some(role), ..event }]).await?;
        }
        Err(too_often.into())
    }
}

/// Who calls, in whatever role: nobody calls more often by having several.
fn key_of(tenant: &TenantId, user: Option<&UserKey>) -> String {
    let user = user.map(|user| (user.issuer.as_str(), user.subject.as_str())).unwrap_or_default();
    format!("{}\n{}\n{}", tenant.0, user.0, user.1)
}
