//! The gate: what every request passes before its handler.
//!
//! In this order: how often, who, whose launch, by which way, may they, and for reads of a record: written down. A route
//! cannot be added without its [`Rule`], and no handler has to remember to ask.

mod address;
mod ended;
pub mod functions;
pub mod limits;
mod reads;
pub mod refusal;
mod rule;
mod user;
mod way;

use std::collections::HashMap;
use std::sync::Arc;

use access::policy::{Context, Decision, LaunchOf, Way};
use access::{AuditEvent, LaunchId, Operation, Outcome, Session, StoreError, TenantId, Viewer, decide};
use axum::RequestExt;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

pub use rule::{AskedBy, Done, Rule};

use crate::cookies;
use crate::rooms::Room;
use crate::routes::trouble;
use crate::state::Server;

/// A request that was let through.
#[derive(Debug, Clone)]
pub struct Admitted {
    /// What it asks for.
    pub operation: Operation,
    /// The browser's session; `None` where the operation is open to everybody.
    pub session: Option<Session>,
    /// The user.
    pub viewer: Option<Viewer>,
    /// The tenant of the launch, or of the user's sign-in.
    pub tenant: Option<TenantId>,
    /// The name of the request in the answer's `X-Request-Id` and in events.
    pub request: String,
    /// From where it comes: a key for limits.
    pub address: String,
}

/// Lets a request through to its handler, or answers it.
pub async fn pass(State((server, rule)): State<(Arc<Server>, Rule)>, request: Request, next: Next) -> Response {
    let name: String = server.opaque.bits().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let header = HeaderValue::from_str(&name);
    let mut response = match admit(&server, rule, request, name).await {
        Ok(request) => next.run(request).await,
        Err(answer) => *answer,
    };
    if let Ok(header) = header {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), header);
    }
    response
}

async fn admit(server: &Arc<Server>, rule: Rule, mut request: Request, name: String) -> Result<Request, Box<Response>> {
    let Some(operation) = operation(rule, &request) else {
        return Err(Box::new(trouble::no_such_page(State(server.clone())).await));
    };
    let address = address::of(&request, &server.config.trusted_proxies);
    let mut admitted = Admitted { operation, session: None, viewer: None, tenant: None, request: name, address };
    if let Some(action) = limits::by_address(operation)
        && let Err(answer) = limits::check(server, action, &admitted.address).await
    {
        refusal::note(server, &admitted, None, Outcome::TooOften).await;
        return Err(answer);
    }
    if !operation.is_open() {
        let room = who(server, rule, &mut request, &mut admitted).await?;
        if let Err(refused) = ask_policy(server, rule, &admitted, room.as_deref()).await {
            return Err(ended::instead(server, rule, &admitted, request, refused).await);
        }
        if let (Some(action), Some(session)) = (limits::by_session(operation), &admitted.session)
            && let Err(answer) = limits::check(server, action, &limits::session_key(session.hash)).await
        {
            refusal::note(server, &admitted, room.as_deref(), Outcome::TooOften).await;
            return Err(answer);
        }
        if let Some(room) = room {
            if let Err(error) = reads::write(server, &admitted, &room).await {
                return Err(Box::new(unwritten(server, &error).await));
            }
            request.extensions_mut().insert(room);
        }
    }
    request.extensions_mut().insert(admitted);
    Ok(request)
}

fn operation(rule: Rule, request: &Request) -> Option<Operation> {
    match rule.done {
        Done::This(operation) => Some(operation),
        Done::Function => functions::operation(request.uri().path().rsplit('/').next()?),
    }
}

/// Finds session, launch and user. The id in the path is no credential (smart-launch P2): the launch must belong to the
/// browser's session.
async fn who(
    server: &Arc<Server>,
    rule: Rule,
    request: &mut Request,
    admitted: &mut Admitted,
) -> Result<Option<Arc<Room>>, Box<Response>> {
    let path =
        request.extract_parts::<Path<HashMap<String, String>>>().await.map(|Path(path)| path).unwrap_or_default();
    let id = path.get("launch").and_then(|text| LaunchId::parse(text));
    let headers = request.headers();
    let found = async {
        let Some((session, room)) = session_and_room(server, rule, headers, id.as_ref()).await? else {
            return Ok(None);
        };
        let sign_in = if rule.in_launch { None } else { user::of_session(server, &session).await? };
        Ok(Some((session, room, sign_in)))
    };
    let found: Result<_, StoreError> = found.await;
    let (session, room, sign_in) = match found {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(None),
        Err(error) => return Err(Box::new(trouble::internal(server, &error).await)),
    };
    if let Some(room) = &room {
        admitted.viewer = Some(room.launch.viewer.clone());
        admitted.tenant = Some(room.launch.tenant.clone());
    }
    if let Some(sign_in) = sign_in {
        admitted.viewer = Some(sign_in.viewer);
        admitted.tenant = Some(sign_in.tenant);
    }
    admitted.session = Some(session);
    Ok(room)
}

