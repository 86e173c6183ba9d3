//! What people met who saw the screens for the first time.

use std::sync::Arc;

use access::Role;
use app::desk::shared_plan::{Forms, May, PlanSheet, SharedPlanDoor, VersionsSheet};
use app::pages::{
    PlanQuery, ReconcileQuery, goal_document, plan_document, reconcile_document, shared_plan_document,
    shared_versions_document,
};
use app::words::Words;
use care_plan::plan::{ItemId, TargetDetail};
use shared_plan::plan::{Plan, ReviewState};
use shared_plan::ports::VersionHead;
use shared_plan::{Version, Who};

use crate::support::{Desk, draw, picture, picture_with_issues};

fn plan() -> Plan {
    serde_json::from_value(serde_json::json!({
        "id": shared_plan::Id::<()>::from_random([1; 16]).to_string(), "tenant": "valley",
        "person": access::PersonId::from_random([8; 16]).as_str(), "version": 4, "at": "2026-11-20T10:00:00Z",
        "created": "2026-11-20T10:00:00Z", "status": "draft", "author": { "name": "Tamsin Okoro", "role": "coordinator" },
        "review": { "state": "draft" }, "title": "Together",
        "goals": [{
            "id": shared_plan::Id::<()>::from_random([2; 16]).to_string(), "version": 1, "at": "2026-11-20T10:00:00Z",
            "status": "active", "description": { "text": "Walk to the shop" },
        }],
        "team": { "id": shared_plan::Id::<()>::from_random([5; 16]).to_string(), "version": 1, "at": "2026-11-20T10:00:00Z" },
    }))
    .expect("a plan")
}

async fn reconcile(role: Role) -> String {
    let mut desk = Desk::over(picture_with_issues(str::to_owned));
    desk.viewer.role = role;
    let query = ReconcileQuery::default();
    draw(Some(Arc::new(desk)), move || reconcile_document(query.clone(), None)).await.html
}

async fn board(role: Role) -> String {
    let mut desk = Desk::over(picture_with_issues(str::to_owned));
    desk.viewer.role = role;
    draw(Some(Arc::new(desk)), move || plan_document(PlanQuery::default())).await.html.replace("<!>", "")
}

#[tokio::test]
async fn a_patient_read_codes_and_the_names_of_fhir_beside_every_entry() {
    let (clinical, own) = (board(Role::Clinician).await, board(Role::Patient).await);
    let below = |html: &str| {
        let lines = html.split("class=\"card__sub\"").skip(1).filter_map(|rest| rest.split('<').next());
        lines.filter(|line| line.contains("SNOMED ")).count()
    };
    assert!(below(&clinical) > 0);
    assert_eq!(below(&own), 0, "{own}");
    assert!(clinical.contains("<dt>MRN</dt>") && own.contains("<dt>Record number</dt>"), "{own}");
    let (clinical, own) = (reconcile(Role::Coordinator).await, reconcile(Role::Carer).await);
    for word in ["Goal.target.detailQuantity", "Goal, version 3"] {
        assert!(clinical.contains(word) && !own.contains(word), "{word}");
    }
}

#[tokio::test]
async fn the_values_of_several_records_ran_together_on_a_card() {
    let html = board(Role::Clinician).await;
    let issues = html.split("class=\"card__issue").skip(1).filter_map(|rest| rest.split("</p>").next());
    let said: Vec<&str> = issues.flat_map(|issue| issue.split("class=\"card__says\"").skip(1)).collect();
    assert!(said.len() > 1, "{html}");
    for line in said {
        assert_eq!(
            line.matches("class=\"tag ").count(),
            line.matches("card__marks").count(),
            "one record a line: {line}"
        );
    }
}

