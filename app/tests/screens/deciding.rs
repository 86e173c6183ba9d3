//! Settling what the records disagree on: the forms of the page of differences and gaps.

use std::sync::Arc;

use access::{PersonId, Role, TenantId};
use app::desk::kept::{DECIDE, DecideAnswer, Kept, UNDECIDE, seen_of, subject_of};
use app::desk::shared_plan::{PlanAnswer, SOURCE, SharedPlanDoor};
use app::desk::{Answer, Picture};
use app::pages::{PlanQuery, ReconcileQuery, reconcile_document};
use app::sections::Look;
use app::sections::decide::{Choice, draft};
use care_plan::decisions::{Decider, DeciderRole, SettledAs, Signature, Standing};
use care_plan::plan::{Confidentiality, DetectedIssue, FactValue, Side};
use care_plan::snapshot::{Reason, Status};
use fhir::{Resource, ResourceKey, SourceId};
use shared_plan::decision::{Chosen, Decision, DecisionStatus, Issue, Message};
use shared_plan::{Foreign, Version, Who};

use crate::support::{Desk, draw, picture_with_issues};

/// A clinician's desk whose organisation has the licence and whose shared plan was read.
fn desk(mut picture: Picture) -> Desk {
    let snapshot = Arc::make_mut(&mut picture.snapshot);
    let mut record = snapshot.records[0].clone();
    record.source.id = SourceId::new(SOURCE);
    record.source.name = "Shared plan".to_owned();
    record.state = Some(Status::Complete);
    snapshot.records.push(record);
    let kept = Kept { is_read: true, may_decide: true, may_write: true, may_edit: true, ..Kept::default() };
    Desk { door: SharedPlanDoor::Open, kept, ..Desk::over(picture) }
}

fn issues() -> Picture {
    picture_with_issues(str::to_owned)
}

async fn page(desk: Desk, answer: Option<Answer>) -> String {
    let page = move || reconcile_document(ReconcileQuery::default(), answer.clone());
    draw(Some(Arc::new(desk)), page).await.html.replace("<!>", "")
}

fn article<'a>(html: &'a str, id: &str) -> &'a str {
    let start = html.find(&format!("<article id=\"{id}\"")).unwrap_or_else(|| panic!("no article {id}"));
    &html[start..start + html[start..].find("</article>").expect("its end")]
}

fn found(picture: &Picture, id: &str) -> DetectedIssue {
    picture.plan.issues.iter().find(|issue| issue.id.0 == id).expect("the issue").clone()
}

fn decision(issue: &DetectedIssue, by: Role) -> Decision {
    let subject = subject_of(issue);
    let person = PersonId::from_random([1; 16]);
    let at = "2026-11-20T09:00:00Z".parse().expect("a time");
    Decision {
        id: Decision::id_about(&person, &subject),
        tenant: TenantId::new("valley"),
        person,
        version: Version(3),
        at,
        created: at,
        status: DecisionStatus::InForce,
        status_reason: None,
        by: Who { user: None, role: Some(by), name: "Tamsin Okoro".to_owned(), resource: None },
        reason: Some("Low sugar at night".to_owned()),
        issue: Issue {
            id: issue.id.0.clone(),
            code: "contradictory-targets".to_owned(),
            subject,
            seen: seen_of(issue),
        },
        chosen: Chosen::Changed,
        words: Some("below 7.8 %".to_owned()),
        message: None,
    }
}

/// The desk where the targets were settled.
fn settled(by: Role, change: impl FnOnce(&mut Decision)) -> Desk {
    let mut picture = issues();
    let mut decision = decision(&found(&picture, "d-targets"), by);
    change(&mut decision);
    let signature = Signature {
        by: Decider { id: "x".to_owned(), name: decision.by.name.clone(), role: None },
        at: decision.created,
        reason: decision.reason.clone(),
    };
    let issue = Arc::make_mut(&mut picture.plan).issues.iter_mut().find(|issue| issue.id.0 == "d-targets");
    issue.expect("the issue").standing = Standing::Decided { outcome: SettledAs::Changed, signature };
    let desk = desk(picture);
    Desk { kept: Kept { decisions: Arc::new(vec![decision]), ..desk.kept.clone() }, ..desk }
}

fn answer(function: &str, said: &DecideAnswer, typed: &[(&str, &str)]) -> Option<Answer> {
    let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Some(Answer { function: function.to_owned(), said: serde_json::to_string(said).ok(), typed })
}

