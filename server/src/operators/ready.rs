//! Whether the process can do its work: every store is asked, each by a question whose answer is that there is nothing.

use std::fmt;
use std::time::Duration;

use access::{PatientAt, PersonId, SessionHash, StoreError, TenantId};
use futures::future::BoxFuture;
use shared_plan::ports::{Key, Kind};

use crate::events::Stream;
use crate::state::Server;

/// How long a store may take to say that it has nothing.
const PATIENCE: Duration = Duration::from_secs(2);
/// No tenant, no person and no document is called so.
const NOBODY: &str = "00000000000000000000000000000000";

/// How it stands with one thing that is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It answers.
    Fine,
    /// It does not, and work goes on: what is for it is kept.
    Away,
    /// It does not, and without it nothing goes on.
    Failed,
}

/// How it stands with everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report(Vec<(&'static str, State)>);

impl Report {
    /// False where something does not answer without which nothing goes on.
    pub fn is_ready(&self) -> bool {
        self.0.iter().all(|(_, state)| *state != State::Failed)
    }
}

impl Report {
    /// Each part with whether it answers.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, bool)> {
        self.0.iter().map(|(what, state)| (*what, *state == State::Fine))
    }
}

/// A word for the whole, then a line for each part. No cause: those are in the log.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let degraded = self.0.iter().any(|(_, state)| *state == State::Away);
        let whole = match (self.is_ready(), degraded) {
            (false, _) => "not ready",
            (true, true) => "ready, degraded",
            (true, false) => "ready",
        };
        writeln!(f, "{whole}")?;
        for (what, state) in &self.0 {
            let word = match state {
                State::Fine => "ok",
                State::Away => "away; what is for it waits",
                State::Failed => "does not answer",
            };
            writeln!(f, "{what}: {word}")?;
        }
        Ok(())
    }
}

/// Asks everything, all at once.
pub async fn look(server: &Server, stream: &Stream) -> Report {
    let stores =
        futures::future::join_all(questions(server).into_iter().map(|(what, question)| async move {
            (what, answered(what, tokio::time::timeout(PATIENCE, question).await))
        }));
    let mut states = stores.await;
    if let Some(there) = stream.is_there().await {
        states.push(("event stream", if there { State::Fine } else { State::Away }));
    }
    Report(states)
}

fn answered(what: &str, answer: Result<Result<(), StoreError>, tokio::time::error::Elapsed>) -> State {
    match answer {
        Ok(Ok(())) => return State::Fine,
        Ok(Err(error)) => tracing::error!(store = what, %error, "a store does not answer"),
        Err(_) => tracing::error!(store = what, "a store does not answer in time"),
    }
    State::Failed
}

type Question<'a> = (&'static str, BoxFuture<'a, Result<(), StoreError>>);

/// One question for each store that a request may need.
fn questions(server: &Server) -> Vec<Question<'_>> {
    let tenant = || {
        let first = server.config.tenants.first().map_or("", |tenant| tenant.id.as_str());
        TenantId::new(first)
    };
    let nobody = || PatientAt::new("", NOBODY);
    let plan = move || Key { tenant: tenant(), kind: Kind::Plan, id: NOBODY.to_owned() };
    let (now, hash) = (server.clock.now(), SessionHash([0; 32]));
    vec![
        ("sessions", Box::pin(async move { server.sessions.peek(hash, now).await.map(drop) })),
        ("persons", Box::pin(async move { server.persons.lookup(&tenant(), &nobody()).await.map(drop) })),
        (
            "consents",
            Box::pin(async move {
                let person = PersonId::from_random([0; 16]);
                server.consents.of_person(&tenant(), &person).await.map(drop)
            }),
        ),
        ("audit log", Box::pin(async move { server.trail.of_patient(&tenant(), &nobody()).await.map(drop) })),
        ("shared plans", Box::pin(async move { server.plan_store.documents.lookup(&plan()).await.map(drop) })),
        ("outbox", Box::pin(async move { server.plan_store.outbox.dead(1).await.map(drop) })),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Report, State};

    #[test]
    fn a_broker_that_is_away_is_said_and_stops_nothing() {
        let report = Report(vec![("sessions", State::Fine), ("event stream", State::Away)]);
        assert!(report.is_ready());
        assert_eq!(report.to_string(), "ready, degraded\nsessions: ok\nevent stream: away; what is for it waits\n");
        let report = Report(vec![("sessions", State::Failed), ("event stream", State::Away)]);
        assert!(!report.is_ready() && report.to_string().starts_with("not ready\n"));
    }
}
