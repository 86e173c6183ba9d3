//! What an authorization request must say.

use super::super::{
    Authority,
    form::Parameters,
    pkce,
    scope::{Level, Scope, has_word},
};

/// A request whose client and redirect address are known to be good, and whose parameters are whole.
#[derive(Debug, Clone)]
pub(in crate::smart) struct AuthorizationRequest {
    pub client: String,
    pub redirect_uri: String,
    pub state: String,
    pub scopes: Vec<Scope>,
    pub challenge: String,
    pub nonce: Option<String>,
    pub launch: Option<String>,
    pub login_hint: Option<String>,
}

/// Why a request is refused, and where the refusal may go.
#[derive(Debug)]
pub(super) enum Refused {
    /// The client or its address cannot be trusted: the user is told, and nobody else (RFC 6749 section 4.1.2.1).
    OnPage(&'static str),
    /// The client is told by its redirect address.
    ByRedirect(Failure),
}

/// An error response for a client.
#[derive(Debug)]
pub(super) struct Failure {
    pub redirect_uri: String,
    pub state: Option<String>,
    pub error: &'static str,
    pub description: String,
}

impl AuthorizationRequest {
    /// Reads and checks the parameters.
    pub(super) fn read(parameters: &Parameters, authority: &Authority) -> Result<Self, Refused> {
        let client = parameters.get("client_id").and_then(|id| authority.client(id));
        let client = client.ok_or(Refused::OnPage("This application is not registered here."))?;
        let redirect_uri =
            parameters.get("redirect_uri").filter(|uri| client.redirect_uris.iter().any(|known| known == uri)).ok_or(
                Refused::OnPage("The application asked to be answered at an address that is not registered for it."),
            )?;
        let refuse = |error, description: &str| {
            Refused::ByRedirect(Failure {
                redirect_uri: redirect_uri.to_owned(),
                state: parameters.get("state").map(str::to_owned),
                error,
                description: description.to_owned(),
            })
        };
        let wanted = |name: &str| {
            parameters.get(name).ok_or_else(|| refuse("invalid_request", &format!("The parameter {name} is missing.")))
        };
        if wanted("response_type")? != "code" {
            return Err(refuse("unsupported_response_type", "Only response_type=code is supported."));
        }
        let state = wanted("state")?.to_owned();
        if wanted("aud")? != authority.fhir_base() {
            return Err(refuse("invalid_request", "The parameter aud is not the base address of this FHIR server."));
        }
        let challenge = wanted("code_challenge")?;
        if parameters.get("code_challenge_method") != Some("S256") || !pkce::is_challenge(challenge) {
            return Err(refuse("invalid_request", "PKCE with code_challenge_method=S256 is required."));
        }
        let scopes = Scope::parse_list(wanted("scope")?);
        let launch = parameters.get("launch").map(str::to_owned);
        match (has_word(&scopes, "launch"), &launch) {
            (true, None) => return Err(refuse("invalid_request", "The scope launch needs the parameter launch.")),
            (false, Some(_)) => return Err(refuse("invalid_scope", "The parameter launch needs the scope launch.")),
            _ => {}
        }
        Ok(Self {
            client: client.id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            state,
            scopes,
            challenge: challenge.to_owned(),
            nonce: parameters.get("nonce").map(str::to_owned),
            launch,
            login_hint: parameters.get("login_hint").map(str::to_owned),
        })
    }

    /// Whether a person must be chosen before a code can be given.
    pub(super) fn wants_a_person(&self) -> bool {
        has_word(&self.scopes, "launch/patient")
            || self.scopes.iter().any(|scope| matches!(scope, Scope::Data(data) if data.level == Level::Patient))
    }

    pub(super) fn failure(&self, error: &'static str, description: &str) -> Failure {
        Failure {
            redirect_uri: self.redirect_uri.clone(),
            state: Some(self.state.clone()),
            error,
            description: description.to_owned(),
        }
    }
}
