//! A goal's page and form.

use std::sync::Arc;

use app::desk::{Answer, GoalAnswer, GoalFields, GoalMember, GoalSheet, LaunchDesk};
use app::pages::{answer_fragment, goal_document};
use app::sections::{Fill, fill};
use care_plan::plan::ItemId;

use crate::support::{Desk, draw, picture};

async fn sheet() -> (Arc<Desk>, GoalSheet) {
    let desk = Arc::new(Desk::over(picture(str::to_owned)));
    let sheet = desk.goal(&ItemId("g-hba1c".to_owned())).await.expect("the goal");
    (desk, sheet)
}

async fn page(answer: Option<Answer>) -> String {
    let (desk, sheet) = sheet().await;
    draw(Some(desk), move || goal_document(sheet.clone(), answer.clone())).await.html.replace("<!>", "")
}

fn fields(value: &str) -> GoalFields {
    GoalFields {
        achievement: Some("improving".to_owned()),
        target_value: Some(value.to_owned()),
        due: Some("2027-03-01".to_owned()),
    }
}

/// An answer to a form of the first member, which asked for 7.0 with a note.
fn answer(member: &GoalMember, said: Option<&GoalAnswer>) -> Answer {
    let typed = [
        ("item", "g-hba1c"),
        ("member", member.name.as_str()),
        ("target", "0"),
        ("version", "1"),
        ("base_target_value", "7.5"),
        ("target_value", "7.0"),
        ("due", "2027-03-01"),
        ("note", "Too strict\nfor her"),
    ];
    Answer {
        function: "save_goal".to_owned(),
        said: said.map(|said| serde_json::to_string(said).expect("JSON")),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
    }
}

fn conflict() -> GoalAnswer {
    let source_name = "Nephrology Associates".to_owned();
    GoalAnswer::Conflict {
        base: fields("7.5"),
        theirs: fields("8.0"),
        mine: fields("7.0"),
        version: Some("2".to_owned()),
        source_name,
    }
}

#[tokio::test]
async fn each_record_has_a_form_that_names_where_it_is_saved_before_saving() {
    let html = page(None).await;
    for name in ["Valley Primary Care", "Nephrology Associates"] {
        assert!(html.contains(&format!("Your change is saved in the record of {name}, and nowhere else.")), "{name}");
        assert!(html.contains(&format!("Save at {name}")), "{name}");
    }
    assert!(html.contains("action=\"/l/07070707070707070707070707070707/api/save_goal\""));
    assert!(html.contains("method=\"post\""));
}

#[tokio::test]
async fn the_form_holds_no_id_of_a_source() {
    let html = page(None).await;
    let form = &html[html.find("class=\"goal-form\"").expect("the form")..];
    let form = &form[..form.find("</form>").expect("its end")];
    for foreign in ["valley-ehr", "nephrology", "Goal/", "Patient/"] {
        assert!(!form.contains(foreign), "{foreign}");
    }
}

#[tokio::test]
async fn the_trend_has_its_numbers_in_a_table_newest_first() {
    let html = page(None).await;
    let table = &html[html.find("The same numbers as a table").expect("the table")..];
    let (newest, oldest) = (table.find("12-Oct-2026").expect("newest"), table.find("01-Apr-2025").expect("oldest"));
    assert!(newest < oldest);
}

