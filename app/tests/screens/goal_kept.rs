//! The form of an edit that is kept in the shared plan, where an edit stands there already.

use std::sync::Arc;

use access::{PersonId, Role, TenantId};
use app::desk::kept::{Kept, foreign_of};
use app::desk::shared_plan::SharedPlanDoor;
use app::desk::{Answer, GoalAnswer, GoalFields, GoalSheet, Keeps, LaunchDesk};
use app::pages::goal_document;
use app::sections::fill;
use care_plan::plan::ItemId;
use shared_plan::overlay::{EditedField, FieldChange, Overlay, OverlayStatus};
use shared_plan::{Version, Who};

use crate::support::{Desk, draw, picture};

/// A colleague wants the goal a little later, with a note, and says why.
fn overlay(desk: &Desk) -> Overlay {
    let target = foreign_of(&desk.picture.plan.goals[0].item.members[0].key, Some("1"));
    let person = PersonId::from_random([1; 16]);
    let at = "2026-11-20T09:00:00Z".parse().expect("a time");
    let text = |text: &str| Some(text.to_owned());
    Overlay {
        id: Overlay::id_on(&person, &target, 0),
        tenant: TenantId::new("valley"),
        person,
        version: Version(3),
        at,
        created: at,
        status: OverlayStatus::Standing,
        status_reason: None,
        target,
        target_index: 0,
        changes: vec![FieldChange { field: EditedField::Due, from: text("2027-03-01"), to: text("2027-09-30") }],
        note: text("Agreed by phone"),
        reason: text("She is travelling"),
        by: Who { user: None, role: Some(Role::Coordinator), name: "Tamsin Okoro".to_owned(), resource: None },
        edited: at,
    }
}

/// A desk on which the colleague's edit stands, and the goal, which its source takes or not.
async fn desk(is_taken: bool, change: impl FnOnce(&mut Overlay)) -> (Desk, GoalSheet) {
    let desk = Desk::over(picture(str::to_owned));
    let mut overlay = overlay(&desk);
    change(&mut overlay);
    let kept =
        Kept { is_read: true, may_edit: true, may_write: true, overlays: Arc::new(vec![overlay]), ..Kept::default() };
    let desk = Desk { door: SharedPlanDoor::Open, kept, ..desk };
    let mut sheet = desk.goal(&ItemId("g-hba1c".to_owned())).await.expect("the goal");
    sheet.members.truncate(1);
    for member in &mut sheet.members {
        member.keeps = Keeps::Yes;
        member.locked = (!is_taken).then(|| "This source takes no changes to goals.".to_owned());
    }
    (desk, sheet)
}

async fn form(desk: Desk, sheet: &GoalSheet, answer: Option<Answer>) -> String {
    let sheet = sheet.clone();
    let html = draw(Some(Arc::new(desk)), move || goal_document(sheet.clone(), answer.clone())).await.html;
    let html = html.replace("<!>", "");
    let forms = html.split("<form").filter(|form| form.contains("/api/save_goal")).collect::<Vec<_>>();
    assert_eq!(forms.len(), 1, "{html}");
    forms[0].split("</form>").next().expect("its start").to_owned()
}

/// What a field of the form holds.
fn holds(form: &str, name: &str) -> String {
    let tag = form.split('<').find(|tag| tag.contains(&format!(" name=\"{name}\"")));
    let tag = tag.unwrap_or_else(|| panic!("{name}: {form}"));
    if tag.starts_with("textarea") {
        return tag.split_once('>').expect("its text").1.trim_start().to_owned();
    }
    tag.split(" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// What a form that was drawn so is told when these fields are typed and it is sent.
fn told(drawn: &str, typed: &[(&str, &str)], said: &GoalAnswer) -> Answer {
    let all = drawn.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut fields: Vec<(String, String)> = all.map(|name| (name.to_owned(), holds(drawn, name))).collect();
    for (name, text) in typed {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*text).to_owned()));
    }
    let said = Some(serde_json::to_string(said).expect("JSON"));
    Answer { function: "save_goal".to_owned(), said, typed: fields }
}

fn refused() -> GoalAnswer {
    GoalAnswer::Refused { field: None, why: "somebody else kept an edit meanwhile.".to_owned() }
}

#[tokio::test]
async fn whoever_revised_an_edit_that_was_kept_wiped_its_note_and_its_reason() {
    let (desk, sheet) = desk(false, |_| {}).await;
    let form = form(desk, &sheet, None).await;
    for (name, text) in [
        ("overlay", "3"),
        ("due", "2027-09-30"),
        ("target_value", "7.5"),
        ("note", "Agreed by phone"),
        ("reason", "She is travelling"),
    ] {
        assert_eq!(holds(&form, name), text, "{name}: {form}");
    }
}

