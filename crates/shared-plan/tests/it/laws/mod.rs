//! What no sequence of commands can break.

mod figures;
pub mod moves;

use std::collections::BTreeSet;

use proptest::prelude::*;
use shared_plan::commands::{Changed, Refusal};
use shared_plan::plan::{ActivityStatus, GoalStatus, Plan, PlanStatus, ReviewState};

use crate::commands::plan::active;
use crate::compared;
use crate::world::*;
use moves::apply;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_sequence_of_commands_breaks_a_law(
        in_force: bool,
        moves in prop::collection::vec(any::<[u8; 4]>(), 0..60),
    ) {
        let world = World::default();
        let first = if in_force { active(&world) } else { draft(&world) };
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

/// The property would say nothing of a command that is never accepted, or of a plan that never comes into force.
#[test]
fn the_dice_reach_every_command_and_every_state() {
    let mut reached = BTreeSet::new();
    let mut dice = 1_u64;
    for round in 0..80 {
        let world = World::default();
        let mut plan = if round % 2 == 0 { active(&world) } else { draft(&world) };
        for _ in 0..80 {
            // Knuth's multiplier: any will do that is the same tomorrow.
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let one = [(dice >> 32) as u8, (dice >> 40) as u8, (dice >> 48) as u8, (dice >> 56) as u8];
            let Ok(changed) = apply(&plan, one, &world) else { continue };
            accepted(&plan, &changed, &world);
            plan = changed.plan;
            reached.insert(format!("command {:02}", one[0] % moves::COMMANDS));
            reached.insert(format!("plan {}", plan.status.code()));
            reached.insert(format!("review {:?}", plan.review.state));
            reached.extend(plan.goals.iter().map(|goal| format!("goal {}", goal.status.code())));
            reached.extend(plan.activities.iter().map(|activity| format!("activity {}", activity.status.code())));
        }
    }
    let mut missing: Vec<String> = (0..moves::COMMANDS).map(|number| format!("command {number:02}")).collect();
    missing.extend(PlanStatus::ALL.iter().map(|status| format!("plan {}", status.code())));
    missing.extend(["Draft", "InReview", "Approved", "Revised"].map(|state| format!("review {state}")));
    missing.extend(GoalStatus::ALL.iter().map(|status| format!("goal {}", status.code())));
    missing.extend(ActivityStatus::ALL.iter().map(|status| format!("activity {}", status.code())));
    missing.retain(|one| !reached.contains(one));
    assert_eq!(missing, ["activity draft"], "no command makes a draft of an activity");
}

fn accepted(before: &Plan, changed: &Changed, world: &World) {
    let after = &changed.plan;
    counts(before, changed);
    identity(before, after);
    ways(before, after);
    review(before, after);
    let commit = changed.commit(world, None);
    figures::told(before, after, &commit.events);
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
        assert_eq!((after.open_activities().count(), after.open_goals().count()), (0, 0));
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