#[tokio::test]
async fn a_conflict_shows_three_sides_and_keeps_what_was_typed() {
    let (_, sheet) = sheet().await;
    let html = page(Some(answer(&sheet.members[0], Some(&conflict())))).await;
    for words in [
        "Not saved",
        "When you opened it",
        "Now at Nephrology Associates",
        "Yours",
        "7.5",
        "8.0",
        "7.0",
        "Too strict\nfor her",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(html.contains("name=\"version\" value=\"2\"") && html.contains("name=\"base_target_value\" value=\"8.0\""));
}

#[tokio::test]
async fn a_refused_field_is_marked_and_told_in_a_status() {
    let (_, sheet) = sheet().await;
    let said =
        GoalAnswer::Refused { field: Some("target_value".to_owned()), why: "The target must be a number.".to_owned() };
    let html = page(Some(answer(&sheet.members[0], Some(&said)))).await;
    assert!(html.contains("Not saved: The target must be a number.") && html.contains("role=\"status\""));
    assert_eq!(html.matches("aria-invalid").count(), 1);
}

#[tokio::test]
async fn the_fragment_for_the_forms_island_says_what_happened() {
    let (desk, sheet) = sheet().await;
    let said = GoalAnswer::Saved {
        source_name: "Valley Primary Care".to_owned(),
        version: Some("2".to_owned()),
        warnings: vec!["Somebody else wrote at the same time.".to_owned(), "<b>Look again.</b>".to_owned()],
    };
    let html = answer_fragment(desk.clone(), &answer(&sheet.members[0], Some(&said))).await.expect("a fragment");
    let html = html.replace("<!>", "");
    assert!(html.contains("<p class=\"told__warning\">Somebody else wrote at the same time.</p>"));
    assert!(html.contains("<p class=\"told__warning\">&lt;b&gt;Look again.&lt;/b&gt;</p>"));
    assert!(html.contains("plan?item=g-hba1c#g-hba1c\" class=\"button\">See it in the plan"), "{html}");
    // What the record says and its trend are drawn anew too.
    for id in ["goal-heading", "goal-facts", "goal-trend", "goal-notes"] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(html.contains("Saved at Valley Primary Care as version 2") && html.contains("id=\"goal-form\""));
    let other = Answer { function: "retry_source".to_owned(), ..Answer::default() };
    assert_eq!(answer_fragment(desk, &other).await, None);
}

#[tokio::test]
async fn an_answer_fills_only_the_form_it_was_given_to() {
    let (_, sheet) = sheet().await;
    let [first, second] = &sheet.members[..] else { panic!("two members") };
    let answer = answer(first, Some(&conflict()));
    assert_eq!(fill(first, Some(&answer)).mine.target_value.as_deref(), Some("7.0"));
    assert_eq!(fill(second, Some(&answer)).mine, second.base);
}

#[tokio::test]
async fn nothing_typed_is_lost_unless_it_was_saved() {
    let (_, sheet) = sheet().await;
    let member = &sheet.members[0];
    let why = String::new;
    let unsaved = [
        None,
        Some(conflict()),
        Some(GoalAnswer::NothingToChange),
        Some(GoalAnswer::Refused { field: None, why: why() }),
        Some(GoalAnswer::Unclear { why: why() }),
        Some(GoalAnswer::Failed { why: why() }),
    ];
    for said in unsaved {
        assert_eq!(fill(member, Some(&answer(member, said.as_ref()))).note, "Too strict\nfor her", "{said:?}");
    }
    let saved = GoalAnswer::Saved { source_name: String::new(), version: None, warnings: Vec::new() };
    let fresh = Fill {
        version: member.version.clone(),
        base: member.base.clone(),
        mine: member.base.clone(),
        note: String::new(),
        reason: String::new(),
    };
    assert_eq!(fill(member, Some(&answer(member, Some(&saved)))), fresh);
}

#[tokio::test]
async fn a_failure_keeps_the_version_the_form_was_drawn_from() {
    let (_, sheet) = sheet().await;
    let newer = GoalMember { version: Some("5".to_owned()), ..sheet.members[0].clone() };
    let kept = fill(&newer, Some(&answer(&newer, None)));
    assert_eq!((kept.version.as_deref(), kept.base.target_value.as_deref()), (Some("1"), Some("7.5")));
}

#[tokio::test]
async fn a_due_month_is_not_lost_in_a_field_for_days() {
    let (desk, mut sheet) = sheet().await;
    sheet.members[0].base.due = Some("2027-03".to_owned());
    let html = draw(Some(desk), move || goal_document(sheet.clone(), None)).await.html;
    assert!(html.contains("name=\"due\" type=\"text\" value=\"2027-03\""));
    assert!(html.contains("name=\"due\" type=\"date\" value=\"2027-03-01\""));
}

#[tokio::test]
async fn a_source_that_takes_no_change_says_why_and_has_no_form() {
    let (desk, mut sheet) = sheet().await;
    for member in &mut sheet.members {
        member.locked = Some("This source takes no changes to goals.".to_owned());
    }
    let html = draw(Some(desk), move || goal_document(sheet.clone(), None)).await.html;
    assert!(html.contains("This source takes no changes to goals.") && !html.contains("name=\"member\""));
}

#[tokio::test]
async fn the_large_trend_names_its_unit_its_days_whose_target_it_is_and_who_measured() {
    let html = page(None).await;
    let chart = &html[html.find("<svg class=\"plot\"").or_else(|| html.find("class=\"plot\"")).expect("the chart")..];
    let chart = &chart[..chart.find("</ul>").expect("the end of its legend")];
    for words in [
        ">%</text>",
        ">01-Apr-2025</text>",
        ">12-Oct-2026</text>",
        ">Jan-2026</text>",
        ">8.0</text>",
        "VP and NA: below 7.5 %",
        "aria-label=\"Measured by\"",
        "Valley Primary Care",
        "University Hospital",
        "plot__band",
    ] {
        assert!(chart.contains(words), "{words}: {chart}");
    }
    let shapes: std::collections::BTreeSet<&str> = chart.split("trend__dot--").skip(1).map(|rest| &rest[..1]).collect();
    assert_eq!(shapes.len(), 3, "a colour and a shape for each source");
    assert!(!chart.contains("style="));
}

#[tokio::test]
async fn targets_of_other_goals_on_the_measure_are_lines_with_their_owner() {
    let (mut desk, _) = (Desk::over(picture(str::to_owned)), ());
    let plan = Arc::make_mut(&mut desk.picture.plan);
    let mut other = plan.outcomes[0].targets[0].clone();
    other.goal = ItemId("g-walk".to_owned());
    other.band.high = "8.0".parse().ok();
    plan.outcomes[0].targets.push(other);
    let desk = Arc::new(desk);
    let sheet = desk.goal(&ItemId("g-hba1c".to_owned())).await.expect("the goal");
    let html = draw(Some(desk), move || goal_document(sheet.clone(), None)).await.html.replace("<!>", "");
    assert!(html.contains("Valley Primary Care: below 8.0 %") && html.contains("class=\"plot__bound\""));
    assert_eq!(html.matches("class=\"plot__band\"").count(), 1);
}

#[tokio::test]
async fn a_blood_pressure_is_two_named_lines() {
    let mut desk = Desk::over(picture(str::to_owned));
    Arc::make_mut(&mut desk.picture.plan).goals[0].measure = Some(ItemId("o-bp".to_owned()));
    let desk = Arc::new(desk);
    let sheet = desk.goal(&ItemId("g-hba1c".to_owned())).await.expect("the goal");
    let html = draw(Some(desk), move || goal_document(sheet.clone(), None)).await.html.replace("<!>", "");
    let chart = &html[html.find("class=\"plot\"").expect("the chart")..];
    assert!(chart.contains(">Systolic</text>") && chart.contains(">Diastolic</text>"));
    assert_eq!(chart[..chart.find("</svg>").expect("its end")].matches("<polyline").count(), 2);
}
