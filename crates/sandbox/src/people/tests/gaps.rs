//! What is missing, in error or as it comes, within a record.

use super::{Held, TODAY, about, at, everything};

fn kind<'a>(held: &'a [Held], kind: &'static str) -> impl Iterator<Item = &'a Held> {
    held.iter().filter(move |held| held.kind() == kind)
}

/// Planned and performed activities that can name a goal and a reason.
fn activities(held: &[Held]) -> impl Iterator<Item = &Held> {
    const KINDS: [&str; 5] = ["ServiceRequest", "MedicationRequest", "Procedure", "Encounter", "CommunicationRequest"];
    held.iter().filter(|held| KINDS.contains(&held.kind()))
}

fn due(goal: &Held) -> Option<String> {
    goal.body.pointer("/target/0/dueDate").and_then(|due| due.as_str()).map(str::to_owned)
}

fn is_active(goal: &Held) -> bool {
    goal.body["lifecycleStatus"] == "active"
}

#[test]
fn a_goal_has_no_activity() {
    let kidney = at("nephrology", TODAY);
    let goal = kind(&kidney, "Goal").find(|goal| goal.says("/description", "Hemoglobin 10 to 11.5")).unwrap();
    let reference = goal.reference();
    assert!(!goal.references("addresses").is_empty());
    assert!(kidney.iter().all(|held| !held.pertains_to().contains(&reference.as_str())));
    let concern = goal.references("addresses")[0];
    assert!(activities(&kidney).all(|held| !held.references("reasonReference").contains(&concern)));
}

#[test]
fn an_activity_has_neither_goal_nor_reason() {
    let marisol = about("Vega-Thornton");
    let loose: Vec<_> = activities(&marisol)
        .filter(|held| held.pertains_to().is_empty() && held.references("reasonReference").is_empty())
        .filter(|held| held.ehr == "valley-ehr")
        .map(Held::kind)
        .collect();
    assert_eq!(loose, ["ServiceRequest", "CommunicationRequest", "Procedure"]);
}

#[test]
fn several_activities_name_their_goal() {
    let marisol = about("Vega-Thornton");
    assert!(marisol.iter().filter(|held| !held.pertains_to().is_empty()).count() >= 12);
}

#[test]
fn goals_address_concerns_and_point_at_outcomes_and_some_do_neither() {
    let marisol = about("Vega-Thornton");
    assert!(kind(&marisol, "Goal").filter(|goal| !goal.references("addresses").is_empty()).count() >= 10);
    assert!(kind(&marisol, "Goal").filter(|goal| !goal.references("outcomeReference").is_empty()).count() >= 6);
    assert!(kind(&marisol, "Goal").any(|goal| goal.references("addresses").is_empty()));
}

#[test]
fn a_goal_has_no_measure() {
    let marisol = about("Vega-Thornton");
    let goal = kind(&marisol, "Goal").find(|goal| goal.says("/description", "Walk to the market")).unwrap();
    assert!(goal.body.get("target").is_none());
    assert!(goal.body["expressedBy"]["reference"].as_str().unwrap().starts_with("Patient/"));
}

#[test]
fn a_goal_is_overdue_and_not_achieved() {
    let marisol = about("Vega-Thornton");
    let overdue: Vec<_> = kind(&marisol, "Goal")
        .filter(|goal| is_active(goal) && due(goal).is_some_and(|due| due < TODAY.to_string()))
        .map(|goal| goal.ehr)
        .collect();
    assert_eq!(overdue, ["valley-ehr", "homehealth"]);
}

#[test]
fn a_goal_is_achieved_and_still_active() {
    let marisol = about("Vega-Thornton");
    let met = kind(&marisol, "Goal").filter(|goal| is_active(goal) && goal.says("/achievementStatus", "\"achieved\""));
    assert_eq!(met.count(), 1);
}

#[test]
fn a_goal_is_accepted_by_some_and_pending_for_others() {
    let held = everything(TODAY);
    for status in ["\"agree\"", "\"pending\""] {
        assert!(
            kind(&held, "Goal")
                .any(|goal| goal.says("/extension", "goal-acceptance") && goal.says("/extension", status))
        );
    }
}

#[test]
fn a_concern_only_the_patient_voiced_has_no_goal() {
    for name in ["Vega-Thornton", "O'Keefe-Brandt", "Nguyễn", "Kealoha"] {
        let held = about(name);
        let own = kind(&held, "Condition").find(|concern| {
            concern.body["asserter"]["reference"].as_str().is_some_and(|asserter| asserter.starts_with("Patient/"))
        });
        let reference = own.unwrap_or_else(|| panic!("{name} voiced a concern")).reference();
        assert!(kind(&held, "Goal").all(|goal| !goal.references("addresses").contains(&reference.as_str())));
    }
}

#[test]
fn a_plan_is_for_a_resolved_condition_and_one_for_a_refuted_one() {
    let held = everything(TODAY);
    let plans_for = |state: &str, element: &str| {
        let closed = |reference: &str, ehr| {
            let condition = held.iter().find(|held| held.ehr == ehr && held.reference() == reference);
            condition.is_some_and(|condition| condition.says(element, state))
        };
        kind(&held, "CarePlan")
            .filter(|plan| plan.references("addresses").iter().any(|one| closed(one, plan.ehr)))
            .count()
    };
    assert_eq!(plans_for("resolved", "/clinicalStatus"), 1);
    assert_eq!(plans_for("refuted", "/verificationStatus"), 1);
}