#[tokio::test]
async fn a_goal_whose_words_name_another_value_than_its_target_said_nothing_about_it() {
    let changed = |value: i64| {
        let mut desk = Desk::over(picture(str::to_owned));
        let mut plan = (*desk.picture.plan).clone();
        let goal = plan.goals.iter_mut().find(|goal| goal.item.id == ItemId("g-hba1c".to_owned())).expect("the goal");
        // Of the second record, whose words stay as they are.
        if let TargetDetail::Band(band) = &mut goal.statements[1].targets[0].detail {
            (band.low, band.high) = (None, Some(value.into()));
        }
        desk.picture.plan = Arc::new(plan);
        Arc::new(desk)
    };
    let same = draw(Some(Arc::new(Desk::over(picture(str::to_owned)))), || plan_document(PlanQuery::default())).await;
    assert!(!same.html.contains("Read both"), "{}", same.html);
    let desk = changed(6);
    let card = draw(Some(desk.clone()), || plan_document(PlanQuery::default())).await.html.replace("<!>", "");
    let told = "Read both: its words say “HbA1c below 7.5 %”, its target is below 6 %.";
    assert_eq!(card.matches(told).count(), 1, "{card}");
    let sheet = desk.sheet(&desk.picture.plan.goals[0]);
    let page = draw(Some(desk), move || goal_document(sheet.clone(), None)).await.html;
    assert!(page.replace("<!>", "").contains(told), "{page}");
}

/// "Due ≠ 15-Oct-2026 differs", of the only record there is.
#[tokio::test]
async fn a_day_that_had_passed_was_said_to_differ() {
    let mut desk = Desk::over(picture_with_issues(str::to_owned));
    let mut plan = (*desk.picture.plan).clone();
    let mut alone = plan.issues.iter().find(|issue| issue.id.0 == "d-targets").expect("two sides").sides[0].clone();
    alone.says.retain(|fact| fact.differs);
    plan.issues.iter_mut().find(|issue| issue.id.0 == "d-overdue").expect("a gap").sides = vec![alone];
    desk.picture.plan = Arc::new(plan);
    let page = draw(Some(Arc::new(desk)), || reconcile_document(ReconcileQuery::default(), None)).await.html;
    let article = |id: &str| {
        let rest = page.split(&format!("<article id=\"{id}\"")).nth(1).expect("the issue");
        rest.split("</article>").next().expect("its end").to_owned()
    };
    assert!(article("d-targets").contains("fact--differs"));
    let overdue = article("d-overdue");
    assert!(overdue.contains("fact--marked") && !overdue.contains("differs"), "{overdue}");
}

/// The page said "Not recorded" of what two records state differently.
#[tokio::test]
async fn due_dates_on_which_the_records_differ_were_called_not_recorded() {
    let mut desk = Desk::over(picture(str::to_owned));
    let mut plan = (*desk.picture.plan).clone();
    plan.goals[0].statements[1].targets[0].due = fhir::FhirDate::parse("2027-08-21");
    plan.goals[0].statements[0].start = None;
    desk.picture.plan = Arc::new(plan);
    let desk = Arc::new(desk);
    let sheet = desk.sheet(&desk.picture.plan.goals[0]);
    let page = draw(Some(desk), move || goal_document(sheet.clone(), None)).await.html.replace("<!>", "");
    let facts =
        page.split("<dl class=\"facts\">").nth(1).and_then(|rest| rest.split("</dl>").next()).expect("the facts");
    for said in [
        "01-Mar-2027 (Valley Primary Care) and 21-Aug-2027 (Nephrology Associates)",
        "Jan-2026 (Nephrology Associates)",
    ] {
        assert!(facts.contains(said), "{said}: {facts}");
    }
    assert!(!facts.contains("Not recorded"), "{facts}");
}

