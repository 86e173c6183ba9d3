//! A source that answers.

use fhir_client::FhirError;
use write_back::{Closed, Field, GoalFields, Refusal, Unproven, Warning, WriteOutcome, differences};

use crate::desk::{FIRST, Memory, edit, edit_of, goal, launch, noon, save, tenant, to_6_8, with_note, writer};
use crate::owner::{Fake, Manner};

#[tokio::test]
async fn a_new_target_value_is_written_and_nothing_else() {
    let owner = Fake::new(Manner::Honest);
    let (outcome, closed) = save(&owner, to_6_8()).await;
    let WriteOutcome::Saved { version, resource, warnings } = outcome else { panic!("{outcome:?}") };
    assert_eq!((version.as_deref(), warnings, closed), (Some("2"), vec![], Some(Closed::Saved)));
    assert_eq!(resource, owner.goal().to_string());
    assert_eq!(differences(&goal(), &owner.goal()), ["target[0].detailQuantity.value"]);
    assert_eq!(owner.puts.lock().unwrap()[0].1.as_deref(), Some(FIRST));
}

#[tokio::test]
async fn all_fields_and_a_note_go_in_one_write() {
    let owner = Fake::new(Manner::Honest);
    let mut edit = with_note("  Walks daily.\r\nÄ€😀  ");
    edit.mine = GoalFields {
        achievement: Some("improving".to_owned()),
        target_value: Some("6.80".to_owned()),
        due: Some("2027-06-30".to_owned()),
    };
    assert!(matches!(save(&owner, edit.clone()).await.0, WriteOutcome::Saved { .. }));
    let now = owner.goal();
    assert_eq!(GoalFields::of(&now, 0), edit.mine);
    assert_eq!(
        differences(&goal(), &now),
        [
            "achievementStatus.coding[1].code",
            "achievementStatus.coding[1].display",
            "achievementStatus.text",
            "target[0].detailQuantity.value",
            "target[0].dueDate",
            "note[1]",
        ]
    );
    assert_eq!(
        now["note"][1].to_string(),
        r#"{"authorReference":{"reference":"Practitioner/17","display":"Dr. Ada"},"time":"2026-11-21T12:00:00Z","text":"Walks daily.\nÄ€😀"}"#
    );
    assert_eq!(owner.puts.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_sent_keeps_every_byte_around_the_change() {
    let owner = Fake::new(Manner::Honest);
    save(&owner, to_6_8()).await;
    let sent = owner.puts.lock().unwrap()[0].0.clone();
    assert_eq!(sent, goal().to_string().replace("7.10", "6.8"));
}

#[tokio::test]
async fn a_form_that_says_nothing_new_sends_nothing() {
    let owner = Fake::new(Manner::Honest);
    let mut edit = with_note(" \r\n ");
    edit.mine.due = Some(" 2027-03 ".to_owned());
    assert_eq!(save(&owner, edit).await, (WriteOutcome::NothingToChange, None));
    assert!(owner.memory.outcomes().is_empty());
}

#[tokio::test]
async fn each_wrong_field_is_named_and_nothing_is_sent() {
    let owner = Fake::new(Manner::Honest);
    let mut edit = with_note(&"x".repeat(4_001));
    edit.mine = GoalFields {
        achievement: Some("done".to_owned()),
        target_value: Some("7,5".to_owned()),
        due: Some("tomorrow".to_owned()),
    };
    let (outcome, _) = save(&owner, edit).await;
    let WriteOutcome::Refused(Refusal::Fields(problems)) = outcome else { panic!("{outcome:?}") };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, [Field::Achievement, Field::TargetValue, Field::Due, Field::Note]);
    assert!(owner.memory.outcomes().is_empty());
}

#[tokio::test]
async fn a_source_that_changes_something_else_is_told_on_by_path() {
    let owner = Fake::new(Manner::Rewrites(|goal| {
        goal.as_object_mut().unwrap().shift_remove("zebra");
        goal["text"] = "generated".into();
    }));
    let (outcome, closed) = save(&owner, to_6_8()).await;
    let WriteOutcome::Saved { warnings, .. } = outcome else { panic!("{outcome:?}") };
    let paths = vec!["zebra".to_owned(), "text".to_owned()];
    assert_eq!((warnings, closed), (vec![Warning::ChangedBySource { paths }], Some(Closed::Saved)));
}

#[tokio::test]
async fn a_source_that_shortens_the_number_saved_it_and_is_told_on() {
    let owner = Fake::new(Manner::Rewrites(|goal| {
        goal["target"][0]["detailQuantity"]["value"] = serde_json::from_str("6.8").unwrap();
    }));
    let mut edit = to_6_8();
    edit.mine.target_value = Some("6.80".to_owned());
    let (outcome, _) = save(&owner, edit).await;
    let WriteOutcome::Saved { warnings, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(warnings, [Warning::ChangedBySource { paths: vec!["target[0].detailQuantity.value".to_owned()] }]);
}

#[tokio::test]
async fn a_source_that_says_saved_and_keeps_what_it_had_is_not_believed() {
    let owner = Fake::new(Manner::SaysSaved);
    let (outcome, closed) = save(&owner, to_6_8()).await;
    let paths = vec!["target[0].detailQuantity.value".to_owned()];
    assert_eq!((outcome, closed), (WriteOutcome::Unclear(Unproven::NotThere { paths }), None));
}

#[tokio::test]
async fn a_source_that_drops_the_note_is_not_believed() {
    let owner = Fake::new(Manner::Rewrites(|goal| {
        goal["note"].as_array_mut().unwrap().pop();
    }));
    let (outcome, _) = save(&owner, with_note("Walks daily.")).await;
    assert_eq!(outcome, WriteOutcome::Unclear(Unproven::NotThere { paths: vec!["note[1]".to_owned()] }));
}

#[tokio::test]
async fn a_source_that_can_not_be_read_again_leaves_the_intent_open() {
    let owner = Fake { dies_after_put: true, ..Fake::new(Manner::Honest) };
    let (outcome, closed) = save(&owner, to_6_8()).await;
    let WriteOutcome::Saved { version, warnings, .. } = outcome else { panic!("{outcome:?}") };
    assert!(matches!(warnings[..], [Warning::NotReadAgain(_)]));
    assert_eq!((version.as_deref(), closed), (Some("2"), None));
}

#[tokio::test]
async fn a_rejection_is_a_failure_and_closes_the_intent() {
    let (outcome, closed) = save(&Fake::new(Manner::Rejects), to_6_8()).await;
    let WriteOutcome::Failed(error) = outcome else { panic!("{outcome:?}") };
    assert_eq!((error.said(), closed), (Some("no"), Some(Closed::NotWritten)));
}

#[tokio::test]
async fn nothing_is_sent_when_the_intent_can_not_be_stored() {
    let memory = std::sync::Arc::new(Memory { broken: true, ..Memory::default() });
    let owner = Fake::new(Manner::Honest);
    assert!(writer(&memory, noon()).save_goal(&tenant(), &launch(), &owner, to_6_8()).await.is_err());
    assert!(!owner.was_asked_to_write());
}

#[tokio::test]
async fn a_range_changes_its_high_bound_or_the_low_one_where_that_is_all() {
    for (index, path) in [(1, "target[1].detailRange.high.value"), (3, "target[3].detailRange.low.value")] {
        let owner = Fake::new(Manner::Honest);
        let mut edit = edit_of(&goal(), index);
        edit.mine.target_value = Some("125".to_owned());
        assert!(matches!(save(&owner, edit).await.0, WriteOutcome::Saved { .. }));
        assert_eq!(differences(&goal(), &owner.goal()), [path]);
    }
}

#[tokio::test]
async fn an_emptied_field_is_removed_and_the_order_stays() {
    let owner = Fake::new(Manner::Honest);
    let mut edit = edit();
    edit.mine.due = None;
    assert!(matches!(save(&owner, edit).await.0, WriteOutcome::Saved { .. }));
    assert_eq!(differences(&goal(), &owner.goal()), ["target[0].dueDate", "target[0]._dueDate"]);
    let names: Vec<_> = owner.goal().as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, goal().as_object().unwrap().keys().cloned().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_goal_without_status_and_notes_gets_both() {
    let mut bare = goal();
    bare.as_object_mut().unwrap().shift_remove("achievementStatus");
    bare.as_object_mut().unwrap().shift_remove("note");
    let owner = Fake::holding(bare.clone(), Manner::Honest);
    let mut edit = edit_of(&bare, 0);
    edit.mine.achievement = Some("achieved".to_owned());
    edit.note = Some("Done.".to_owned());
    edit.author.reference = Some("https://elsewhere.test/Practitioner/1".to_owned());
    assert!(matches!(save(&owner, edit).await.0, WriteOutcome::Saved { .. }));
    let now = owner.goal();
    assert_eq!(differences(&bare, &now), ["achievementStatus", "note"]);
    assert_eq!(
        now["achievementStatus"].to_string(),
        r#"{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/goal-achievement","code":"achieved","display":"Achieved"}]}"#
    );
    assert_eq!(now["note"].to_string(), r#"[{"authorString":"Dr. Ada","time":"2026-11-21T12:00:00Z","text":"Done."}]"#);
}

#[tokio::test]
async fn an_absent_value_that_is_given_is_no_longer_said_to_be_absent() {
    let mut absent = goal();
    let reason = r#"{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"},{"url":"urn:other"}]}"#;
    let target = absent["target"][0].as_object_mut().unwrap();
    target.shift_remove("dueDate");
    target.insert("_dueDate".to_owned(), serde_json::from_str(reason).unwrap());
    let owner = Fake::holding(absent.clone(), Manner::Honest);
    let mut edit = edit_of(&absent, 0);
    edit.mine.due = Some("2027".to_owned());
    assert!(matches!(save(&owner, edit).await.0, WriteOutcome::Saved { .. }));
    assert_eq!(owner.goal()["target"][0]["_dueDate"].to_string(), r#"{"extension":[{"url":"urn:other"}]}"#);
}

#[tokio::test]
async fn a_source_that_has_no_way_to_change_a_goal_seemed_to_have_no_such_goal() {
    let failed = async |manner| {
        let owner = Fake::new(manner);
        let (outcome, closed) = save(&owner, to_6_8()).await;
        assert_eq!((owner.puts.lock().unwrap().len(), closed), (1, Some(Closed::NotWritten)));
        outcome
    };
    let not_supported = FhirError::NotSupported { said: None };
    assert_eq!(failed(Manner::KnowsNoUpdate).await, WriteOutcome::Failed(not_supported));
    assert_eq!(failed(Manner::LosesIt).await, WriteOutcome::Failed(FhirError::NotFound));
}
