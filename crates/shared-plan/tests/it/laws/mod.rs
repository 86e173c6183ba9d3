//! What no sequence of commands can break.

mod moves;

use proptest::prelude::*;
use shared_plan::commands::{Changed, Refusal};
use shared_plan::plan::{Plan, PlanStatus, ReviewState};

use crate::compared;
use crate::world::*;
use moves::apply;

proptest! {
    #[test]
    fn no_sequence_of_commands_breaks_a_law(moves in prop::collection::vec(any::<[u8; 4]>(), 0..60)) {
        let world = World::default();
        let first = draft(&world);
        let mut plan = first.clone();
        for one in moves {
            let before = plan.clone();
            let result = apply(&plan, one, &world);
            prop_assert_eq!(&plan, &before, "a command works on a copy");
            match result {
                Ok(changed) => {
                    accepted(&before, &changed, &world);
                    plan = changed.plan;
                }
                Err(refusal) => refused(&before, &refusal),
            }
        }
        compared::check(&first, &plan, "the first version and the last");
    }
}

fn accepted(before: &Plan, changed: &Changed, world: &World) {
    let after = &changed.plan;
    counts(before, changed);
    identity(before, after);
    ways(before, after);
    review(before, after);
    let commit = changed.commit(world, None);
    let document = &commit.document;
    assert_eq!((document.version, document.status.as_str()), (after.version, after.status.code()));
    let read = Plan::from_document(document).unwrap();
    assert_eq!(&read, after);
    assert_eq!(read.to_document(document.by.clone(), document.reason.clone()).content, document.content);
    assert!(after.status == PlanStatus::Active || commit.dues.is_empty(), "time runs for a plan in force only");
    let known: Vec<&str> = commit.parts.iter().map(|part| part.id.as_str()).chain([document.key.id.as_str()]).collect();
    assert!(commit.dues.iter().all(|due| known.contains(&due.part.as_str())));
    assert!(!commit.events.is_empty(), "a change that nobody is told of");
    assert!(commit.events.iter().zip(0..).all(|(event, index)| event.index == index && event.version == after.version));
    compared::check(before, after, "one command");
}

/// The version grows by one; those of parts never fall, and grow by one at most.
fn counts(before: &Plan, changed: &Changed) {
    let after = &changed.plan;
    assert_eq!((after.version, changed.seen), (before.version.next(), Some(before.version)));
    let grows = |was: shared_plan::Version, is| is == was || is == was.next();
    assert!(before.goals.iter().zip(&after.goals).all(|(was, is)| grows(was.version, is.version)));
    assert!(before.activities.iter().zip(&after.activities).all(|(was, is)| grows(was.version, is.version)));
    assert!(grows(before.team.version, after.team.version));
    // What changed has a new version, what has a new version changed.
    for (was, is) in before.goals.iter().zip(&after.goals) {
        assert_eq!(was.version == is.version, was == is);
    }
    for (was, is) in before.activities.iter().zip(&after.activities) {
        assert_eq!(was.version == is.version, was == is);
    }
    assert_eq!(before.team.version == after.team.version, before.team == after.team);
}

/// What is for ever; parts keep their ids and their places, and none leaves.
fn identity(before: &Plan, after: &Plan) {
    assert_eq!((&before.id, &before.tenant, &before.person), (&after.id, &after.tenant, &after.person));
    assert_eq!((&before.created, &before.author, before.team.id), (&after.created, &after.author, after.team.id));
    let kept = |was: Vec<String>, is: Vec<String>| assert_eq!(was[..], is[..was.len()]);
    let goals = |plan: &Plan| plan.goals.iter().map(|goal| goal.id.to_string()).collect();
    let activities = |plan: &Plan| plan.activities.iter().map(|activity| activity.id.to_string()).collect();
    let members = |plan: &Plan| plan.team.members.iter().map(|member| member.id.to_string()).collect();
    let notes = |plan: &Plan, at: usize| plan.goals[at].notes.iter().map(|note| note.id.to_string()).collect();
    kept(goals(before), goals(after));
    kept(activities(before), activities(after));
    kept(members(before), members(after));
    (0..before.goals.len()).for_each(|at| kept(notes(before, at), notes(after, at)));
}

/// Every state follows the former one by its table.
fn ways(before: &Plan, after: &Plan) {
    let fine = before.status == after.status || before.status.may_become(after.status);
    assert!(fine, "a plan from {:?} to {:?}", before.status, after.status);
    for (was, is) in before.goals.iter().zip(&after.goals) {
        let fine = was.status == is.status || was.status.may_become(is.status);
        assert!(fine, "a goal from {:?} to {:?}", was.status, is.status);
    }
    for (was, is) in before.activities.iter().zip(&after.activities) {
        let fine = was.status == is.status || was.status.may_become(is.status);
        assert!(fine, "an activity from {:?} to {:?}", was.status, is.status);
    }
    if before.status.is_closed() {
        assert_eq!(after.status, PlanStatus::EnteredInError, "a closed plan accepts nothing else");
    }
    if after.status.is_closed() {
        assert_eq!(after.open_activities().count(), 0);
    }
}

/// A signature is for what was read.
fn review(before: &Plan, after: &Plan) {
    let says = |plan: &Plan| {
        let goals: Vec<_> = plan.goals.iter().map(|goal| goal.content.clone()).collect();
        let activities: Vec<_> = plan.activities.iter().map(|activity| activity.content.clone()).collect();
        (plan.content.clone(), goals, activities, plan.team.members.clone())
    };
    if says(before) != says(after) {
        assert!(after.review.signed.is_empty(), "signatures are void when what was signed changes");
        assert_ne!(after.review.state, ReviewState::Approved);
    }
    if after.review.state == ReviewState::Approved {
        assert_eq!(after.review.missing().count(), 0);
        assert!(after.review.approved.is_some());
    }
    if after.review.state == ReviewState::InReview {
        assert!(!after.review.asked.is_empty());
    }
    if before.status == PlanStatus::Draft && after.status == PlanStatus::Active {
        assert_eq!(before.review.state, ReviewState::Approved);
    }
    assert!(before.review.approved <= after.review.approved);
}

fn refused(before: &Plan, refusal: &Refusal) {
    if matches!(refusal, Refusal::Closed) {
        assert!(before.status.is_closed());
    }
    if let Refusal::Invalid(problems) = refusal {
        assert!(!problems.is_empty());
    }
}