/// The session that the request is of, with the room of the launch where it has that one.
///
/// A browser may send two, where one site shows both a window and a frame of ours: the one that opens the launch counts.
async fn session_and_room(
    server: &Arc<Server>,
    rule: Rule,
    headers: &HeaderMap,
    id: Option<&LaunchId>,
) -> Result<Option<(Session, Option<Arc<Room>>)>, StoreError> {
    let (mut first, now) = (None, server.clock.now());
    for cookie in cookies::sessions(headers) {
        let session = match rule.asked_by {
            AskedBy::User => server.sessions.lookup(cookie, now).await?,
            AskedBy::Page => server.sessions.peek(cookie, now).await?,
        };
        let Some(session) = session else { continue };
        if let Some(id) = id
            && let Some(room) = server.rooms.enter(server, id, &session).await?
        {
            return Ok(Some((session, Some(room))));
        }
        first.get_or_insert((session, None));
    }
    Ok(first)
}

async fn ask_policy(
    server: &Arc<Server>,
    rule: Rule,
    admitted: &Admitted,
    room: Option<&Room>,
) -> Result<(), Box<Response>> {
    let launch = match (rule.in_launch, room) {
        (false, _) => LaunchOf::Nobody,
        (true, Some(_)) => LaunchOf::ThisSession,
        (true, None) => LaunchOf::Another,
    };
    let way = match room {
        Some(room) => way::of(server, room).await,
        // Who finds the way by doing it asks once more, by `may`.
        None if admitted.operation.finds_its_way() => Ok(Way::SharedGrant),
        None => Ok(Way::None),
    };
    let way = match way {
        Ok(way) => way,
        Err(error) => return Err(Box::new(trouble::internal(server, &error).await)),
    };
    decided(server, admitted, room, Context { session: admitted.session.is_some(), launch, way }).await
}

/// Asks the policy once more, where the way to the person was found only by doing it.
///
/// # Errors
/// The answer to give where it may not be done.
pub async fn may(server: &Arc<Server>, admitted: &Admitted, way: Way) -> Result<(), Box<Response>> {
    let context = Context { session: admitted.session.is_some(), launch: LaunchOf::Nobody, way };
    decided(server, admitted, None, context).await
}

async fn decided(
    server: &Arc<Server>,
    admitted: &Admitted,
    room: Option<&Room>,
    context: Context,
) -> Result<(), Box<Response>> {
    match decide(admitted.viewer.as_ref(), admitted.operation, &context) {
        Decision::Allowed => Ok(()),
        Decision::Refused(why) => Err(Box::new(refusal::answer(server, admitted, room, why).await)),
    }
}

/// A further event of a request.
pub fn event(server: &Server, admitted: &Admitted, tenant: &TenantId, operation: Operation) -> AuditEvent {
    let event = AuditEvent::new(tenant.clone(), operation, server.clock.now());
    AuditEvent {
        who: admitted.viewer.as_ref().and_then(|viewer| viewer.user.clone()),
        role: admitted.viewer.as_ref().map(|viewer| viewer.role),
        request: Some(admitted.request.clone()),
        ..event
    }
}

/// For what may not be shown or done because it cannot be written down.
pub async fn unwritten(server: &Arc<Server>, error: &StoreError) -> Response {
    let reference = trouble::reference(server, &format!("an audit event could not be written: {error}"));
    trouble::say(
        server,
        StatusCode::SERVICE_UNAVAILABLE,
        "This cannot be shown now",
        "Who sees a record is written down first, and that is not possible at the moment.",
        &format!("Try again in a moment. If it stays so, tell support the reference {reference}."),
    )
    .await
}
