//! Between the honest EHR and the network: where the lies are told.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::Uri,
    middleware::Next,
    response::Response,
};
use serde_json::Value;
use url::Url;

use super::{
    Hostility, Step, accomplices::Peer, authorize, genuine::Genuine, overheard::Overheard, refresh::RefreshWay,
};
use crate::fhir::Store;
use crate::smart::{Authority, SigningKey};

/// Longest token request that is looked at, in bytes.
const LONGEST_FORM: usize = 1024 * 1024;

/// The lying part of one EHR.
pub(crate) struct Liar {
    authority: Arc<Authority>,
    store: Arc<Store>,
    peers: OnceLock<Vec<Peer>>,
    other_key: OnceLock<SigningKey>,
    at_present: Mutex<Option<Hostility>>,
    earlier: Mutex<Earlier>,
    key_fetches: AtomicUsize,
    overheard: Overheard,
}

/// What the last launch brought, to be brought again.
#[derive(Default)]
struct Earlier {
    answer: Option<Url>,
    id_token: Option<String>,
}

impl Liar {
    pub(crate) fn new(authority: Arc<Authority>, store: Arc<Store>, at_first: Option<Hostility>) -> Self {
        Self {
            authority,
            store,
            peers: OnceLock::new(),
            other_key: OnceLock::new(),
            at_present: Mutex::new(at_first),
            earlier: Mutex::default(),
            key_fetches: AtomicUsize::new(0),
            overheard: Overheard::default(),
        }
    }

    /// Tells it who else is in the sandbox; once, when all have started.
    pub(crate) fn meet(&self, peers: Vec<Peer>) {
        // Told twice, it keeps to what it heard first.
        let _ = self.peers.set(peers);
    }

    /// Sets the lie, or makes it honest again.
    pub(crate) fn set(&self, hostility: Option<Hostility>) {
        self.key_fetches.store(0, Ordering::SeqCst);
        *self.at_present.lock().unwrap_or_else(PoisonError::into_inner) = hostility;
    }

    pub(crate) fn get(&self) -> Option<Hostility> {
        *self.at_present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Codes, tokens, verifiers and client credentials that went over the wire.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.overheard.list()
    }

