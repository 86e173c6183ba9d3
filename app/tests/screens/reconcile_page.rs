//! The page of all detected issues.

use std::sync::Arc;

use access::Role;
use app::desk::Picture;
use app::pages::{ReconcileQuery, reconcile_document};
use app::words::{IssueKind, Reader, Words};
use care_plan::plan::{IssueCode, Severity};
use care_plan::snapshot::{Reason, Status};

use crate::support::issues::issue;
use crate::support::{Desk, draw, picture, picture_with_issues};

/// Every rule.
const CODES: [IssueCode; 31] = [
    IssueCode::ContradictoryTargets,
    IssueCode::ContradictoryDueDates,
    IssueCode::StatusDisagreement,
    IssueCode::ClinicalStatusDisagreement,
    IssueCode::StageDisagreement,
    IssueCode::OnsetDisagreement,
    IssueCode::DuplicateRequest,
    IssueCode::DuplicateIngredient,
    IssueCode::DoseDisagreement,
    IssueCode::StoppedAndActive,
    IssueCode::MedicationAgainstAllergy,
    IssueCode::MedicationAgainstMeasure,
    IssueCode::ForInactiveCondition,
    IssueCode::ConcernWithoutGoal,
    IssueCode::GoalWithoutConcern,
    IssueCode::GoalWithoutMeasure,
    IssueCode::GoalWithoutActivity,
    IssueCode::InterventionWithoutReason,
    IssueCode::OverdueGoal,
    IssueCode::DueBeforeStart,
    IssueCode::OverdueActivity,
    IssueCode::ReviewDue,
    IssueCode::GoalMetButActive,
    IssueCode::MeasureNotRecorded,
    IssueCode::CareTeamOverlap,
    IssueCode::CareTeamGap,
    IssueCode::PatientConcernUnanswered,
    IssueCode::PersonMismatch,
    IssueCode::DanglingReference,
    IssueCode::CircularReference,
    IssueCode::MissingSource,
];

async fn page(desk: Desk, kind: Option<&str>) -> String {
    let query = ReconcileQuery { kind: kind.map(str::to_owned), answer: None };
    draw(Some(Arc::new(desk)), move || reconcile_document(query.clone(), None)).await.html.replace("<!>", "")
}

async fn shown(kind: Option<&str>) -> Vec<String> {
    let html = page(Desk::over(picture_with_issues(str::to_owned)), kind).await;
    let ids = html.split("<article id=\"").skip(1).map(|rest| rest.split('"').next());
    ids.map(|id| id.expect("an id").to_owned()).collect()
}

/// The article of an issue.
fn article<'a>(html: &'a str, id: &str) -> &'a str {
    let start = html.find(&format!("<article id=\"{id}\"")).unwrap_or_else(|| panic!("no article {id}"));
    &html[start..start + html[start..].find("</article>").expect("its end")]
}