#[tokio::test]
async fn an_edit_that_a_source_did_not_take_dropped_what_a_colleague_had_kept_of_another_field() {
    let (at_source, sheet) = desk(true, |_| {}).await;
    let drawn = form(at_source, &sheet, None).await;
    assert_eq!((holds(&drawn, "place"), holds(&drawn, "due")), ("source".to_owned(), "2027-03-01".to_owned()));
    let source_name = sheet.members[0].source.name.clone();
    let said = GoalAnswer::NotTaken { source_name, why: "Nothing was written.".to_owned() };
    let answer = told(&drawn, &[("target_value", "7.0"), ("note", "Too strict for her")], &said);
    let form = form(desk(true, |_| {}).await.0, &sheet, Some(answer)).await;
    for (name, text) in [
        ("place", "shared-plan"),
        ("overlay", "3"),
        ("target_value", "7.0"),
        ("due", "2027-09-30"),
        ("reason", "She is travelling"),
    ] {
        assert_eq!(holds(&form, name), text, "{name}: {form}");
    }
    let note = holds(&form, "note");
    assert!(note.contains("Agreed by phone") && note.contains("Too strict for her"), "{note}");
}

#[tokio::test]
async fn what_a_colleague_revised_while_the_form_was_open_was_put_back_by_whoever_had_not_touched_it() {
    let (before, sheet) = desk(false, |_| {}).await;
    let drawn = form(before, &sheet, None).await;
    let answer = told(&drawn, &[("target_value", "7.0"), ("reason", "Low sugar at night")], &refused());
    let revise = |overlay: &mut Overlay| {
        overlay.version = Version(4);
        overlay.changes[0].to = Some("2028-01-31".to_owned());
        overlay.note = Some("Agreed on paper".to_owned());
    };
    let form = form(desk(false, revise).await.0, &sheet, Some(answer)).await;
    for (name, text) in [
        ("overlay", "4"),
        ("target_value", "7.0"),
        ("due", "2028-01-31"),
        ("note", "Agreed on paper"),
        ("reason", "Low sugar at night"),
    ] {
        assert_eq!(holds(&form, name), text, "{name}: {form}");
    }
}

#[tokio::test]
async fn what_was_taken_out_of_an_edit_on_purpose_stays_out_when_the_form_is_refused() {
    let (before, sheet) = desk(false, |_| {}).await;
    let drawn = form(before, &sheet, None).await;
    // The record's own day, and no note any more.
    let answer = told(&drawn, &[("due", "2027-03-01"), ("note", ""), ("target_value", "x")], &refused());
    let form = form(desk(false, |_| {}).await.0, &sheet, Some(answer)).await;
    for (name, text) in [("due", "2027-03-01"), ("note", ""), ("target_value", "x")] {
        assert_eq!(holds(&form, name), text, "{name}: {form}");
    }
}

#[tokio::test]
async fn nothing_of_an_edit_that_has_ended_is_in_the_form() {
    let (desk, sheet) = desk(false, |overlay| overlay.status = OverlayStatus::Withdrawn).await;
    let form = form(desk, &sheet, None).await;
    for (name, text) in [("overlay", "3"), ("due", "2027-03-01"), ("note", ""), ("reason", "")] {
        assert_eq!(holds(&form, name), text, "{name}: {form}");
    }
}

#[tokio::test]
async fn after_a_conflict_a_field_that_was_not_touched_put_back_what_the_source_had_changed() {
    let (desk, sheet) = desk(true, |_| {}).await;
    let drawn = form(desk, &sheet, None).await;
    let base = sheet.members[0].base.clone();
    let theirs = GoalFields { target_value: Some("8.0".to_owned()), ..base.clone() };
    let mine = GoalFields { due: Some("2027-06-30".to_owned()), ..base.clone() };
    let source_name = sheet.members[0].source.name.clone();
    let said = GoalAnswer::Conflict { base, theirs, mine, version: Some("2".to_owned()), source_name };
    let answer = told(&drawn, &[("due", "2027-06-30")], &said);
    let filled = fill(&sheet.members[0], Some(&answer));
    assert_eq!(filled.mine.due.as_deref(), Some("2027-06-30"));
    assert_eq!(filled.mine.target_value.as_deref(), Some("8.0"), "nobody asked for the former value");
}
