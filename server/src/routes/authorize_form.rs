//! A request to an authorization server that is too long for an address: a form that sends itself (checklist L5).
//!
//! Without script the user presses the button. The page holds the state, as the address of a redirect would.

use std::fmt::Write;

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use outbound::Origin;
use smart::Client;
use url::Url;

/// The page. `nonce` is fresh random text: only the script with it may run.
pub fn page(client: &Client, action: &Url, fields: &[(String, String)], nonce: &str) -> Response {
    let headers = [
        (CONTENT_SECURITY_POLICY, policy(client, action, nonce)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
    ];
    (StatusCode::OK, headers, html(action, fields, nonce)).into_response()
}

/// Allows the form to go to the authorization server and nowhere else but where that one sends it on: browsers hold a
/// form's redirects to this list too, up to the way back to us.
fn policy(client: &Client, action: &Url, nonce: &str) -> HeaderValue {
    let own = Origin::of(&client.fhir_base).into_iter().chain(client.allowed_origins.iter().cloned());
    let mut origins: Vec<Origin> = Origin::of(action).into_iter().chain(own).collect();
    origins.sort();
    origins.dedup();
    let origins = origins.iter().map(Origin::to_string).collect::<Vec<_>>().join(" ");
    let text = format!("default-src 'none'; script-src 'nonce-{nonce}'; form-action 'self' {origins}; base-uri 'none'");
    HeaderValue::from_str(&text).expect("origins and random text can stand in a header")
}

fn html(action: &Url, fields: &[(String, String)], nonce: &str) -> String {
    let mut inputs = String::new();
    for (name, value) in fields {
        write!(inputs, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value))
            .expect("memory takes everything");
    }
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sign in</title></head><body><main>\
         <h1>Sign in</h1><p>You are being taken to the sign-in of your health record.</p>\
         <form id=\"way\" method=\"post\" action=\"{}\">{inputs}<button type=\"submit\">Continue</button></form></main>\
         <script nonce=\"{nonce}\">document.getElementById(\"way\").submit()</script></body></html>",
        escaped(action.as_str())
    )
}

/// Text as it stands in an attribute between double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    fn client() -> Client {
        Client {
            source: "valley-ehr".to_owned(),
            tenant: access::TenantId::new("valley"),
            fhir_base: "https://ehr.example/fhir".parse().expect("a URL"),
            client_id: "accord".to_owned(),
            auth: smart::ClientAuth::Public,
            redirect_uri: "https://accord.example/callback/valley-ehr".parse().expect("a URL"),
            extra_scopes: Vec::new(),
            allowed_origins: Origin::parse("https://login.example").into_iter().collect(),
            other_keys: Vec::new(),
            assume_s256: false,
        }
    }

    #[tokio::test]
    async fn l5_the_form_sends_itself_by_a_script_with_a_nonce_and_has_a_button() {
        let action = "https://auth.example/authorize?realm=a&x=%22".parse().expect("a URL");
        let fields =
            [("state".to_owned(), "s1".to_owned()), ("launch".to_owned(), "\"><script>alert(1)</script>&'".to_owned())];
        let response = page(&client(), &action, &fields, "fresh-nonce");
        let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
        for part in [
            "default-src 'none'",
            "script-src 'nonce-fresh-nonce'",
            "form-action 'self' https://auth.example:443 https://ehr.example:443 https://login.example:443;",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        let body = to_bytes(response.into_body(), 100_000).await.expect("a body");
        let text = String::from_utf8(body.to_vec()).expect("text");
        assert!(text.contains("<button type=\"submit\">Continue</button>"), "{text}");
        assert!(text.contains("action=\"https://auth.example/authorize?realm=a&amp;x=%22\""), "{text}");
        assert!(text.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;\""), "{text}");
        assert_eq!(text.matches("<script").count(), 1);
        assert!(text.contains("<script nonce=\"fresh-nonce\">"), "{text}");
    }
}
