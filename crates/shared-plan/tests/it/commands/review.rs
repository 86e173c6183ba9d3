//! Review and sign-off.

use access::Role;
use jiff::civil::date;
use shared_plan::Version;
use shared_plan::commands::{
    add_activity, add_goal, ask_for_changes, change_plan, hold, judge_goal, send_to_review, set_next_review, sign_off,
};
use shared_plan::plan::{Achievement, GoalStatus, Plan, ReviewState, Workflow};

use super::plan::active;
use crate::world::*;

fn in_review(world: &World, roles: &[Role]) -> Plan {
    send_to_review(&draft(world), roles.to_vec(), &world.act(&coordinator(), None)).unwrap().plan
}

#[test]
fn a_plan_is_approved_with_the_last_signature() {
    let world = World::default();
    let by = coordinator();
    let sent = send_to_review(&draft(&world), vec![Role::Clinician, Role::Patient], &world.act(&by, None));
    assert_eq!(outcome(&sent), "v2: plan-revised in-review");
    let first = sign_off(&sent.unwrap().plan, Role::Patient, &world.act(&patient(), None));
    assert_eq!(outcome(&first), "v3: plan-revised draft");
    let first = first.unwrap().plan;
    assert_eq!(first.review.missing().collect::<Vec<_>>(), [Role::Clinician]);
    assert_eq!(first.workflow(TODAY), Workflow::InReview);
    let twice = sign_off(&first, Role::Patient, &world.act(&patient(), None));
    assert_eq!(outcome(&twice), "this role has signed already");
    let last = sign_off(&first, Role::Clinician, &world.act(&clinician(), None));
    assert_eq!(outcome(&last), "v4: plan-approved approved");
    let last = last.unwrap().plan;
    assert_eq!(last.review.approved, Some(Version(4)));
    assert_eq!(last.workflow(TODAY), Workflow::Approved);
}

#[test]
fn a_review_needs_somebody_each_once_and_who_may_sign() {
    let world = World::default();
    let by = coordinator();
    let plan = draft(&world);
    let send = |roles: &[Role]| outcome(&send_to_review(&plan, roles.to_vec(), &world.act(&by, None)));
    assert_eq!(send(&[]), "/roles empty");
    assert_eq!(send(&[Role::Patient, Role::Patient]), "/roles twice");
    let sent = in_review(&world, &[Role::Patient]);
    let again = send_to_review(&sent, vec![Role::Clinician], &world.act(&by, None));
    assert_eq!(outcome(&again), "the plan is in review already");
    let stranger = sign_off(&sent, Role::Clinician, &world.act(&clinician(), None));
    assert_eq!(outcome(&stranger), "this role was not asked to sign");
    let outside = sign_off(&plan, Role::Patient, &world.act(&patient(), None));
    assert_eq!(outcome(&outside), "the plan is not in review");
}

/// The policy lets no carer sign, so a review that asked one never ended.
#[test]
fn a_carer_is_not_asked_to_sign() {
    let world = World::default();
    let by = coordinator();
    let asked = vec![Role::Clinician, Role::Carer];
    assert_eq!(outcome(&send_to_review(&draft(&world), asked, &world.act(&by, None))), "/roles not-a-choice");
}

#[test]
fn a_plan_is_given_back_with_a_reason() {
    let world = World::default();
    let by = clinician();
    let plan = in_review(&world, &[Role::Clinician]);
    let ask = |plan: &Plan, role, why| outcome(&ask_for_changes(plan, role, &world.act(&by, why)));
    assert_eq!(ask(&plan, Some(Role::Clinician), None), "/reason empty");
    assert_eq!(ask(&plan, Some(Role::Patient), Some("no")), "this role was not asked to sign");
    assert_eq!(ask(&draft(&world), None, Some("no")), "the plan is not in review");
    let back = ask_for_changes(&plan, Some(Role::Clinician), &world.act(&by, Some("target too low")));
    assert_eq!(outcome(&back), "v3: plan-revised draft");
    let back = back.unwrap().plan;
    assert_eq!((back.review.state, back.review.asked.len()), (ReviewState::Draft, 0));
    assert_eq!(ask(&plan, None, Some("sent too early")), "v3: plan-revised draft");
}

#[test]
fn signatures_are_void_when_what_was_signed_changes() {
    let world = World::default();
    let by = coordinator();
    let plan = in_review(&world, &[Role::Clinician, Role::Patient]);
    let signed = sign_off(&plan, Role::Patient, &world.act(&patient(), None)).unwrap().plan;
    let changed = change_plan(&signed, titled("Other"), &world.act(&by, None)).unwrap().plan;
    assert_eq!((changed.review.state, changed.review.signed.len()), (ReviewState::InReview, 0));
    let in_force = active(&world);
    let revised = add_activity(&in_force, an_activity("Walking"), &world.act(&by, None)).unwrap().plan;
    assert_eq!((revised.review.state, revised.review.signed.len()), (ReviewState::Revised, 0));
    assert_eq!(revised.workflow(TODAY), Workflow::Revised);
    assert_eq!(revised.review.approved, in_force.review.approved, "what was approved stays known");
}

#[test]
fn progress_leaves_signatures_standing() {
    let world = World::default();
    let by = clinician();
    let plan =
        add_goal(&draft(&world), a_goal("A"), Vec::new(), GoalStatus::Active, &world.act(&by, None)).unwrap().plan;
    let plan = send_to_review(&plan, vec![Role::Clinician], &world.act(&by, None)).unwrap().plan;
    let plan = sign_off(&plan, Role::Clinician, &world.act(&by, None)).unwrap().plan;
    let judged = judge_goal(&plan, goal(&plan), Achievement::Improving, &world.act(&by, None)).unwrap().plan;
    assert_eq!((judged.review.state, judged.review.signed.len()), (ReviewState::Approved, 1));
}