#[tokio::test]
async fn each_difference_has_a_form_in_which_nothing_is_chosen_and_which_says_where_it_is_kept() {
    let mut picture = issues();
    for one in &mut Arc::make_mut(&mut picture.plan).interventions {
        one.item.confidentiality = Confidentiality::Normal;
    }
    let html = page(desk(picture), None).await;
    let targets = article(&html, "d-targets");
    for words in [
        "What Valley Primary Care says: below 7.5 %",
        "What Nephrology Associates says: below 8.0 %",
        "Keep both, on purpose",
        "Something else",
        "Not relevant for this person",
        "Kept in the shared plan with your name, the day and your reason. No record is changed.",
        "Keep this decision in the shared plan",
        "name=\"reason\"",
    ] {
        assert!(targets.contains(words), "{words}: {targets}");
    }
    assert!(!html.contains("checked"), "nothing is chosen for anybody");
    assert!(!targets.contains("Ask the prescriber"));
    let gap = article(&html, "d-overdue");
    assert!(gap.contains("Settle this") && gap.contains("Leave it as it is, on purpose"), "{gap}");
    assert!(!gap.contains("What Valley Primary Care says:"), "there is nothing to choose among: {gap}");
}

#[tokio::test]
async fn a_medication_is_settled_without_a_change_of_any_order_and_nobody_adopts_an_allergy() {
    let html = page(desk(issues()), None).await;
    let order = article(&html, "d-egfr");
    assert!(order.contains("Accord changes no order.") && order.contains("Ask the prescriber"), "{order}");
    assert!(!order.contains("value=\"adopt"), "{order}");
}

#[tokio::test]
async fn whoever_cannot_settle_reads_why_before_they_type() {
    let locked = async |change: &dyn Fn(&mut Desk), said: &str| {
        let mut desk = desk(issues());
        change(&mut desk);
        let html = page(desk, None).await;
        let targets = article(&html, "d-targets").to_owned();
        assert!(!targets.contains("<form") && targets.contains(said), "{said}: {targets}");
    };
    locked(&|desk| desk.door = SharedPlanDoor::NotLicensed, "this organisation has no licence").await;
    locked(&|desk| desk.door = SharedPlanDoor::ReadOnly, "this organisation has no licence").await;
    locked(&|desk| desk.kept.may_decide = false, "Your role sees what is settled and does not settle it.").await;
    locked(&|desk| desk.kept.is_read = false, "could not be read yet").await;
    let failed = |desk: &mut Desk| {
        let snapshot = Arc::make_mut(&mut desk.picture.snapshot);
        snapshot.records.last_mut().expect("it").state = Some(Status::Failed(Reason::Unreachable));
    };
    locked(&failed, "could not be read yet").await;
    let labelled = |desk: &mut Desk| {
        let plan = Arc::make_mut(&mut desk.picture.plan);
        let goal = plan.goals.iter_mut().find(|goal| goal.item.id.0 == "g-hba1c").expect("the goal");
        goal.item.members[1].confidentiality = Confidentiality::Unknown;
    };
    locked(&labelled, "A record labels this as confidential").await;
}

