//! Tokens: where they go, and what a 401 leads to.

use std::sync::Arc;
use std::sync::Mutex;

use access::Secret;
use async_trait::async_trait;
use fhir_client::{AccessTokens, FhirError, FhirServer, Query, Reason, Status, TokenError};

use crate::fake::{Fake, json, page, status};

/// Gives `token-0`, and after each 401 the next one, as long as there are any.
struct Tokens {
    refreshes: Mutex<Vec<Result<&'static str, TokenError>>>,
}

#[async_trait]
impl AccessTokens for Tokens {
    async fn current(&self) -> Result<Secret, TokenError> {
        Ok(Secret::new("token-0"))
    }

    async fn after_401(&self, refused: &Secret) -> Result<Secret, TokenError> {
        assert_eq!(refused.expose(), "token-0");
        self.refreshes.lock().unwrap().remove(0).map(Secret::new)
    }
}

fn client(server: &Fake, refreshes: Vec<Result<&'static str, TokenError>>) -> FhirServer {
    FhirServer::new(server.options().tokens(Arc::new(Tokens { refreshes: Mutex::new(refreshes) })))
}

async fn only(token: &'static str) -> Fake {
    Fake::start(move |seen, _| {
        if seen.headers["authorization"] == format!("Bearer {token}") {
            json(200, r#"{"resourceType":"Goal","id":"1"}"#)
        } else {
            status(401)
        }
    })
    .await
}

#[tokio::test]
async fn f5_after_a_401_the_request_is_repeated_once_with_a_fresh_token() {
    let server = only("token-1").await;
    assert!(client(&server, vec![Ok("token-1")]).read("Goal", "1").await.is_ok());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn f5_a_401_with_a_fresh_token_means_that_the_sign_in_has_expired() {
    let server = only("token-9").await;
    assert_eq!(client(&server, vec![Ok("token-1")]).read("Goal", "1").await.unwrap_err(), FhirError::SignInExpired);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn f5_a_grant_that_has_ended_and_one_that_cannot_be_asked_for_are_told_apart() {
    let server = only("token-9").await;
    let ended = client(&server, vec![Err(TokenError::SignInExpired)]).search(&Query::of("Goal")).await;
    assert_eq!(ended.status, Status::Failed(Reason::SignInExpired));
    let away = client(&server, vec![Err(TokenError::Unreachable)]).search(&Query::of("Goal")).await;
    assert_eq!(away.status, Status::Failed(Reason::Unreachable));
}

#[tokio::test]
async fn f6_a_token_never_follows_a_link_out_of_the_base() {
    for next in ["/admin?page=2", "/fhir-evil/Goal", "/fhir/../secrets", "//127.0.0.1:9/fhir/Goal"] {
        let server = Fake::start(move |_, _| page(&["1"], Some(next))).await;
        let found = client(&server, vec![]).search(&Query::of("Goal")).await;
        assert_eq!(found.status, Status::Partial(Reason::ForeignPage), "{next}");
        assert_eq!(server.seen().len(), 1, "{next}");
    }
}

#[tokio::test]
async fn no_token_is_in_an_error_or_in_what_is_printed_of_a_client() {
    let server = only("token-9").await;
    let client = client(&server, vec![Ok("token-1")]);
    let error = client.read("Goal", "1").await.unwrap_err();
    assert!(!format!("{error:?} {error} {client:?}").contains("token-"));
}

#[tokio::test]
async fn f5_a_403_is_neither_repeated_nor_answered_with_a_fresh_token() {
    // Epic's 4131: somebody must break the glass first. That is for people to decide, in the EHR.
    let body = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"suppressed","details":{
        "coding":[{"system":"urn:oid:1.2.840.114350.1.13.0.1.7.2.657369","code":"4131"}],"text":"Break the glass"}}]}"#;
    let server = Fake::start(move |_, _| json(403, body)).await;
    // A refresh would panic: there is none to give.
    let found = client(&server, vec![]).search(&Query::of("Goal")).await;
    assert_eq!(found.status, Status::NotPermitted(Reason::Refused(Some("Break the glass".into()))));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn f5_what_is_gone_is_not_there_and_not_asked_again() {
    for gone in [404, 410] {
        let server = Fake::start(move |_, _| status(gone)).await;
        assert_eq!(server.client().read("Goal", "1").await.unwrap_err(), FhirError::NotFound, "{gone}");
        assert_eq!(server.seen().len(), 1, "{gone}");
    }
}

#[tokio::test]
async fn f5_a_405_or_501_corrects_what_the_server_said_it_can_do() {
    for refused in [405, 501] {
        let server = Fake::start(move |seen, _| {
            let statement = r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"resource":[
                {"type":"Goal","interaction":[{"code":"read"},{"code":"search-type"}]}]}]}"#;
            if seen.target == "metadata" { json(200, statement) } else { status(refused) }
        })
        .await;
        let client = server.client();
        assert!(client.capability().await.unwrap().can("Goal", "search-type"));
        assert_eq!(client.search(&Query::of("Goal").with("patient", "1")).await.status, Status::NotSupported);
        let known = client.known_capability().unwrap();
        assert!(!known.can("Goal", "search-type") && known.can("Goal", "read"), "{refused}");
        assert!(!client.capability().await.unwrap().can("Goal", "search-type"), "{refused}");
    }
}
