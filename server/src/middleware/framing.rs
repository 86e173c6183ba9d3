//! Who may show an answer in a frame (checklist E6, S10). Said here for every answer, errors too; whoever draws a page
//! says nothing of it.
//!
//! In a window nobody may. In a frame the EHRs of one tenant may: of the tenant that the answer is about, or else of the
//! one whose EHR began the launch there.

use std::sync::Arc;

use access::TenantId;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::cookies::{self, Place};
use crate::state::Server;

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Put into the extensions of an answer: the EHRs of this tenant may show it in a frame.
#[derive(Debug, Clone)]
pub struct ShownBy(pub TenantId);

/// Completes the policy of an answer by who may frame it.
pub async fn framing(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let place = Place::said(request.headers());
    let remembered = cookies::framed_by(request.headers());
    if is_unaccounted_for(&request) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = next.run(request).await;
    let about = response.extensions().get::<ShownBy>().map(|ShownBy(tenant)| tenant.0.to_string());
    let tenant = about.or(remembered).filter(|_| place != Some(Place::Window));
    let ancestors = tenant.and_then(|tenant| Some(server.config.tenant(&tenant)?.frame_ancestors.join(" ")));
    let ancestors = ancestors.filter(|origins| !origins.is_empty()).unwrap_or_else(|| "'none'".to_owned());
    complete(response.headers_mut(), &ancestors);
    if place == Some(Place::Frame) {
        // It is for windows only.
        response.headers_mut().remove(OPENER_POLICY);
    }
    response
}

/// True for a change by a framed page of a browser that says neither from where it comes nor whose page it is: its
/// cookie is sent from other sites too, and nothing else would tell a stranger's form from ours (E5).
fn is_unaccounted_for(request: &Request) -> bool {
    let headers = request.headers();
    !request.method().is_safe()
        && cookies::session_at(headers, Place::Frame).is_some()
        && !headers.contains_key("sec-fetch-site")
        && !headers.contains_key(ORIGIN)
}

fn complete(headers: &mut HeaderMap, ancestors: &str) {
    let policy = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let policy = match policy {
        Some(policy) => format!("{policy}; frame-ancestors {ancestors}"),
        None => format!("default-src 'none'; frame-ancestors {ancestors}"),
    };
    let nobody = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).unwrap_or(nobody));
}
