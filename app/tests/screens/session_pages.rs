//! Pages about the session and its end.

use app::pages::{TypedForm, WhyWindow, open_window_document, session_ended_document};

use crate::support::draw;

fn form(fields: &[(&str, &str)]) -> TypedForm {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    TypedForm { function: "save_goal".to_owned(), fields: fields.iter().map(own).collect() }
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text_in_a_form_that_carries_all_of_it() {
    let sting = "</textarea><script>alert(1)</script>\" x=\"&amp;";
    let typed = form(&[("item", "g1"), ("base_due", "2027"), ("due", sting), ("note", sting), ("new_field", sting)]);
    let html = draw(None, move || session_ended_document(vec![typed.clone()], false)).await.html;
    assert!(!html.contains("<script>alert") && !html.contains(" x=\"&amp;\""), "{html}");
    for name in ["_form", "item", "base_due", "due", "note", "new_field"] {
        assert_eq!(html.matches(&format!(" name=\"{name}\"")).count(), 1, "{name}");
    }
    assert!(html.contains(">new field<"), "a field without words of ours is called by its name: {html}");
}

#[tokio::test]
async fn a_form_that_cannot_be_filled_again_is_shown_without_a_button() {
    let typed = TypedForm { function: "another".to_owned(), ..form(&[("note", "kept")]) };
    let html = draw(None, move || session_ended_document(vec![typed.clone()], true)).await.html;
    assert!(html.contains("kept") && !html.contains("Put it back"), "{html}");
}

#[tokio::test]
async fn without_anything_typed_the_page_leads_to_the_sign_in() {
    let html = draw(None, || session_ended_document(Vec::new(), false)).await.html;
    assert!(html.contains("Your session has ended") && html.contains("href=\"/sign-in\""), "{html}");
    assert!(!html.contains("<form"), "{html}");
}

#[tokio::test]
async fn a_launch_goes_on_in_a_window_by_a_link_that_tells_nothing_of_the_frame() {
    for why in [WhyWindow::NoCookie, WhyWindow::SourceRefuses] {
        let html = draw(None, move || open_window_document(why, "/launch?iss=a&launch=b".to_owned())).await.html;
        assert!(html.contains("target=\"_blank\"") && html.contains("rel=\"noopener noreferrer\""), "{html}");
        assert!(html.contains("href=\"/launch?iss=a&amp;launch=b\""), "{html}");
    }
}
