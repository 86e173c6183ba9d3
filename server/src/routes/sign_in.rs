//! `/sign-in`: the user chooses a source and signs in there (standalone launch).

use std::sync::Arc;

use access::rate::Action;
use app::pages::{SignInChoice, sign_in_document};
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use smart::Start;

use super::{authorize, draw, trouble};
use crate::config::Launches;
use crate::gate::{Admitted, limits};
use crate::state::Server;
use crate::{providers, sources};

/// `at` begins a launch at that source; without it the providers are listed.
#[derive(Debug, Deserialize)]
pub struct SignInQuery {
    at: Option<String>,
    /// Words that the provider shall be called by.
    q: Option<String>,
    /// `panel`: without a person, for coordinators and staff.
    #[serde(rename = "for")]
    leads_to: Option<String>,
    /// In the demonstration: which group of users the simulated EHR offers first.
    #[serde(rename = "as")]
    role: Option<String>,
}

/// Lists the providers, or begins a launch at one.
///
/// A GET begins it, as one from an EHR does: nothing changes before the state and the browser were compared on return.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    Query(query): Query<SignInQuery>,
    headers: HeaderMap,
) -> Response {
    let to_panel = query.leads_to.as_deref() == Some("panel");
    let Some(at) = query.at else {
        let (more, kept) = match to_panel {
            true => ("&for=panel", vec![("for".to_owned(), "panel".to_owned())]),
            false => ("", Vec::new()),
        };
        let found = providers::find(&server, providers::For::Anybody(more), query.q.as_deref()).await;
        let sheet = found.sheet("/sign-in".to_owned(), kept);
        return draw::page(&server, StatusCode::OK, move || sign_in_document(sheet.clone(), to_panel)).await;
    };
    if let Err(answer) = limits::check(&server, Action::SignIn, &admitted.address).await {
        return *answer;
    }
    let standalone = server.config.source(&at).is_some_and(|source| source.launches.contains(&Launches::Standalone));
    match server.registry.by_source(&at).filter(|_| standalone) {
        Some(client) => {
            let known = ["clinician", "patient", "coordinator"];
            let login_hint = query.role.filter(|role| server.config.demo.is_some() && known.contains(&role.as_str()));
            let start = if to_panel { Start::SignIn { login_hint } } else { Start::Standalone { login_hint } };
            authorize::send(&server, client, start, &headers, None).await
        }
        None => trouble::no_such_page(State(server)).await,
    }
}

/// The sources where a user may sign in.
pub fn choices(server: &Server) -> Vec<SignInChoice> {
    let standalone = server.config.sources.iter().filter(|source| source.launches.contains(&Launches::Standalone));
    standalone
        .map(|config| {
            let source = sources::source(config);
            SignInChoice { href: format!("/sign-in?at={}", config.id), name: source.name, tag: source.tag }
        })
        .collect()
}
