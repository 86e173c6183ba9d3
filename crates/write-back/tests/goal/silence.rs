//! A source that does not answer: unknown, not failed, until it is looked at again.

use fhir_client::FhirError;
use write_back::{Closed, Unproven, WriteOutcome, differences};

use crate::desk::{goal, save, to_6_8, with_note};
use crate::owner::{Fake, Manner, other_description};

#[tokio::test]
async fn a_timeout_after_writing_is_found_to_be_saved() {
    for edit in [to_6_8(), with_note("Walks daily.")] {
        let (outcome, closed) = save(&Fake::new(Manner::SilentAfter), edit).await;
        assert!(matches!(outcome, WriteOutcome::Saved { ref warnings, .. } if warnings.is_empty()), "{outcome:?}");
        assert_eq!(closed, Some(Closed::Saved));
    }
}

#[tokio::test]
async fn a_timeout_before_writing_is_found_to_be_not_written() {
    for edit in [to_6_8(), with_note("Walks daily.")] {
        let owner = Fake::new(Manner::SilentBefore);
        let (outcome, closed) = save(&owner, edit).await;
        assert_eq!((outcome, closed), (WriteOutcome::Failed(FhirError::TimedOut), Some(Closed::NotWritten)));
        assert_eq!(differences(&goal(), &owner.goal()), [""; 0]);
        assert_eq!(owner.puts.lock().unwrap().len(), 1, "a write is never sent again by itself");
    }
}

#[tokio::test]
async fn a_timeout_while_others_write_stays_unclear_and_open() {
    let owner = Fake::new(Manner::SilentWhileOthersWrite(other_description));
    let (outcome, closed) = save(&owner, to_6_8()).await;
    assert_eq!((outcome, closed), (WriteOutcome::Unclear(Unproven::ChangedMeanwhile), None));
}

#[tokio::test]
async fn a_source_that_went_away_stays_unclear_and_open() {
    for manner in [Manner::SilentBefore, Manner::SilentAfter] {
        let owner = Fake { dies_after_put: true, ..Fake::new(manner) };
        let (outcome, closed) = save(&owner, to_6_8()).await;
        assert_eq!((outcome, closed), (WriteOutcome::Unclear(Unproven::NotReadAgain(FhirError::Unreachable)), None));
    }
}
