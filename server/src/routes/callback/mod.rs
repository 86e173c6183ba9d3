//! `/callback/{source}`: a source sends the browser back (checklist L7 to L9).

mod join;
mod open;
mod refuse;
mod session;
mod sign_in;
mod standing;
mod viewer;

use std::sync::Arc;

use access::{AuditEvent, Operation, Outcome};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use smart::{Callback, CallbackError, Client, Granted};

use super::{give_back, trouble};
use crate::cookies::{self, Place, WayBack};
use crate::gate::{self, Admitted};
use crate::middleware::ShownBy;
use crate::state::Server;

/// An answer of a source that was verified, on its way to the page that it leads to.
struct Arrival<'a> {
    server: &'a Arc<Server>,
    /// Our registration at the source.
    client: &'a Arc<Client>,
    /// What the browser was given for its launches on their way.
    way_back: Option<&'a WayBack>,
    headers: &'a HeaderMap,
    admitted: &'a Admitted,
}

/// Redeems the code and goes on to a clean address: the plan of a new launch, or of the launch that got one more source.
pub async fn finish(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    Path(source): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(client) = server.registry.by_source(&source).cloned() else {
        return trouble::no_such_page(State(server)).await;
    };
    let callback = Callback::parse(&query.unwrap_or_default());
    let way_back = cookies::way_back(&headers);
    let mut response = arrived(&server, &client, callback, way_back, &headers, &admitted).await;
    // Also what is told where it led nowhere stands in the frame that the launch was begun in.
    response.extensions_mut().insert(ShownBy(client.tenant.clone()));
    response
}

async fn arrived(
    server: &Arc<Server>,
    client: &Arc<Client>,
    callback: Callback,
    way_back: Option<WayBack>,
    headers: &HeaderMap,
    admitted: &Admitted,
) -> Response {
    let arrival = Arrival { server, client, way_back: way_back.as_ref(), headers, admitted };
    let browser = way_back.as_ref().map(|way_back| &way_back.binding);
    let granted = match server.smart.complete(client, callback, browser, server.pending.as_ref()).await {
        Ok(granted) => granted,
        Err(CallbackError::Store(error)) => return trouble::internal(server, &error).await,
        Err(error) => {
            arrival.note(Outcome::Failed, error.to_string()).await;
            return refuse::page(server, client, &error).await;
        }
    };
    arrival.go_on(granted).await.unwrap_or_else(|answer| *answer)
}

impl Arrival<'_> {
    /// Where the pages of this browser stand: what is opened stays there.
    fn place(&self) -> Place {
        self.way_back.map_or(Place::Window, |way_back| way_back.place)
    }

    async fn go_on(&self, granted: Granted) -> Result<Response, Box<Response>> {
        if let (Some(launch), Some(sharing)) = (granted.pending.for_launch.clone(), granted.pending.sharing.clone()) {
            return standing::arrive(self, &launch, sharing, granted).await;
        }
        match granted.pending.for_launch.clone() {
            Some(launch) => join::arrive(self, &launch, granted).await,
            None if !granted.pending.expects_patient => sign_in::arrive(self, granted).await,
            None => open::arrive(self, granted).await,
        }
    }

    /// An event about this arrival.
    fn event(&self, operation: Operation) -> AuditEvent {
        let event = gate::event(self.server, self.admitted, &self.client.tenant, operation);
        AuditEvent { source: Some(self.client.source.clone()), ..event }
    }

    /// Writes an event about an arrival that led nowhere; the refusal stands whether or not it can be written down.
    async fn note(&self, outcome: Outcome, reason: String) {
        let event = AuditEvent { reason: Some(reason), ..self.event(Operation::FinishLaunch).with(outcome) };
        if let Err(error) = self.server.audit.write(&event).await {
            tracing::error!(%error, "a refused sign-in could not be written down");
        }
    }

    /// Writes the event of a sign-in, before anything is stored.
    async fn write(&self, event: &AuditEvent) -> Result<(), Box<Response>> {
        match self.server.audit.write(event).await {
            Ok(()) => Ok(()),
            Err(error) => Err(Box::new(gate::unwritten(self.server, &error).await)),
        }
    }

    /// Gives back what is not going to be used (T8), then answers.
    async fn give_back(&self, granted: Granted, answer: Box<Response>) -> Box<Response> {
        give_back(self.server, vec![(self.client.source.clone(), granted.grant)]).await;
        answer
    }

    async fn internal(&self, error: impl std::error::Error + Sync + 'static) -> Box<Response> {
        Box::new(trouble::internal(self.server, &error).await)
    }
}
