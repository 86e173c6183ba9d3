//! A process ended in the middle; the next one looks at what it left.

use jiff::{Timestamp, ToSpan};
use write_back::{Closed, GoalEdit, Intent, Intents, Resumed};

use crate::desk::{launch, noon, save, tenant, to_6_8, with_note, writer};
use crate::owner::{Fake, Manner, other_description};

/// Resumes an intent that a process left open, and tells how it was closed.
async fn resume(owner: &Fake, edit: GoalEdit, now: Timestamp) -> (Resumed, Option<Closed>) {
    let intent = Intent { launch: launch(), edit, opened: noon() };
    owner.memory.open(&tenant(), &intent).await.unwrap();
    let writer = writer(&owner.memory, now);
    let (id, found) = writer.unfinished(&tenant()).await.unwrap().remove(0);
    assert_eq!(found, intent);
    (writer.resume(&tenant(), &id, &found, owner).await, owner.memory.outcomes()[0])
}

fn later() -> Timestamp {
    noon() + 5.minutes()
}

/// An owner that has the edit, saved by a process that could not close its intent.
async fn owner_with(edit: GoalEdit) -> Fake {
    let owner = Fake::new(Manner::Honest);
    save(&owner, edit).await;
    Fake { memory: std::sync::Arc::default(), ..owner }
}

#[tokio::test]
async fn what_arrived_is_closed_as_saved() {
    for edit in [to_6_8(), with_note("Walks daily.")] {
        let owner = owner_with(edit.clone()).await;
        assert_eq!(resume(&owner, edit, later()).await, (Resumed::Saved, Some(Closed::Saved)));
        assert_eq!(owner.puts.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_never_left_is_closed_as_not_written_and_not_sent_again() {
    for edit in [to_6_8(), with_note("Walks daily.")] {
        let owner = Fake::new(Manner::Honest);
        assert_eq!(resume(&owner, edit, later()).await, (Resumed::NotWritten, Some(Closed::NotWritten)));
        assert!(!owner.was_asked_to_write());
    }
}

#[tokio::test]
async fn what_can_not_be_proven_stays_open_for_a_day() {
    let owner = Fake::new(Manner::Honest);
    owner.others_write(other_description);
    assert_eq!(resume(&owner, to_6_8(), later()).await, (Resumed::StillOpen, None));

    let owner = Fake::new(Manner::Honest);
    owner.others_write(other_description);
    assert_eq!(resume(&owner, to_6_8(), noon() + 24.hours()).await, (Resumed::GivenUp, Some(Closed::Unknown)));
}

#[tokio::test]
async fn a_young_intent_may_be_under_way_and_is_left_alone() {
    let owner = Fake::new(Manner::Honest);
    assert_eq!(resume(&owner, to_6_8(), noon() + 2.minutes()).await, (Resumed::StillOpen, None));
}