#[test]
fn conditions_are_entered_in_error_and_refuted_and_then_have_no_clinical_status() {
    let held = everything(TODAY);
    for state in ["entered-in-error", "refuted"] {
        let found: Vec<_> = kind(&held, "Condition").filter(|one| one.says("/verificationStatus", state)).collect();
        assert!(!found.is_empty());
        assert!(found.iter().all(|condition| condition.body.get("clinicalStatus").is_none()));
    }
}

#[test]
fn two_conditions_are_each_others_cause() {
    let tobias = about("Achterberg");
    let causes: Vec<(String, String)> = kind(&tobias, "Condition")
        .filter_map(|one| {
            Some((one.reference(), one.body.pointer("/extension/0/valueReference/reference")?.as_str()?.to_owned()))
        })
        .collect();
    assert_eq!(causes.len(), 2);
    assert_eq!((&causes[0].0, &causes[0].1), (&causes[1].1, &causes[1].0));
}

#[test]
fn a_service_and_a_task_are_past_their_date() {
    let held = everything(TODAY);
    let past = |date: &str| date < TODAY.to_string().as_str();
    let open = |held: &&Held| held.body["status"] == "active" || held.body["status"] == "in-progress";
    let day = |held: &Held, path| held.body.pointer(path).and_then(|day| day.as_str()).is_some_and(past);
    assert_eq!(kind(&held, "ServiceRequest").filter(open).filter(|one| day(one, "/occurrenceDateTime")).count(), 2);
    assert_eq!(kind(&held, "Task").filter(open).filter(|one| day(one, "/restriction/period/end")).count(), 1);
}

#[test]
fn the_university_sends_oids_without_displays_and_home_health_sends_words_and_months() {
    for held in at("university", TODAY).iter().filter(|held| matches!(held.kind(), "Condition" | "MedicationRequest")) {
        let concept = held.body.get("code").unwrap_or(&held.body["medicationCodeableConcept"]).to_string();
        assert!(!concept.contains("display") && !concept.contains("http://snomed"), "{concept}");
    }
    let home = at("homehealth", TODAY);
    assert!(
        home.iter().filter(|held| held.kind() == "Condition").all(|held| held.body["code"].get("coding").is_none())
    );
    assert!(
        kind(&home, "Condition").filter_map(|held| held.body["onsetDateTime"].as_str()).all(|onset| onset.len() == 7)
    );
    assert!(
        kind(&home, "Observation").any(|held| held.body["effectiveDateTime"].as_str().unwrap().ends_with("T07:40:00"))
    );
}

#[test]
fn numbers_keep_their_text() {
    let loan = about("Nguyễn");
    let values: Vec<String> =
        kind(&loan, "Observation").map(|held| held.body["valueQuantity"]["value"].to_string()).collect();
    assert!(values.contains(&"7.10".to_owned()), "{values:?}");
}

#[test]
fn a_value_is_absent_with_its_reason_and_another_has_a_comparator() {
    let held = everything(TODAY);
    assert!(kind(&held, "Observation").any(|one| one.says("/dataAbsentReason", "not-performed")));
    assert!(kind(&held, "Observation").any(|one| one.body["valueQuantity"]["comparator"] == ">"));
}

#[test]
fn some_of_a_record_is_labelled_as_restricted() {
    let loan = about("Nguyễn");
    assert_eq!(loan.iter().filter(|held| held.says("/meta/security", "\"R\"")).count(), 4);
}

#[test]
fn hostile_text_stands_in_notes_titles_descriptions_and_narrative() {
    let tobias = about("Achterberg");
    let holds = |of: &'static str, path: &str, text: &str| kind(&tobias, of).any(|held| held.says(path, text));
    assert!(holds("Condition", "/note", "</textarea><script>"));
    assert!(holds("CarePlan", "/title", "</title><script>"));
    assert!(holds("Goal", "/description", "onerror="));
    assert!(holds("Goal", "/text/div", "javascript:"));
}

#[test]
fn plans_carry_references_outcomes_progress_notes_and_activity_detail() {
    let marisol = about("Vega-Thornton");
    for (element, places) in
        [("\"reference\":{", 4), ("\"outcomeReference\":", 4), ("\"progress\":", 2), ("\"detail\":", 1)]
    {
        let with = kind(&marisol, "CarePlan").filter(|plan| plan.says("/activity", element));
        assert_eq!(with.count(), places, "{element}");
    }
    assert!(kind(&marisol, "CarePlan").all(|plan| plan.says("/category", "assess-plan")));
}

#[test]
fn the_lead_persons_record_holds_every_type_that_a_plan_is_made_of() {
    let marisol = about("Vega-Thornton");
    for expected in [
        "AllergyIntolerance",
        "Appointment",
        "CarePlan",
        "CareTeam",
        "CommunicationRequest",
        "Condition",
        "DiagnosticReport",
        "DocumentReference",
        "Encounter",
        "Goal",
        "Immunization",
        "MedicationRequest",
        "MedicationStatement",
        "NutritionOrder",
        "Observation",
        "Procedure",
        "QuestionnaireResponse",
        "RelatedPerson",
        "ServiceRequest",
        "Task",
    ] {
        assert!(kind(&marisol, expected).next().is_some(), "{expected}");
    }
    let valley = at("valley-ehr", TODAY);
    assert!(kind(&valley, "Provenance").any(|held| held.says("/target", "Goal/")));
}