#[tokio::test]
async fn a_plan_in_review_was_called_a_draft_as_well() {
    let desk = || {
        let mut desk = Desk::over(picture(str::to_owned));
        desk.door = SharedPlanDoor::Open;
        Some(Arc::new(desk))
    };
    let page = draw(desk(), || {
        let mut plan = plan();
        plan.review.state = ReviewState::InReview;
        let (steps, summary, meanwhile) = (Vec::new(), Vec::new(), Vec::new());
        let (door, may, forms) = (SharedPlanDoor::Open, May::default(), Forms::default());
        shared_plan_document(PlanSheet { door, may, plan, steps, summary, meanwhile, base: None, forms }, None)
    });
    let page = page.await.html;
    let head =
        page.split("id=\"shared-plan-state\"").nth(1).and_then(|rest| rest.split("</h2>").next()).expect("a head");
    assert!(head.contains("In review") && !head.contains("Draft"), "{head}");
}

#[tokio::test]
async fn versions_of_one_day_could_not_be_told_apart() {
    let head = |version: u64, at: &str| VersionHead {
        version: Version(version),
        at: at.parse().expect("a time"),
        by: Who { user: None, role: Some(Role::Coordinator), name: "Tamsin Okoro".to_owned(), resource: None },
        reason: None,
        moved: None,
    };
    let versions = move || VersionsSheet {
        plan: plan().id,
        title: "Together".to_owned(),
        versions: vec![head(2, "2026-11-20T14:32:00Z"), head(1, "2026-11-20T09:05:00Z")],
        compared: None,
    };
    let page =
        draw(Some(Arc::new(Desk::over(picture(str::to_owned)))), move || shared_versions_document(versions())).await;
    for time in ["20-Nov-2026 14:32", "20-Nov-2026 09:05"] {
        assert_eq!(page.html.matches(time).count(), 3, "in the list and in both choices: {time}");
    }
}

#[test]
fn the_person_read_versions_without_a_word_where_somebody_had_sent_signed_or_answered() {
    let (words, before) = (Words::English, plan());
    let mut sent = before.clone();
    sent.review.state = ReviewState::InReview;
    sent.review.asked = vec![Role::Clinician, Role::Patient];
    assert_eq!(words.plan_reviewed(&before, &sent), ["It was sent to be signed: by the clinician and patient."]);
    let by = |name: &str| serde_json::json!({ "name": name, "role": "clinician" });
    let at = "2026-11-20T10:00:00Z";
    let mut signed = sent.clone();
    signed.review.state = ReviewState::Approved;
    let signature = serde_json::json!({ "role": "clinician", "by": by("Lena Park"), "at": at });
    signed.review.signed = vec![serde_json::from_value(signature).expect("a signature")];
    let said = words.plan_reviewed(&sent, &signed);
    assert_eq!(said, ["Lena Park has signed it.", "Everybody who was asked has signed it."]);
    let mut back = sent.clone();
    back.review.state = ReviewState::Draft;
    assert_eq!(words.plan_reviewed(&sent, &back), ["It goes back to those who write it."]);
    let mut answered = sent.clone();
    let acceptance = serde_json::json!({ "by": by("Marisol Vega"), "answer": "agree", "at": at });
    answered.goals[0].acceptance = vec![serde_json::from_value(acceptance).expect("an answer")];
    assert_eq!(words.plan_reviewed(&sent, &answered), ["Walk to the shop: Marisol Vega supports it."]);
    assert!(words.plan_reviewed(&sent, &sent).is_empty());
}

#[tokio::test]
async fn a_printed_plan_said_now_and_not_of_which_moment_it_is() {
    let html = board(Role::Clinician).await;
    assert!(html.contains("<p class=\"drawn\">As it stood on 21-Nov-2026 10:00, Valley Primary Care."), "{html}");
}

#[test]
fn a_patient_was_asked_whether_a_concern_is_in_remission() {
    use app::words::Reader;
    use shared_plan::concern::ConcernStatus;
    for status in ConcernStatus::ALL {
        let (own, _) = Words::English.concern_state(status, Reader::Person);
        assert!(own.starts_with("It "), "{own}");
        let (clinical, _) = Words::English.concern_state(status, Reader::Professional);
        assert_eq!(clinical, Words::English.status(Some(status.code())).0);
    }
}
