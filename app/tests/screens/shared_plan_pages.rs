//! The pages of the shared plan: whatever is typed stays text, nothing is chosen, and only what may be sent is offered.

use std::sync::Arc;

use access::{PersonId, Role};
use app::desk::Answer;
use app::desk::shared_plan::{
    Command, Compared, Forms, May, Part, PlanAnswer, PlanSheet, PlansSheet, SharedPlanDoor, Step, VersionsSheet,
};
use app::pages::{
    shared_activity_document, shared_change_document, shared_close_document, shared_goal_document,
    shared_member_document, shared_plan_document, shared_plans_document, shared_start_document,
    shared_versions_document,
};
use jiff::Timestamp;
use shared_plan::plan::Plan;
use shared_plan::ports::VersionHead;
use shared_plan::{Id, Version, Who};

use crate::support::{Desk, draw, picture};

const HOSTILE: &str = "</textarea></title></script><script>alert(1)</script><img src=x onerror=1>\" onmouseover=\"1";
const ALL: May = May { write: true, sign: true, report: true, answer: true, concern: true };

/// A plan in review whose every text is this one.
fn plan(text: &str) -> Plan {
    let id = |byte: u8| Id::<()>::from_random([byte; 16]).to_string();
    let who = serde_json::json!({ "name": text, "role": "coordinator" });
    let coded = serde_json::json!({ "text": text, "codings": [{ "system": text, "code": text, "display": text }] });
    let foreign = serde_json::json!({ "source": "valley-ehr", "kind": "CarePlan", "id": "17", "display": text });
    let at = "2026-11-20T10:00:00Z";
    let note = serde_json::json!({ "id": id(9), "by": who, "at": at, "text": text });
    let plan = serde_json::json!({
        "id": id(1), "tenant": "valley", "person": PersonId::from_random([8; 16]).as_str(), "version": 4,
        "at": at, "created": at, "status": "draft", "status_reason": text, "author": who,
        "review": { "state": "in-review", "asked": ["clinician", "patient"], "signed": [{ "role": "patient", "by": who, "at": at }] },
        "title": text, "description": text, "categories": [coded], "period": { "start": "2026-01-01" },
        "addresses": [{ "foreign": foreign }], "replaces": [foreign],
        "goals": [{
            "id": id(2), "version": 1, "at": at, "status": "active", "status_reason": text,
            "achievement": { "status": "improving", "by": who, "at": at },
            "acceptance": [{ "by": who, "answer": "disagree", "at": at }], "notes": [note],
            "description": coded, "priority": "high",
            "targets": [{ "id": id(3), "measure": coded, "due": "2027-03-01",
                "value": { "quantity": { "value": "7.50", "comparator": "<=", "unit": text } } }],
            "addresses": [{ "foreign": foreign }],
        }],
        "activities": [{
            "id": id(4), "version": 1, "at": at, "status": "requested", "assigned": id(6), "notes": [note],
            "description": coded, "schedule": { "due": "2026-01-01", "often": text }, "goals": [id(2)],
        }],
        "team": { "id": id(5), "version": 1, "at": at, "members": [{
            "id": id(6), "name": text, "roles": [coded], "period": {}, "on_behalf_of": foreign,
        }] },
    });
    serde_json::from_value(plan).expect("a plan")
}

fn head(text: &str, version: u64) -> VersionHead {
    let by = Who { user: None, role: Some(Role::Coordinator), name: text.to_owned(), resource: None };
    let at: Timestamp = "2026-11-20T10:00:00Z".parse().expect("a time");
    VersionHead { version: Version(version), at, by, reason: Some(text.to_owned()), moved: None }
}

fn sheet(text: &str, may: May) -> PlanSheet {
    PlanSheet {
        door: SharedPlanDoor::Open,
        may,
        plan: plan(text),
        steps: vec![Step { head: head(text, 4), changes: vec![text.to_owned()] }],
        summary: vec![("New goals", vec![text.to_owned()])],
        meanwhile: vec![text.to_owned()],
        base: None,
        forms: Forms::default(),
    }
}

/// What a form was told, with everything that was typed.
fn told(command: Command, said: &PlanAnswer, part: Option<String>, fields: &[&str]) -> Answer {
    let typed = fields.iter().map(|field| ((*field).to_owned(), HOSTILE.to_owned()));
    let part = part.map(|part| ("part".to_owned(), part));
    Answer {
        function: command.code().to_owned(),
        said: serde_json::to_string(said).ok(),
        typed: typed.chain(part).collect(),
    }
}

fn desk(role: Role) -> Option<Arc<Desk>> {
    let mut desk = Desk::over(picture(str::to_owned));
    desk.viewer.role = role;
    desk.door = SharedPlanDoor::Open;
    Some(Arc::new(desk))
}

