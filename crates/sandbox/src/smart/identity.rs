//! The identity service of the organisation that runs the EHR: tokens for its other services, as JWTs that these verify by
//! themselves (RFC 9068). The EHR's own FHIR server takes none of them.
//!
//! - A program asks with its secret (`client_credentials`) and gets `system/` scopes, as far as it is registered with them.
//! - A user's token is had by name and the one password of all (`password`): there is nobody to protect here, and a token
//!   that one line of `curl` can get is what a demonstration needs. An identity service for real people does not do that.
//!
//! Like everything of the sandbox it is on this machine only.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::{
    Authority,
    form::Parameters,
    scope::{Level, Scope, grantable_to_system, written},
    token::{TokenError, form},
};
use crate::{
    config::{IdentityClient, IdentityConfig},
    directory::{User, UserKind},
    page::never_stored,
};

/// The password of every user.
pub const PASSWORD: &str = "demonstration-only";
/// How long a program's token is good.
const PROGRAM_LIFE: SignedDuration = SignedDuration::from_mins(5);
/// How long a user's token is good.
const USER_LIFE: SignedDuration = SignedDuration::from_hours(1);

/// The identity service.
struct Identity {
    config: IdentityConfig,
    authority: Arc<Authority>,
}

/// Its routes, below `/identity` of the EHR's address.
pub(crate) fn router(config: IdentityConfig, authority: Arc<Authority>) -> Router {
    Router::new()
        .route("/identity/.well-known/openid-configuration", get(discovery))
        .route("/identity/jwks", get(jwks))
        .route("/identity/token", post(token))
        .with_state(Arc::new(Identity { config, authority }))
}

impl Identity {
    fn issuer(&self) -> String {
        self.authority.endpoint("/identity")
    }

    /// A signed token with the claims that every one has.
    fn signed(&self, client: &str, scopes: &[Scope], life: SignedDuration, more: &Value) -> Response {
        let now = self.authority.now();
        let mut claims = json!({
            "iss": self.issuer(),
            "aud": self.config.audience,
            "client_id": client,
            "tenant": self.config.tenant,
            "scope": written(scopes),
            "iat": now.as_second(),
            "exp": (now + life).as_second(),
            "jti": self.authority.opaque(),
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            claims[name] = value.clone();
        }
        let body = json!({
            "access_token": self.authority.key.sign(&claims),
            "token_type": "Bearer",
            "expires_in": life.as_secs(),
            "scope": written(scopes),
        });
        let mut response = Json(body).into_response();
        never_stored(response.headers_mut());
        response
    }

    fn client(&self, parameters: &Parameters) -> Result<&IdentityClient, TokenError> {
        let unknown = TokenError::InvalidClient("The client is unknown, or its secret is wrong.");
        let (id, secret) = (parameters.get("client_id"), parameters.get("client_secret").unwrap_or_default());
        let client = self.config.clients.iter().find(|client| Some(client.id.as_str()) == id).ok_or(unknown.clone())?;
        let same = client.secret.expose().as_bytes().ct_eq(secret.as_bytes());
        if bool::from(same) { Ok(client) } else { Err(unknown) }
    }

    fn of_program(&self, client: &IdentityClient, parameters: &Parameters) -> Result<Response, TokenError> {
        let asked = parameters.get("scope").ok_or(TokenError::InvalidScope("The parameter scope is missing."))?;
        let registered: Vec<Scope> = client.scopes.iter().map(|scope| Scope::parse(scope)).collect();
        let scopes = grantable_to_system(&Scope::parse_list(asked), &registered, &[]);
        if scopes.is_empty() {
            return Err(TokenError::InvalidScope("None of the scopes can be granted."));
        }
        Ok(self.signed(&client.id, &scopes, PROGRAM_LIFE, &json!({ "sub": client.id })))
    }

    fn of_user(&self, client: &IdentityClient, parameters: &Parameters) -> Result<Response, TokenError> {
        let wrong = TokenError::InvalidGrant("There is no such user, or the password is wrong.");
        let password = parameters.get("password").unwrap_or_default();
        let user = parameters.get("username").and_then(|name| self.authority.directory.user(name));
        let user = user.filter(|_| password == PASSWORD).ok_or(wrong)?;
        let patient = self.patient(user, parameters)?;
        let asked = parameters.get("scope").ok_or(TokenError::InvalidScope("The parameter scope is missing."))?;
        let granted = |scope: &Scope| match scope {
            Scope::Data(data) => {
                let bound = match data.level {
                    Level::User => true,
                    Level::Patient => patient.is_some(),
                    Level::System => false,
                };
                bound && data.query.is_none()
            }
            Scope::Word(word) => word == "openid",
        };
        let scopes: Vec<Scope> = Scope::parse_list(asked).into_iter().filter(granted).collect();
        if scopes.is_empty() {
            return Err(TokenError::InvalidScope("None of the scopes can be granted."));
        }
        let mut claims = json!({ "sub": user.id, "name": user.name, "roles": [role(user.kind)] });
        if let Some(patient) = patient {
            claims["patient"] = json!(patient);
        }
        Ok(self.signed(&client.id, &scopes, USER_LIFE, &claims))
    }

    /// Whom the token is about: a patient's own, and whom a user of the staff has named among those who are theirs.
    fn patient(&self, user: &User, parameters: &Parameters) -> Result<Option<String>, TokenError> {
        match (parameters.get("patient"), user.kind) {
            (None, UserKind::Patient) => Ok(user.patients.first().cloned()),
            (None, UserKind::Clinician | UserKind::Coordinator) => Ok(None),
            (Some(named), _) if self.authority.directory.may_open(user, named) => Ok(Some(named.to_owned())),
            (Some(_), _) => Err(TokenError::InvalidRequest("This user may not open that record.")),
        }
    }
}

fn role(kind: UserKind) -> &'static str {
    match kind {
        UserKind::Clinician => "clinician",
        UserKind::Coordinator => "coordinator",
        UserKind::Patient => "patient",
    }
}

async fn discovery(State(identity): State<Arc<Identity>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", identity.issuer());
    Json(json!({
        "issuer": identity.issuer(),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/jwks"),
        "grant_types_supported": ["client_credentials", "password"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "id_token_signing_alg_values_supported": [identity.authority.key.algorithm_name()],
    }))
}

async fn jwks(State(identity): State<Arc<Identity>>) -> impl IntoResponse {
    let keys = json!({ "keys": [identity.authority.key.public_jwk()] });
    ([(header::CACHE_CONTROL, "max-age=300")], Json(keys))
}

async fn token(State(identity): State<Arc<Identity>>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = || {
        let parameters = form(&headers, &body)?;
        let client = identity.client(&parameters)?;
        match parameters.get("grant_type") {
            Some("client_credentials") => identity.of_program(client, &parameters),
            Some("password") => identity.of_user(client, &parameters),
            Some(_) => Err(TokenError::UnsupportedGrantType),
            None => Err(TokenError::InvalidRequest("The parameter grant_type is missing.")),
        }
    };
    answer().unwrap_or_else(IntoResponse::into_response)
}
