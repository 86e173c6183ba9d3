//! What was settled waits, too: nothing is offered that will be refused.

use super::{OTHER, doctor_of_both};
use crate::overlays;
use crate::shared_plan::stage::{Actor, DOCTOR, actor, send};
use crate::support::browser::Page;
use crate::support::form::{self, Form};
use crate::support::world::World;

const WAITS: &str = "This was settled before a record was taken out of this person";

/// The form of one issue, which is named by the id that consolidation gave it.
fn form_of(page: &Page, issue: &str) -> Option<Form> {
    let text = page
        .text
        .split("<form")
        .find(|form| form.contains("/decide\"") && form.contains(&format!("name=\"issue\" value=\"{issue}\"")))?;
    form::with_action(&Page { text: format!("<form{text}"), ..page.clone() }, "/decide")
}

async fn reconcile(doctor: &Actor, world: &World) -> Page {
    world.settled(&doctor.page).await;
    doctor.get("reconcile").await
}

#[tokio::test]
async fn a_form_was_offered_for_an_issue_whose_decision_waited_and_was_refused_only_when_sent() {
    let world = World::licensed().await;
    let doctor = doctor_of_both(&world).await;
    // One that the record at home has by itself, so that it is there after the other was taken out.
    let alone = actor(&world, DOCTOR).await;
    let page = reconcile(&alone, &world).await;
    let mut form = form::with_action(&page, "/decide").unwrap_or_else(|| panic!("an open issue: {}", page.text));
    let issue = form.get("issue").expect("it names its issue").to_owned();
    form.set("choice", "keep");
    form.set("reason", "Looked at with her");
    let kept = alone.browser.post(&page.url, &form.action, &form.pairs()).await;
    assert!(kept.text.contains("Kept in the shared plan"), "{}", kept.text);

    let split = doctor.get(&format!("split/{OTHER}")).await;
    let asked = send(&doctor, &split, &format!("/split/{OTHER}"), &[("reason", "Two people")]).await;
    assert!(asked.url.path().ends_with("/whose"), "{} {}", asked.url, asked.text);
    let waiting = reconcile(&doctor, &world).await;
    assert_eq!(waiting.text.matches(WAITS).count(), 1, "{}", waiting.text);
    assert!(form_of(&waiting, &issue).is_none(), "{}", waiting.text);
    assert!(!waiting.text.contains("Looked at with her"), "nobody knows whose it is");
    // A form that was drawn before is told why.
    let mut late = form.pairs();
    late.retain(|(name, _)| *name != "version");
    let refused = doctor.browser.post(&waiting.url, &waiting.at("decide"), &late).await;
    assert!(refused.text.contains("nobody has said yet whether that was for this person"), "{}", refused.text);

    let whose = doctor.get("whose").await;
    let (document, question) = (hidden(&whose, "document"), hidden(&whose, "question"));
    let fields = [("document", document.as_str()), ("question", question.as_str()), ("whose", "stays")];
    let told = doctor.browser.post(&whose.url, &whose.at("whose"), &fields).await;
    assert!(told.text.contains("is shown here again"), "{}", told.text);
    let settled = reconcile(&doctor, &world).await;
    assert!(settled.text.contains("Looked at with her") && !settled.text.contains(WAITS), "{}", settled.text);
}

#[tokio::test]
async fn a_form_was_offered_for_a_goal_whose_kept_edit_waited_and_was_refused_only_when_sent() {
    let waits = "nobody has said yet whether that was for this person";
    let world = World::licensed_and_altered(overlays::read_only).await;
    let doctor = doctor_of_both(&world).await;
    let alone = actor(&world, DOCTOR).await;
    let goal = async |of: &Actor| {
        world.settled(&of.page).await;
        overlays::goal(&of.browser, &of.get("plan?show=all").await).await
    };
    let seen = goal(&alone).await;
    let mut form = overlays::form_of(&seen);
    form.set("target_value", "8.0");
    form.set("reason", "Looked at with her");
    let kept = overlays::send(&alone.browser, &seen, &form).await;
    assert!(kept.text.contains("Kept in the shared plan."), "{}", kept.text);
    let mut late = overlays::form_of(&kept);

    let split = doctor.get(&format!("split/{OTHER}")).await;
    let asked = send(&doctor, &split, &format!("/split/{OTHER}"), &[("reason", "Two people")]).await;
    assert!(asked.url.path().ends_with("/whose"), "{} {}", asked.url, asked.text);
    let waiting = goal(&doctor).await;
    assert!(waiting.text.contains(waits) && waiting.text.contains("Whose is this?"), "{}", waiting.text);
    assert!(form::with_action(&waiting, "/api/save_goal").is_none(), "{}", waiting.text);
    assert!(!waiting.text.contains("Looked at with her"), "nobody knows whose it is");
    // A form that was drawn before is told why, and what was typed stands there.
    late.set("target_value", "8.5");
    let refused = overlays::send(&alone.browser, &kept, &late).await;
    assert!(refused.text.contains(waits), "{}", refused.text);
    assert!(refused.text.replace("<!>", "").contains("Target value: 8.5"), "{}", refused.text);

    let whose = doctor.get("whose").await;
    let (document, question) = (hidden(&whose, "document"), hidden(&whose, "question"));
    let fields = [("document", document.as_str()), ("question", question.as_str()), ("whose", "stays")];
    let told = doctor.browser.post(&whose.url, &whose.at("whose"), &fields).await;
    assert!(told.text.contains("is shown here again"), "{}", told.text);
    let shown = goal(&doctor).await;
    assert!(shown.text.contains("Looked at with her") && !shown.text.contains(waits), "{}", shown.text);
}

fn hidden(page: &Page, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let value = page.text.split(field.as_str()).nth(1).and_then(|rest| rest.split('"').next());
    form::unescape(value.unwrap_or_else(|| panic!("{name}: {}", page.text)))
}