fn assert_tame(what: &str, html: &str) {
    assert!(html.contains("&lt;img src=x"), "{what}: the text is missing");
    for live in ["<script>alert", "<img src=x"] {
        assert!(!html.contains(live), "{what}: {live} is live");
    }
    assert_eq!(html.matches("</textarea>").count(), html.matches("<textarea").count(), "{what}: textarea");
    assert_eq!(html.matches("</title>").count(), html.matches("<title").count(), "{what}: title");
}

#[tokio::test]
async fn no_text_of_a_shared_plan_comes_alive_on_a_page() {
    let (goal, activity, member) = {
        let plan = plan(HOSTILE);
        (plan.goals[0].id, plan.activities[0].id, plan.team.members[0].id)
    };
    let stale = PlanAnswer::Stale { seen: Version(3), now: Version(4) };
    let goal_told =
        told(Command::ChangeGoal, &stale, Some(goal.to_string()), &["description", "code", "value-0", "unit-0"]);
    let refused = PlanAnswer::Refused { problems: vec![("title".to_owned(), HOSTILE.to_owned())] };
    let plan_told = told(Command::ChangePlan, &refused, None, &["title", "description", "category", "version"]);
    let start_told = told(Command::Start, &refused, None, &["title", "description", "category"]);
    let html = async |what: &str, html: crate::support::Drawn| assert_tame(what, &html.html);
    let plans = || PlansSheet { door: SharedPlanDoor::Open, may: ALL, plans: vec![plan(HOSTILE)] };
    let role = || desk(Role::Clinician);
    html("list", draw(role(), move || shared_plans_document(plans(), None)).await).await;
    html("plan", draw(role(), || shared_plan_document(sheet(HOSTILE, ALL), None)).await).await;
    let answer = goal_told.clone();
    html(
        "goal",
        draw(role(), move || shared_goal_document(sheet(HOSTILE, ALL), Part::Known(goal), Some(answer.clone()))).await,
    )
    .await;
    html(
        "activity",
        draw(role(), move || shared_activity_document(sheet(HOSTILE, ALL), Part::Known(activity), None)).await,
    )
    .await;
    html("member", draw(role(), move || shared_member_document(sheet(HOSTILE, ALL), Part::Known(member), None)).await)
        .await;
    html("change", draw(role(), move || shared_change_document(sheet(HOSTILE, ALL), Some(plan_told.clone()))).await)
        .await;
    html("close", draw(role(), || shared_close_document(sheet(HOSTILE, ALL), None)).await).await;
    html("start", draw(role(), move || shared_start_document(true, Some(start_told.clone()))).await).await;
    let versions = || VersionsSheet {
        plan: plan("x").id,
        title: HOSTILE.to_owned(),
        versions: vec![head(HOSTILE, 2), head(HOSTILE, 1)],
        compared: Some(Compared { from: Version(1), to: Version(2), changes: vec![HOSTILE.to_owned()] }),
    };
    html("versions", draw(role(), move || shared_versions_document(versions())).await).await;
}

#[tokio::test]
async fn nothing_is_chosen_for_whoever_starts_or_closes_a_plan() {
    let start = draw(desk(Role::Coordinator), || shared_start_document(true, None)).await.html;
    assert!(start.contains("type=\"checkbox\"") && !start.contains(" checked"), "{start}");
    let close = draw(desk(Role::Coordinator), || shared_close_document(sheet("Words", ALL), None)).await.html;
    assert!(close.contains("name=\"open-") && !close.contains(" checked"), "{close}");
}

#[tokio::test]
async fn who_may_not_write_is_offered_nothing_to_write() {
    let may = May { write: false, ..ALL };
    let page = draw(desk(Role::Patient), move || shared_plan_document(sheet("Words", may), None)).await.html;
    assert!(page.contains("What changed in your plan"), "{page}");
    for offered in ["/write/", "Add a goal", "Add an activity", "Close the plan"] {
        assert!(!page.contains(offered), "{offered}: {page}");
    }
    let goal = plan("Words").goals[0].id;
    let page = draw(desk(Role::Patient), move || shared_goal_document(sheet("Words", may), Part::Known(goal), None));
    let page = page.await.html;
    assert!(page.contains("/answer/answer-goal") && page.contains("/report/note-goal"), "{page}");
    assert!(!page.contains("/write/"), "{page}");
}

#[tokio::test]
async fn without_the_licence_a_plan_is_read_and_no_form_is_drawn() {
    let unlicensed = || PlanSheet { door: SharedPlanDoor::NotLicensed, ..sheet("Words", ALL) };
    let page = draw(desk(Role::Clinician), move || shared_plan_document(unlicensed(), None)).await.html;
    assert!(
        page.contains("has not licensed")
            && !page.contains("method=\"post\" action=\"/l/07070707070707070707070707070707/shared-plan"),
        "{page}"
    );
}

