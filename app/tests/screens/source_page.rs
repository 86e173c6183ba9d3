//! The page of the sources.

use std::sync::Arc;

use app::desk::Answer;
use app::pages::sources_document;

use crate::support::{Desk, draw, picture};

async fn page(answer: Option<Answer>) -> String {
    draw(Some(Arc::new(Desk::over(picture(str::to_owned)))), move || sources_document(answer.clone()))
        .await
        .html
        .replace("<!>", "")
}

#[tokio::test]
async fn each_source_shows_each_read_with_its_state() {
    let html = page(None).await;
    for words in [
        "MedicationRequest",
        "not shared with us: refused: not for apps",
        "loading…",
        "sign-in expired",
        "Nothing has been asked here.",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn entries_that_could_not_be_used_are_named() {
    let html = page(None).await;
    for words in [
        "2 entries that could not be used",
        "Goal/17 is about another patient and was kept out of the plan.",
        "The source says: slow today",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_linkage_is_shown_as_evidence() {
    let html = page(None).await;
    assert!(html.contains(
        "University Hospital says that these are the same person: Patient/1 (main entry) and Patient/2 (other entry)."
    ));
    assert!(html.contains("One of them is a record of this launch."));
}

#[tokio::test]
async fn what_can_be_done_is_offered_where_it_helps() {
    let html = page(None).await;
    assert!(html.contains("href=\"/l/x/connect/homehealth\"") && html.contains("href=\"/l/x/connect/clinic\""));
    assert!(html.contains("action=\"/l/07070707070707070707070707070707/api/retry_source\""));
}

#[tokio::test]
async fn a_retry_without_script_is_answered() {
    let answer =
        Answer { function: "retry_source".to_owned(), said: Some("\"Started\"".to_owned()), typed: Vec::new() };
    assert!(page(Some(answer)).await.contains("Reading this record again."));
}
