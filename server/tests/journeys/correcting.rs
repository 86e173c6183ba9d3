//! A concern that was entered here is corrected: with a reason, and what it said before stays among its versions.

use axum::http::StatusCode;

use crate::shared_plan::stage::{Actor, COORDINATOR, DOCTOR, PERSON, actor, send};
use crate::support::browser::Page;
use crate::support::form;
use crate::support::world::World;

/// Enters a concern and opens its page.
pub async fn entered(actor: &Actor, text: &str) -> Page {
    let list = actor.get("shared-plan").await;
    let list = send(actor, &list, "/shared-plan/concern", &[("description", text)]).await;
    opened(actor, &list, text).await
}

async fn opened(actor: &Actor, list: &Page, text: &str) -> Page {
    let line = list.text.split("<li").find(|line| line.contains(text) && line.contains("/concerns/"));
    let href = line.and_then(|line| line.split("href=\"").nth(1)).and_then(|rest| rest.split('"').next());
    let href = href.unwrap_or_else(|| panic!("{text}: {}", list.text));
    actor.browser.get(&list.url.join(href).expect("an address")).await
}

#[tokio::test]
async fn a_concern_is_corrected_with_a_reason_and_says_what_it_said_before() {
    let world = World::licensed().await;
    let doctor = actor(&world, DOCTOR).await;
    let page = entered(&doctor, "Fals at night").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let no_reason = send(&doctor, &page, "/change", &[("description", "Falls at night"), ("onset", "2025-05")]).await;
    assert!(no_reason.text.contains("This must not be empty."), "{}", no_reason.text);
    assert!(no_reason.text.contains("value=\"Falls at night\""), "what was typed stays: {}", no_reason.text);
    let typed = [("description", "Falls at night"), ("onset", "2025-05"), ("reason", "Misspelt")];
    let corrected = send(&doctor, &no_reason, "/change", &typed).await;
    let text = corrected.text.replace("<!>", "");
    for words in ["Kept as version 2.", "<h1>Falls at night</h1>", "2025-05", "Misspelt", "Version 1", "Version 2"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // Every screen follows.
    world.settled(&doctor.page).await;
    let board = doctor.get("plan?show=all").await;
    assert!(board.text.contains("Falls at night") && !board.text.contains("Fals at night"), "{}", board.text);
    // A form that was drawn before is not taken, and loses nothing typed.
    let late = send(&doctor, &page, "/change", &[("description", "Falls by day"), ("reason", "my typed reason")]).await;
    assert!(late.text.contains("somebody changed it meanwhile"), "{}", late.text);
    assert!(late.text.contains("value=\"Falls by day\"") && late.text.contains("my typed reason"), "{}", late.text);
}

#[tokio::test]
async fn a_concern_that_is_over_says_why_and_the_person_corrects_their_own_only() {
    let world = World::licensed().await;
    let person = actor(&world, PERSON).await;
    let own = entered(&person, "I sleep badly").await;
    let over = send(&person, &own, "/move", &[("status", "resolved"), ("reason", "New bed")]).await;
    assert!(over.text.contains("Kept as version 2.") && over.text.contains("New bed"), "{}", over.text);
    let coordinator = actor(&world, COORDINATOR).await;
    let theirs = entered(&coordinator, "Lives alone").await;
    let place = theirs.url.path().split('/').skip(3).collect::<Vec<_>>().join("/");
    let read = person.get(&place).await;
    assert!(read.text.contains("Your care team entered this, and corrects it."), "{}", read.text);
    assert!(form::with_action(&read, "/change").is_none(), "{}", read.text);
    let form = form::with_action(&theirs, "/move").expect("the coordinator's form");
    let typed = [("form", "move"), ("version", "1"), ("status", "entered-in-error"), ("reason", "x")];
    let place = form.action.path().split('/').skip(3).collect::<Vec<_>>().join("/");
    let refused = person.browser.post(&read.url, &person.page.at(&place), &typed).await;
    assert!(refused.text.contains("your role may not do this"), "{}", refused.text);
}

#[tokio::test]
async fn the_concern_of_another_person_is_what_never_was() {
    let world = World::licensed().await;
    let doctor = actor(&world, DOCTOR).await;
    let nobody = doctor.get("shared-plan/concerns/00000000000000000000000000000001").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND, "{}", nobody.text);
    let wrong = doctor.get("shared-plan/concerns/x").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND, "{}", wrong.text);
}