#[tokio::test]
async fn when_the_licence_has_ended_the_list_shows_what_is_kept_and_offers_nothing() {
    let mut ended = Desk::over(picture(str::to_owned));
    ended.door = SharedPlanDoor::ReadOnly;
    let sheet = || PlansSheet { door: SharedPlanDoor::ReadOnly, may: ALL, plans: vec![plan("Kept words")] };
    let page = draw(Some(Arc::new(ended)), move || shared_plans_document(sheet(), None)).await.html;
    assert!(page.contains("Kept words") && page.contains("can be read and not changed"), "{page}");
    assert!(page.contains("aria-current=\"page\""), "its tab is there: {page}");
    for offered in ["shared-plan/new", "shared-plan/concern", "shared-plan/start"] {
        assert!(!page.contains(offered), "{offered}: {page}");
    }
}

#[tokio::test]
async fn what_was_typed_stays_in_its_form_with_what_changed_meanwhile() {
    let goal = plan("Words").goals[0].id;
    let stale = PlanAnswer::Stale { seen: Version(3), now: Version(4) };
    let mut answer = told(Command::ChangeGoal, &stale, Some(goal.to_string()), &[]);
    answer.typed.push(("description".to_owned(), "My own words".to_owned()));
    let page = draw(desk(Role::Coordinator), move || {
        shared_goal_document(sheet("Words", ALL), Part::Known(goal), Some(answer.clone()))
    });
    let page = page.await.html;
    assert!(page.contains("value=\"My own words\"") && page.contains("What was changed since you opened it"), "{page}");
    assert!(page.contains("name=\"version\" value=\"4\""), "sending again is a decision in sight of version 4: {page}");
}

/// Whoever cannot see the red words heard nothing of what was wrong.
#[tokio::test]
async fn a_field_of_several_lines_was_never_said_to_be_wrong() {
    let refused = PlanAnswer::Refused { problems: vec![("description".to_owned(), "This is too long.".to_owned())] };
    let answer = told(Command::ChangePlan, &refused, None, &["title"]);
    let page = draw(desk(Role::Coordinator), move || shared_change_document(sheet("Words", ALL), Some(answer.clone())));
    let page = page.await.html;
    let area = page.split("<textarea").find(|area| area.contains("id=\"change-plan-description\"")).expect("the field");
    let area = area.split('>').next().expect("a tag");
    assert!(area.contains("aria-invalid=\"true\""), "{area}");
    assert!(area.contains("aria-describedby=\"change-plan-description-wrong\""), "{area}");
    assert!(page.contains("id=\"change-plan-description-wrong\""), "{page}");
}

/// A late form of the plan's own text: it said `before` when it was opened, the user typed `mine`, it says `now`.
async fn late(before: &'static str, mine: &'static str, now: &'static str) -> String {
    let stale = PlanAnswer::Stale { seen: Version(3), now: Version(4) };
    let mut answer = told(Command::ChangePlan, &stale, None, &[]);
    answer.typed.push(("title".to_owned(), mine.to_owned()));
    let drawn = draw(desk(Role::Coordinator), move || {
        let base = Some(Box::new(plan(before)));
        shared_change_document(PlanSheet { base, ..sheet(now, ALL) }, Some(answer.clone()))
    });
    drawn.await.html
}

#[tokio::test]
async fn a_late_form_shows_what_was_what_is_and_what_was_typed_and_all_of_it_stays_text() {
    let theirs = late("Before", "Before", "Now").await;
    assert!(theirs.contains("name=\"title\"") && theirs.contains("value=\"Now\""), "{theirs}");
    assert!(theirs.contains("from “Before” to “Now”"), "{theirs}");
    let disputed = late("Before", "Mine", "Now").await;
    assert!(disputed.contains("value=\"Mine\"") && disputed.contains("this said “Before”"), "{disputed}");
    assert!(disputed.contains("aria-describedby=\"change-plan-title-meanwhile\""), "{disputed}");
    let mine = late("Same", "Mine", "Same").await;
    assert!(mine.contains("value=\"Mine\"") && !mine.contains("change-plan-title-meanwhile"), "{mine}");
    assert_tame("late", &late(HOSTILE, "Mine", "Now").await);
    assert_tame("late", &late("Before", "Mine", HOSTILE).await);
    assert_tame("late", &late(HOSTILE, HOSTILE, "Now").await);
}