    pub(super) fn authority(&self) -> &Authority {
        &self.authority
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    pub(super) fn issuer(&self) -> &str {
        self.authority.issuer()
    }

    pub(super) fn now(&self) -> i64 {
        self.authority.seconds()
    }

    /// The client that is attacked: the first one.
    pub(super) fn client(&self) -> String {
        self.authority.clients.first().map(|client| client.id.clone()).unwrap_or_default()
    }

    /// Another EHR of the sandbox; where there is none, one that does not exist.
    pub(super) fn peer(&self) -> Peer {
        let known = self.peers.get().and_then(|peers| peers.first()).cloned();
        known.unwrap_or_else(|| Peer { issuer: "https://other-ehr.example".to_owned(), callbacks: Vec::new() })
    }

    /// A key that nobody published.
    pub(super) fn other_key(&self) -> &SigningKey {
        self.other_key.get_or_init(|| self.authority.another_key())
    }

    /// Another person whose record is here.
    pub(super) fn other_patient(&self, own: &str) -> String {
        let people = self.authority.directory.people();
        let other = people.into_iter().find(|person| person.id != own);
        other.map_or_else(|| "nobody-else".to_owned(), |person| person.id)
    }

    /// The patient that a search asks about.
    pub(super) fn asked_about(&self, uri: &Uri) -> String {
        let pairs = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        let people = self.authority.directory.people();
        let asked = pairs.map(|(_, value)| value.rsplit('/').next().unwrap_or_default().to_owned());
        asked.filter(|id| people.iter().any(|person| person.id == *id)).last().unwrap_or_default()
    }

    /// Everything of a type that mentions a patient.
    pub(super) fn resources_of(&self, patient: &str, kind: &str) -> Vec<Value> {
        let reference = format!("\"Patient/{patient}\"");
        let all = self.store.list(kind);
        all.iter().filter(|resource| resource.to_string().contains(&reference)).map(|found| (**found).clone()).collect()
    }

    pub(super) fn first_fetch_of_keys(&self) -> bool {
        self.key_fetches.fetch_add(1, Ordering::SeqCst) == 0
    }

    pub(super) fn keys_were_fetched(&self) -> bool {
        self.key_fetches.load(Ordering::SeqCst) > 0
    }

    pub(super) fn earlier_id_token(&self) -> Option<String> {
        self.earlier.lock().unwrap_or_else(PoisonError::into_inner).id_token.clone()
    }

    /// Keeps an answer of the authorization server, and gives the one before.
    fn keep_answer(&self, answer: Url) -> Option<Url> {
        self.earlier.lock().unwrap_or_else(PoisonError::into_inner).answer.replace(answer)
    }

    fn keep_id_token(&self, token: &str) {
        self.earlier.lock().unwrap_or_else(PoisonError::into_inner).id_token = Some(token.to_owned());
    }
}

/// Lets the EHR answer, and falsifies the answer as the present hostility says.
pub(crate) async fn lie(State(liar): State<Arc<Liar>>, request: Request, next: Next) -> Response {
    let hostility = liar.get();
    let uri = request.uri().clone();
    match place(uri.path()) {
        Some(Step::Token) => token(&liar, hostility, request, next).await,
        Some(Step::Authorize) => authorized(&liar, hostility, next.run(request).await).await,
        Some(step) if hostility.is_some_and(|hostility| hostility.step() == step) => {
            let genuine = Genuine::of(next.run(request).await).await;
            match hostility {
                Some(Hostility::Discovery(way)) => way.alter(&liar, genuine),
                Some(Hostility::Jwks(way)) => way.alter(&liar, genuine),
                Some(Hostility::OpenidConfiguration(way)) => way.alter(&liar, genuine),
                Some(Hostility::Records(way)) => way.alter(&liar, genuine, &uri),
                Some(Hostility::Match(way)) => way.alter(&liar, genuine),
                Some(Hostility::Brands(way)) => way.alter(&liar, genuine).await,
                _ => genuine.unchanged(),
            }
        }
        _ => next.run(request).await,
    }
}

/// Which step a path belongs to; both kinds of token request count as [`Step::Token`].
fn place(path: &str) -> Option<Step> {
    match path {
        "/fhir/.well-known/smart-configuration" => Some(Step::Discovery),
        "/.well-known/openid-configuration" => Some(Step::OpenidConfiguration),
        "/auth/jwks" => Some(Step::Jwks),
        "/auth/authorize" | "/auth/sign-in" | "/auth/pick" => Some(Step::Authorize),
        "/auth/token" => Some(Step::Token),
        crate::brands::PATH => Some(Step::Brands),
        "/fhir/Patient/$match" | "/fhir/Patient/%24match" => Some(Step::Match),
        other => other.starts_with("/fhir/").then_some(Step::Records),
    }
}

/// The way back to the client. Every answer is kept, so that it can come again.
async fn authorized(liar: &Liar, hostility: Option<Hostility>, response: Response) -> Response {
    let genuine = Genuine::of(response).await;
    let Some(url) = authorize::location(&genuine) else { return genuine.unchanged() };
    for secret in ["code", "state"].iter().filter_map(|name| authorize::value(&url, name)) {
        liar.overheard.note(&secret);
    }
    let before = liar.keep_answer(url);
    match hostility {
        Some(Hostility::Authorize(way)) => way.alter(liar, genuine, before),
        _ => genuine.unchanged(),
    }
}

/// Both kinds of token request.
async fn token(liar: &Liar, hostility: Option<Hostility>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST_FORM).await.unwrap_or_default();
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    liar.overheard.note_request(&parts.headers, &form);
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let refreshes = field("grant_type").as_deref() == Some("refresh_token");
    let genuine = Genuine::of(next.run(Request::from_parts(parts, Body::from(body))).await).await;
    if !genuine.is_ok() {
        return genuine.unchanged();
    }
    let answer = genuine.json();
    liar.overheard.note_answer(&answer);
    let response = match hostility {
        Some(Hostility::Refresh(way)) if refreshes => {
            if way == RefreshWay::NewTokenNotStored {
                liar.authority.forget_refresh_token(answer["refresh_token"].as_str().unwrap_or_default());
            }
            way.alter(liar, genuine, field("refresh_token")).await
        }
        Some(Hostility::Token(way)) if !refreshes => way.alter(liar, genuine).await,
        Some(Hostility::IdToken(way)) if !refreshes => way.alter(liar, genuine),
        Some(Hostility::Jwks(way)) if !refreshes => match way.id_token(liar, &answer) {
            Some(forged) => genuine.with("id_token", forged),
            None => genuine.unchanged(),
        },
        _ => genuine.unchanged(),
    };
    if let Some(token) = answer["id_token"].as_str() {
        liar.keep_id_token(token);
    }
    response
}