/// Whoever settled it copied the words of the allergy, or of the team, into the decision and the message: only members of
/// the four columns were asked for their label, and everything else counted as normal.
#[tokio::test]
async fn a_labelled_allergy_or_team_was_copied_into_decisions_and_messages() {
    for (kind, title) in [("AllergyIntolerance", "sulfonamide"), ("CareTeam", "Care team")] {
        let drawn = async |security: Option<&str>| {
            let mut picture = issues();
            let source = SourceId::new("valley-ehr");
            let side = ResourceKey { source: source.clone(), kind: kind.to_owned(), id: "x".to_owned() };
            let labels: Vec<_> = security.iter().map(|code| serde_json::json!({ "code": code })).collect();
            let json = serde_json::json!({ "resourceType": kind, "id": "x", "meta": { "security": labels } });
            let resource = Resource::parse(&source, &json.to_string()).expect("a resource");
            Arc::make_mut(&mut picture.snapshot).records[0].resources.push(Arc::new(resource));
            let issue = &mut Arc::make_mut(&mut picture.plan).issues[0];
            issue.sides.push(Side { key: side, part: None, version: None, says: Vec::new() });
            issue.title = title.to_owned();
            article(&page(desk(picture), None).await, "d-egfr").to_owned()
        };
        let normal = drawn(None).await;
        assert!(normal.contains("<form"), "{kind}: {normal}");
        for label in ["R", "PSY", "nobody-knows"] {
            let html = drawn(Some(label)).await;
            let says = "A record labels this as confidential";
            assert!(!html.contains("<form") && html.contains(says), "{kind} {label}: {html}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_found_to_look_at_its_label_was_copied() {
    let mut picture = issues();
    let issue = &mut Arc::make_mut(&mut picture.plan).issues[0];
    let key = ResourceKey { source: SourceId::new("valley-ehr"), kind: "Basic".to_owned(), id: "gone".to_owned() };
    issue.sides.push(Side { key, part: None, version: None, says: Vec::new() });
    let html = page(desk(picture), None).await;
    let egfr = article(&html, "d-egfr");
    assert!(!egfr.contains("<form") && egfr.contains("A record labels this as confidential"), "{egfr}");
}

#[tokio::test]
async fn a_record_that_could_not_be_read_is_not_settled_away() {
    let html = page(desk(issues()), None).await;
    let missing = article(&html, "d-missing");
    assert!(
        !missing.contains("<form") && missing.contains("settled where the records are joined and read"),
        "{missing}"
    );
}

#[tokio::test]
async fn what_was_settled_says_what_was_agreed_and_why_and_is_taken_back_with_a_reason() {
    let html = page(settled(Role::Coordinator, |_| ()), None).await;
    let targets = article(&html, "d-targets");
    for words in [
        "Changed: Tamsin Okoro, 20-Nov-2026",
        "Reason: Low sugar at night",
        "<b>What was agreed</b>: below 7.8 %",
        "To change a record as well, open the goal",
        "Take back",
        "name=\"version\" value=\"3\"",
    ] {
        assert!(targets.contains(words), "{words}: {targets}");
    }
    assert!(!targets.contains("What could settle it") && !targets.contains("type=\"radio\""), "{targets}");
    assert!(html.contains("2 settled") && html.contains("2 differences between the plans"), "{html}");
}

#[tokio::test]
async fn the_person_takes_back_their_own_decision_and_not_a_professionals() {
    let theirs = |by| {
        let mut desk = settled(by, |_| ());
        (desk.kept.may_write, desk.viewer.role) = (false, Role::Patient);
        desk
    };
    let html = page(theirs(Role::Clinician), None).await;
    let article_of = article(&html, "d-targets");
    assert!(
        !article_of.contains("<form") && article_of.contains("Only your care team can take this back."),
        "{article_of}"
    );
    let html = page(theirs(Role::Patient), None).await;
    assert!(article(&html, "d-targets").contains("Take the decision back"));
}

/// What a patient had called not relevant was gone from the count, the cards and the safety filter of the care team.
#[tokio::test]
async fn what_a_patient_said_of_a_matter_of_safety_closed_it_for_the_care_team() {
    let said = |viewer: Role| {
        let mut picture = issues();
        let decision =
            Decision { chosen: Chosen::NotAnIssue, words: None, ..decision(&found(&picture, "d-egfr"), Role::Patient) };
        let by = Decider { id: "x".to_owned(), name: "Marisol".to_owned(), role: Some(DeciderRole::Patient) };
        let signature = Signature { by, at: decision.created, reason: decision.reason.clone() };
        let issue = &mut Arc::make_mut(&mut picture.plan).issues[0];
        issue.standing = Standing::Voiced { outcome: SettledAs::NotAnIssue, signature };
        let mut desk = desk(picture);
        desk.kept.decisions = Arc::new(vec![decision]);
        (desk.kept.may_write, desk.viewer.role) = (viewer != Role::Patient, viewer);
        desk
    };
    let safety = ReconcileQuery { kind: Some("safety".to_owned()), ..ReconcileQuery::default() };
    let shown = move || reconcile_document(safety.clone(), None);
    let html = draw(Some(Arc::new(said(Role::Clinician))), shown).await.html.replace("<!>", "");
    let egfr = article(&html, "d-egfr");
    for words in [
        "Marisol (patient) said, 20-Nov-2026: No issue for this person.",
        "it stays open until a professional of the care team has settled it",
        "Low sugar at night",
        "Keep this decision in the shared plan",
        "Take the decision back",
    ] {
        assert!(egfr.contains(words), "{words}: {egfr}");
    }
    assert!(html.find("issues--decided").is_none_or(|decided| html.find("id=\"d-egfr\"").expect("it") < decided));
    assert!(!egfr.contains("shown to your care team"), "{egfr}");
    let of_patient = page(said(Role::Patient), None).await;
    let egfr = article(&of_patient, "d-egfr");
    assert!(egfr.contains("shown to your care team") && egfr.contains("Take the decision back"), "{egfr}");
}

#[tokio::test]
async fn a_message_to_a_prescriber_stands_there_to_be_copied() {
    let text = "Please look </textarea><script>";
    let about = Foreign {
        source: "valley-ehr".to_owned(),
        kind: "MedicationRequest".to_owned(),
        id: "m".to_owned(),
        version: None,
        display: None,
    };
    let message = Message { to: None, about, text: text.to_owned() };
    let html = page(settled(Role::Clinician, |decision| decision.message = Some(message)), None).await;
    let targets = article(&html, "d-targets");
    assert!(targets.contains("Message to the prescriber, to copy and send"), "{targets}");
    assert!(targets.contains("Please look &lt;/textarea&gt;") && !targets.contains("<script"), "{targets}");
}

#[tokio::test]
async fn the_draft_says_what_each_record_says_and_what_was_chosen() {
    let desk = desk(issues());
    let look = Look::of(&desk, desk.picture.clone(), &PlanQuery::default());
    let issue = found(&desk.picture, "d-egfr");
    let text = draft(&look, &issue, &Choice::Other, Some("500 mg once a day"), "eGFR fell");
    for words in
        ["About Metformin 500 mg", "- Valley Primary Care: ", "We suggest: 500 mg once a day", "Reason: eGFR fell"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[tokio::test]
async fn a_form_that_came_too_late_says_what_changed_and_keeps_what_was_typed() {
    let picture = issues();
    let mut before = found(&picture, "d-targets");
    before.sides[0].says[1].value = FactValue::Text("below 9.0 %".to_owned());
    let seen = seen_of(&before);
    let typed = [("issue", "d-targets"), ("seen", &*seen), ("choice", "keep"), ("reason", "my typed reason")];
    let html = page(desk(picture), answer(DECIDE, &DecideAnswer::RecordsChanged, &typed)).await;
    let targets = article(&html, "d-targets");
    for words in [
        "Not kept: the records say something else than when you opened this.",
        "now “below 8.0 %”, before “below 9.0 %”",
        "my typed reason",
        "data-unsaved",
    ] {
        assert!(targets.contains(words), "{words}: {targets}");
    }
    assert!(targets.contains("value=\"keep\" checked"), "what was chosen is chosen still: {targets}");
    let hidden = |of: &str| seen_of(&found(&issues(), of)).replace('"', "&quot;");
    assert!(targets.contains(&hidden("d-targets")), "the form goes on from what the records say now: {targets}");
}

#[tokio::test]
async fn somebody_who_was_first_is_named_and_what_was_typed_is_not_lost() {
    let stale = DecideAnswer::Not(PlanAnswer::Stale { seen: Version(1), now: Version(3) });
    let typed = [("issue", "d-targets"), ("choice", "keep"), ("reason", "my typed reason")];
    let html = page(settled(Role::Coordinator, |_| ()), answer(DECIDE, &stale, &typed)).await;
    assert!(html.contains("somebody else settled this meanwhile"), "{html}");
    assert!(html.contains("my typed reason"), "{html}");
    assert!(html.contains("<details open"), "what was settled is shown: {html}");
    let gone = [("issue", "d-not-there"), ("choice", "keep"), ("reason", "my typed reason")];
    let html = page(desk(issues()), answer(DECIDE, &DecideAnswer::Gone, &gone)).await;
    assert!(html.contains("this is not there any more") && html.contains("my typed reason"), "{html}");
}

#[tokio::test]
async fn what_is_missing_is_named_at_its_field() {
    let problems = vec![("reason".to_owned(), "This must not be empty.".to_owned())];
    let said = DecideAnswer::Not(PlanAnswer::Refused { problems });
    let typed = [("issue", "d-targets"), ("choice", "keep"), ("reason", "")];
    let html = page(desk(issues()), answer(DECIDE, &said, &typed)).await;
    let targets = article(&html, "d-targets");
    assert!(targets.contains("This must not be empty.") && targets.contains("value=\"keep\" checked"), "{targets}");
    let html = page(settled(Role::Coordinator, |_| ()), answer(UNDECIDE, &said, &typed)).await;
    assert!(article(&html, "d-targets").contains("This must not be empty."));
}

/// What had changed was told as the record's sign, "< 9.0 %", where the page says "below 9.0 %".
#[tokio::test]
async fn what_changed_is_told_in_the_words_of_the_page() {
    let picture = issues();
    let mut before = found(&picture, "d-targets");
    before.sides[0].says[1].value = FactValue::Text("< 9.0 %".to_owned());
    let seen = seen_of(&before);
    let typed = [("issue", "d-targets"), ("seen", &*seen), ("choice", "keep"), ("reason", "r")];
    let html = page(desk(picture), answer(DECIDE, &DecideAnswer::RecordsChanged, &typed)).await;
    assert!(article(&html, "d-targets").contains("before “below 9.0 %”"), "{html}");
}