#[tokio::test]
async fn differences_come_first_and_the_gravest_first_among_them_then_gaps_then_what_was_settled() {
    assert_eq!(shown(None).await, ["d-egfr", "d-targets", "d-again", "d-overdue", "d-missing", "d-decided"]);
    let html = page(Desk::over(picture_with_issues(str::to_owned)), None).await;
    for words in ["3 differences between the plans", "2 gaps in the plan", "1 settled", "id=\"issue-count\""] {
        assert!(html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn the_address_says_which_kind_is_shown() {
    assert_eq!(shown(Some("difference")).await, ["d-egfr", "d-targets", "d-again", "d-decided"]);
    assert_eq!(shown(Some("gap")).await, ["d-overdue", "d-missing"]);
    assert_eq!(shown(Some("safety")).await, ["d-egfr"]);
    assert_eq!(shown(Some("anything")).await.len(), 6);
}

#[tokio::test]
async fn each_record_s_version_stands_side_by_side_with_what_differs_marked_by_sign_and_word() {
    let html = page(Desk::over(picture_with_issues(str::to_owned)), None).await;
    let issue = article(&html, "d-targets");
    for words in [
        "aria-labelledby=\"title-d-targets\"",
        "<h3 id=\"title-d-targets\">HbA1c below 7.5 %</h3>",
        "Contradictory targets",
        "<small>Goal.target.detailQuantity</small>",
        "<span class=\"hidden-text\">Valley Primary Care</span>",
        "<span class=\"hidden-text\">Nephrology Associates</span>",
        "<span aria-hidden=\"true\">≠ </span><b>below 7.5 %</b> <small>differs</small>",
        "<span aria-hidden=\"true\">≠ </span><b>below 8.0 %</b> <small>differs</small>",
        "<dd>01-Mar-2027</dd>",
        "<dd class=\"muted\">says nothing</dd>",
        "Goal, version 3",
    ] {
        assert!(issue.contains(words), "{words}: {issue}");
    }
    assert!(
        issue.find("Valley Primary").expect("Valley") < issue.find("Nephrology").expect("Nephrology"),
        "own source first"
    );
}

#[tokio::test]
async fn what_could_settle_it_is_said_in_words_and_nothing_can_be_pressed() {
    let html = page(Desk::over(picture_with_issues(str::to_owned)), None).await;
    let issue = article(&html, "d-targets");
    for words in [
        "What could settle it",
        "Go by the target of Nephrology Associates: it would be changed at Valley Primary Care.",
        "Leave it as it is, on purpose.",
    ] {
        assert!(issue.contains(words), "{words}: {issue}");
    }
    assert!(
        article(&html, "d-egfr")
            .contains("Ask who prescribed it at Valley Primary Care. Accord never changes an order.")
    );
    let main = &html[html.find("<main").expect("main")..html.find("</main>").expect("its end")];
    assert!(!main.contains("<button") && !main.contains("<form") && main.contains("changes no record"));
}

#[tokio::test]
async fn what_was_settled_says_by_whom_and_what_is_open_again_says_what_changed() {
    let html = page(Desk::over(picture_with_issues(str::to_owned)), None).await;
    assert!(article(&html, "d-decided").contains("Left as it is, on purpose: Tamsin Okoro, 01-Nov-2026"));
    assert!(article(&html, "d-decided").contains("Reason: Agreed on the phone."));
    let again = article(&html, "d-again");
    assert!(
        again.contains("is open again") && again.contains("Nephrology Associates, Stage: now “4”, before “3b”"),
        "{again}"
    );
}

#[tokio::test]
async fn no_difference_is_said_of_what_was_read_alone() {
    let html = page(Desk::over(picture(str::to_owned)), None).await;
    for words in [
        "No differences found among what was read: Valley Primary Care and Nephrology Associates.",
        "Not read: HomeHealth Plus (could not be read: sign-in expired).",
        "Not read: University Hospital (loading…).",
        "Not read: River Clinic (not connected).",
        "Read in part: Nephrology Associates (not all: refused: not for apps).",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let mut unread = picture(str::to_owned);
    let snapshot = Arc::make_mut(&mut unread.snapshot);
    snapshot.records.truncate(1);
    snapshot.records[0].state = Some(Status::Failed(Reason::TimedOut));
    let html = page(Desk::over(unread), None).await;
    assert!(html.contains("Nothing can be said: no record has been read."), "{html}");
}

#[tokio::test]
async fn nothing_is_compared_before_it_is_known_whose_records_they_are() {
    let mut picture: Picture = picture_with_issues(str::to_owned);
    Arc::make_mut(&mut picture.plan).people.clear();
    let html = page(Desk::over(picture), None).await;
    assert!(!html.contains("HbA1c") && !html.contains("tabs__count") && html.contains("withheld"), "{html}");
}

#[tokio::test]
async fn every_rule_has_its_words_for_clinicians_and_plainer_ones_for_the_person() {
    let mut said = std::collections::BTreeSet::new();
    for code in CODES {
        let names = [Reader::Professional, Reader::Person].map(|reader| Words::English.issue(code, reader));
        let means = [Reader::Professional, Reader::Person].map(|reader| Words::English.issue_means(code, reader));
        assert!(names.iter().chain(&means).all(|text| !text.is_empty()), "{code:?}");
        assert!(said.insert(names[0]), "{} is said of two", names[0]);
        assert!(means[0].ends_with('.'), "{code:?}");
    }
    assert_eq!(IssueKind::of(IssueCode::ContradictoryTargets), IssueKind::Difference);
    assert_eq!(IssueKind::of(IssueCode::OverdueGoal), IssueKind::Gap);
    let mut desk = Desk::over(picture_with_issues(str::to_owned));
    desk.viewer.role = Role::Patient;
    let html = page(desk, None).await;
    assert!(html.contains("Two of your plans ask for different values. Ask which one counts for you."));
    assert!(html.contains("1 March 2027") && !html.contains("Contradictory targets"));
}

#[tokio::test]
async fn every_rule_can_be_drawn() {
    for code in CODES {
        let mut picture = picture(str::to_owned);
        Arc::make_mut(&mut picture.plan).issues = vec![issue(str::to_owned, "d-1", code, Severity::High, "g-hba1c")];
        let html = page(Desk::over(picture), None).await;
        assert!(article(&html, "d-1").contains("Severity: High"), "{code:?}");
    }
}
