//! Somebody else writes too.

use write_back::{Closed, GoalFields, Warning, WriteOutcome};

use crate::desk::{edit, goal, save, to_6_8, with_note};
use crate::owner::{Fake, Manner, other_description, other_value};

#[track_caller]
fn conflict(outcome: WriteOutcome) -> (GoalFields, Option<String>) {
    match outcome {
        WriteOutcome::Conflict { theirs, version, base, mine } => {
            assert_eq!((base, mine), (edit().base, to_6_8().mine), "nothing typed is lost");
            (theirs, version)
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_version_that_was_not_seen_is_a_conflict_and_nothing_is_sent() {
    for change in [other_value, other_description] {
        let owner = Fake::new(Manner::Honest);
        owner.others_write(change);
        let (outcome, closed) = save(&owner, to_6_8()).await;
        let (theirs, version) = conflict(outcome);
        assert_eq!(theirs, GoalFields::of(&owner.goal(), 0));
        assert_eq!((version.as_deref(), closed), (Some("2"), Some(Closed::Conflict)));
        assert!(!owner.was_asked_to_write());
    }
}

#[tokio::test]
async fn after_a_conflict_the_edit_can_be_sent_again_against_the_new_version() {
    let owner = Fake::new(Manner::Honest);
    owner.others_write(other_value);
    let (theirs, version) = conflict(save(&owner, to_6_8()).await.0);
    let mut again = to_6_8();
    (again.base, again.seen_version) = (theirs, version);
    assert!(matches!(save(&owner, again).await.0, WriteOutcome::Saved { .. }));
    assert_eq!(GoalFields::of(&owner.goal(), 0).target_value.as_deref(), Some("6.8"));
}

#[tokio::test]
async fn a_change_between_reading_and_writing_is_a_conflict() {
    let owner = Fake { interloper: Some(other_value), ..Fake::new(Manner::Honest) };
    let (outcome, closed) = save(&owner, to_6_8()).await;
    let (theirs, version) = conflict(outcome);
    assert_eq!((theirs.target_value.as_deref(), version.as_deref()), (Some("7.5"), Some("2")));
    assert_eq!(closed, Some(Closed::Conflict));
    assert_eq!(GoalFields::of(&owner.goal(), 0), theirs);
}

#[tokio::test]
async fn a_lost_update_at_a_source_that_ignores_if_match_is_noticed() {
    let owner = Fake { interloper: Some(other_description), ..Fake::new(Manner::IgnoresIfMatch) };
    let (outcome, _) = save(&owner, to_6_8()).await;
    let WriteOutcome::Saved { warnings, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(warnings, [Warning::VersionSkipped { from: "1".to_owned(), to: "3".to_owned() }]);
}

#[tokio::test]
async fn a_request_that_was_sent_twice_on_the_way_is_no_conflict_with_itself() {
    let (outcome, closed) = save(&Fake::new(Manner::HearsTwice), with_note("Walks daily.")).await;
    assert!(matches!(outcome, WriteOutcome::Saved { ref warnings, .. } if warnings.is_empty()), "{outcome:?}");
    assert_eq!(closed, Some(Closed::Saved));
}

#[tokio::test]
async fn without_versions_the_fields_are_compared() {
    let mut bare = goal();
    bare.as_object_mut().unwrap().shift_remove("meta");
    let owner = Fake { versions: false, ..Fake::holding(bare, Manner::Honest) };
    let mut edit = to_6_8();
    edit.seen_version = None;
    assert!(matches!(save(&owner, edit.clone()).await.0, WriteOutcome::Saved { .. }));
    // The source has 6.8 now, and the form was drawn when it had 7.10.
    assert!(matches!(save(&owner, edit).await.0, WriteOutcome::Conflict { .. }));
}

#[tokio::test]
async fn a_form_whose_base_is_not_what_the_source_has_is_a_conflict_at_the_same_version_too() {
    let owner = Fake::new(Manner::Honest);
    let mut edit = to_6_8();
    edit.base.due = Some("2020".to_owned());
    assert!(matches!(save(&owner, edit).await.0, WriteOutcome::Conflict { .. }));
    assert!(!owner.was_asked_to_write());
}
