//! Which release of FHIR is asked for, and what is not asked again (smart-launch F1, F13, F14).

use std::sync::Arc;

use fhir_client::{FhirError, FhirServer, Query, Remembered, Status};

use crate::fake::{Fake, json, page, status};

fn statement(rest: &str) -> String {
    format!(
        r#"{{"resourceType":"CapabilityStatement",{rest},"rest":[{{"mode":"server","resource":[{{"type":"Goal"}}]}}]}}"#
    )
}

#[tokio::test]
async fn f1_the_release_is_named_only_to_a_server_that_speaks_several() {
    for (says, accept) in [
        (r#""fhirVersion":"4.0.1""#, "application/fhir+json"),
        (
            r#""fhirVersion":"4.0.1","format":["json","application/fhir+json; fhirVersion=4.0"]"#,
            "application/fhir+json; fhirVersion=4.0",
        ),
    ] {
        let server = Fake::start(move |seen, _| match seen.target.as_str() {
            "metadata" => json(200, statement(says)),
            _ => page(&["1"], None),
        })
        .await;
        let client = server.client();
        client.capability().await.unwrap();
        client.search(&Query::of("Goal")).await;
        assert_eq!(server.seen()[1].headers["accept"], accept, "{says}");
    }
}

#[tokio::test]
async fn f1_a_server_that_does_not_take_the_release_is_asked_without_it_from_then_on() {
    let server = Fake::start(|seen, _| match seen.target.as_str() {
        "metadata" => {
            json(200, statement(r#""fhirVersion":"4.0.1","format":["application/fhir+json; fhirVersion=4.0"]"#))
        }
        _ if seen.headers["accept"] == "application/fhir+json" => page(&["1"], None),
        _ => status(406),
    })
    .await;
    let client = server.client();
    client.capability().await.unwrap();
    for _ in 0..2 {
        assert_eq!(client.search(&Query::of("Goal")).await.status, Status::Complete);
    }
    let named = server.seen().iter().filter(|seen| seen.headers["accept"] != "application/fhir+json").count();
    assert_eq!((named, server.seen().len()), (1, 4));
}

#[tokio::test]
async fn f1_a_write_to_a_server_of_another_release_is_not_sent() {
    for version in ["3.0.2", "5.0.0", "1.0.2"] {
        let server = Fake::start(move |_, _| json(200, statement(&format!(r#""fhirVersion":"{version}""#)))).await;
        let client = server.client();
        client.capability().await.unwrap();
        let refused = FhirError::OnlyRead { version: version.into() };
        assert_eq!(client.update("Goal", "1", "{}", Some("1")).await.unwrap_err(), refused);
        assert!(!refused.is_unclear() && server.seen().len() == 1);
    }
}

#[tokio::test]
async fn f13_users_of_one_source_ask_once_what_it_can_do_and_one_that_is_away_is_taken_at_its_word() {
    let server =
        Fake::start(|_, n| if n == 0 { json(200, statement(r#""fhirVersion":"4.0.1""#)) } else { status(500) }).await;
    let remembered = Arc::new(Remembered::default());
    for _ in 0..3 {
        let client = FhirServer::new(server.options().remembered(Arc::clone(&remembered)));
        assert!(client.capability().await.is_ok());
        assert!(client.known_capability().is_some());
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn f14_an_answer_of_one_page_is_asked_for_only_if_it_has_changed() {
    let server = Fake::start(|seen, _| {
        let known = seen.headers.get("if-none-match").is_some_and(|tag| tag == r#"W/"7""#);
        let mut response = if known { status(304) } else { page(&["1"], None) };
        response.headers_mut().insert("etag", r#"W/"7""#.parse().unwrap());
        response
    })
    .await;
    let client = server.client();
    let query = Query::of("Goal").with("patient", "p1");
    let first = client.search_pages(&query, &mut |_| {}).await;
    let mut pages = 0;
    let again = client.search_pages_unless(&query, first.validators.clone(), &mut |_| pages += 1).await;
    assert!(again.unchanged && pages == 0 && again.validators == first.validators);
    assert_eq!(again.status, Status::Complete);
}

#[tokio::test]
async fn f14_what_a_first_page_says_of_itself_says_nothing_of_the_others() {
    let server = Fake::start(|_, n| {
        let mut response = if n == 0 { page(&["1"], Some("Goal?page=2")) } else { page(&["2"], None) };
        response.headers_mut().insert("etag", r#"W/"7""#.parse().unwrap());
        response
    })
    .await;
    let searched = server.client().search_pages(&Query::of("Goal"), &mut |_| {}).await;
    assert_eq!((searched.pages, searched.validators), (2, None));
}

#[tokio::test]
async fn f14_an_answer_304_to_a_question_without_condition_is_an_error() {
    let server = Fake::start(|_, _| status(304)).await;
    let searched = server.client().search_pages(&Query::of("Goal"), &mut |_| {}).await;
    assert!(!searched.unchanged && matches!(searched.status, Status::Failed(_)));
}