#[tokio::test]
async fn a_plan_in_force_shows_that_it_is_in_review_and_late_for_it() {
    let drawn = draw(desk(Role::Clinician), || {
        let mut sheet = sheet("Words", ALL);
        sheet.plan.status = shared_plan::plan::PlanStatus::Active;
        sheet.plan.review.next = Some(jiff::civil::date(2001, 1, 1));
        shared_plan_document(sheet, None)
    });
    let page = drawn.await.html;
    let head =
        page.split("id=\"shared-plan-state\"").nth(1).and_then(|rest| rest.split("</h2>").next()).expect("a head");
    for word in ["In force", "In review", "Review due"] {
        assert!(head.contains(word), "{word}: {head}");
    }
}

/// When its day of review had come, nobody could send it to those who sign.
#[tokio::test]
async fn a_signed_plan_in_force_could_not_be_sent_to_its_next_review() {
    use shared_plan::plan::{PlanStatus, ReviewState};
    for (status, is_offered) in [(PlanStatus::Draft, false), (PlanStatus::Active, true), (PlanStatus::OnHold, true)] {
        let drawn = draw(desk(Role::Clinician), move || {
            let mut sheet = sheet("Words", ALL);
            (sheet.plan.status, sheet.plan.review.state) = (status, ReviewState::Approved);
            shared_plan_document(sheet, None)
        });
        assert_eq!(drawn.await.html.contains("/write/send-to-review"), is_offered, "{status:?}");
    }
}

/// The boxes of a field that are ticked, each to where the next begins.
fn ticked<'a>(page: &'a str, field: &str) -> Vec<&'a str> {
    let start = format!("<input type=\"checkbox\" name=\"{field}\"");
    let boxes = page.split(start.as_str()).skip(1);
    boxes.filter(|one| one.split('>').next().is_some_and(|tag| tag.contains(" checked"))).collect()
}

#[tokio::test]
async fn a_goal_that_was_reached_was_not_offered_to_the_activity_that_serves_it() {
    let activity = plan("Words").activities[0].id;
    let drawn = draw(desk(Role::Clinician), move || {
        let mut sheet = sheet("Words", ALL);
        sheet.plan.goals[0].status = shared_plan::plan::GoalStatus::Completed;
        shared_activity_document(sheet, Part::Known(activity), None)
    });
    let page = drawn.await.html;
    let [goal] = ticked(&page, "goal")[..] else { panic!("{page}") };
    let id = Id::<()>::from_random([2; 16]);
    assert!(goal.contains(&format!("name=\"goal-offered\" value=\"{id}\"")), "it says what it offered: {goal}");
}

#[tokio::test]
async fn an_organisation_whose_record_is_not_read_was_not_offered_to_who_acts_for_it() {
    let member = plan("Words").team.members[0].id;
    let page =
        draw(desk(Role::Clinician), move || shared_member_document(sheet("Words", ALL), Part::Known(member), None));
    let page = page.await.html;
    let select =
        page.split("name=\"behalf\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("a choice");
    let chosen = select.split("<option").find(|option| option.contains(" selected")).expect("one is chosen");
    assert!(chosen.contains(">Words<"), "{select}");
}

#[tokio::test]
async fn who_had_left_was_not_offered_to_the_activity_that_is_theirs() {
    let activity = plan("Words").activities[0].id;
    let drawn = draw(desk(Role::Clinician), move || {
        let mut sheet = sheet("Words", ALL);
        sheet.plan.team.members[0].content.period.end = Some(jiff::civil::date(2001, 1, 1));
        shared_activity_document(sheet, Part::Known(activity), None)
    });
    let page = drawn.await.html;
    let select =
        page.split("name=\"member\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("a choice");
    let chosen = select.split("<option").find(|option| option.contains(" selected")).expect("one is chosen");
    assert!(chosen.contains(">Words<"), "saving the form as it stands takes it from nobody: {select}");
}

/// Its record had come meanwhile: the box had not been there to be ticked.
#[tokio::test]
async fn a_box_that_no_form_had_offered_came_back_unticked() {
    for (offered, is_ticked) in [(false, true), (true, false)] {
        let activity = plan("Words").activities[0].id;
        let refused = PlanAnswer::Refused { problems: vec![("due".to_owned(), "This is not a date.".to_owned())] };
        let mut answer = told(Command::ChangeActivity, &refused, Some(activity.to_string()), &["description"]);
        if offered {
            let id = Id::<()>::from_random([2; 16]).to_string();
            answer.typed.push(("goal-offered".to_owned(), id));
        }
        let page = draw(desk(Role::Clinician), move || {
            shared_activity_document(sheet("Words", ALL), Part::Known(activity), Some(answer.clone()))
        });
        let page = page.await.html;
        assert_eq!(ticked(&page, "goal").len(), usize::from(is_ticked), "{page}");
    }
}