/// One word hid the other: a plan that lay with its reviewers, or was changed, was never seen to be overdue.
#[test]
fn a_plan_in_review_hid_that_its_review_was_due() {
    let world = World::default();
    let by = clinician();
    let plan = set_next_review(&active(&world), Some(TODAY), &world.act(&by, None)).unwrap().plan;
    let tomorrow = date(2026, 11, 22);
    assert_eq!(plan.standing(tomorrow), [Workflow::Active, Workflow::ReviewDue]);
    let sent = send_to_review(&plan, vec![Role::Clinician], &world.act(&by, None)).unwrap().plan;
    assert_eq!(sent.standing(tomorrow), [Workflow::Active, Workflow::InReview, Workflow::ReviewDue]);
    assert_eq!((sent.workflow(tomorrow), sent.is_review_due(tomorrow)), (Workflow::InReview, true));
    let revised = change_plan(&plan, titled("Other"), &world.act(&by, None)).unwrap().plan;
    assert_eq!(revised.standing(tomorrow), [Workflow::Active, Workflow::Revised, Workflow::ReviewDue]);
    let held = hold(&sent, &world.act(&by, Some("ill"))).unwrap().plan;
    assert_eq!(held.standing(tomorrow), [Workflow::OnHold, Workflow::InReview], "time does not run for it");
}

/// The day had passed for ever: the plan was due for review on the day on which all had signed it.
#[test]
fn a_review_that_was_done_was_still_due() {
    let world = World::default();
    let by = clinician();
    let plan = set_next_review(&active(&world), Some(TODAY), &world.act(&by, None)).unwrap().plan;
    let sent = send_to_review(&plan, vec![Role::Clinician], &world.act(&by, None)).unwrap().plan;
    let signed = sign_off(&sent, Role::Clinician, &world.act(&by, None)).unwrap().plan;
    assert_eq!((signed.review.next, signed.standing(date(2027, 1, 1))), (None, vec![Workflow::Active]));
    let later = set_next_review(&plan, Some(date(2027, 5, 1)), &world.act(&by, None)).unwrap().plan;
    let sent = send_to_review(&later, vec![Role::Clinician], &world.act(&by, None)).unwrap().plan;
    let signed = sign_off(&sent, Role::Clinician, &world.act(&by, None)).unwrap().plan;
    assert_eq!(signed.review.next, Some(date(2027, 5, 1)), "a review between leaves the day that was agreed");
}

/// The plan was in force and signed by all; sent to review by mistake, it had lost every signature for good, and was said to
/// be “changed since it was approved” where nothing was.
#[test]
fn an_approved_plan_that_was_sent_to_review_by_mistake_lost_its_signatures() {
    let world = World::default();
    let by = coordinator();
    let approved = active(&world);
    let sent = send_to_review(&approved, vec![Role::Clinician, Role::Patient], &world.act(&by, None)).unwrap().plan;
    let sent = sign_off(&sent, Role::Patient, &world.act(&patient(), None)).unwrap().plan;
    let take_back = |plan: &Plan| ask_for_changes(plan, None, &world.act(&by, Some("by mistake"))).unwrap().plan;
    assert_eq!(take_back(&sent).review, approved.review);
    let changed = change_plan(&sent, titled("Other"), &world.act(&by, None)).unwrap().plan;
    let back = take_back(&changed).review;
    assert_eq!((back.state, back.signed.len(), back.approved), (ReviewState::Revised, 0, approved.review.approved));
    let doubted = ask_for_changes(&sent, Some(Role::Clinician), &world.act(&clinician(), Some("too strict")));
    let doubted = doubted.unwrap().plan;
    assert_eq!((doubted.review.state, doubted.review.signed.len()), (ReviewState::Revised, 0), "a reviewer objects");
    let again = send_to_review(&doubted, vec![Role::Clinician], &world.act(&by, None)).unwrap().plan;
    assert_eq!(take_back(&again).review.state, ReviewState::Revised);
}

/// The screen said of each that they had not signed yet, though nobody had been asked.
#[test]
fn who_had_signed_a_plan_that_was_changed_was_still_asked() {
    let world = World::default();
    let revised = change_plan(&active(&world), titled("Other"), &world.act(&clinician(), None)).unwrap().plan;
    assert_eq!((revised.review.asked.len(), revised.review.missing().count()), (0, 0));
}

#[test]
fn the_day_of_the_next_review_is_set_and_passes() {
    let world = World::default();
    let by = clinician();
    let plan = active(&world);
    let set = set_next_review(&plan, Some(TODAY), &world.act(&by, None));
    assert_eq!(outcome(&set), "v5: plan-revised active");
    let set = set.unwrap().plan;
    assert_eq!(set.workflow(TODAY), Workflow::Active);
    assert_eq!(set.workflow(date(2026, 11, 22)), Workflow::ReviewDue);
    assert_eq!(outcome(&set_next_review(&set, Some(TODAY), &world.act(&by, None))), "nothing would change");
    let past = set_next_review(&set, Some(date(2026, 11, 20)), &world.act(&by, None));
    assert_eq!(outcome(&past), "/next in-the-past");
    assert_eq!(outcome(&set_next_review(&set, None, &world.act(&by, None))), "v6: plan-revised active");
}
