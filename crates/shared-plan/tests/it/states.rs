//! Every state machine as a table: who changes a way, changes it here, and sees what else it means.

use shared_plan::concern::ConcernStatus;
use shared_plan::decision::DecisionStatus;
use shared_plan::overlay::OverlayStatus;
use shared_plan::plan::{ActivityStatus, GoalStatus, PlanStatus};

/// One line for each state: the states that may follow.
fn table<S: Copy>(all: &[S], code: impl Fn(S) -> &'static str, may: impl Fn(S, S) -> bool) -> String {
    let line = |from: &S| {
        let ways: Vec<&str> = all.iter().filter(|to| may(*from, **to)).map(|to| code(*to)).collect();
        format!("{} -> {}", code(*from), if ways.is_empty() { "nothing".to_owned() } else { ways.join(" ") })
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_ways_of_a_plan() {
    let ways = "\
draft -> active revoked entered-in-error
active -> on-hold revoked completed entered-in-error
on-hold -> active revoked completed entered-in-error
revoked -> entered-in-error
completed -> entered-in-error
entered-in-error -> nothing";
    assert_eq!(table(&PlanStatus::ALL, PlanStatus::code, PlanStatus::may_become), ways);
}

#[test]
fn the_ways_of_a_goal() {
    let ways = "\
proposed -> planned accepted active cancelled entered-in-error rejected
planned -> accepted active on-hold cancelled entered-in-error rejected
accepted -> active on-hold cancelled entered-in-error
active -> on-hold completed cancelled entered-in-error
on-hold -> active completed cancelled entered-in-error
completed -> active entered-in-error
cancelled -> active entered-in-error
entered-in-error -> nothing
rejected -> proposed entered-in-error";
    assert_eq!(table(&GoalStatus::ALL, GoalStatus::code, GoalStatus::may_become), ways);
}

#[test]
fn the_ways_of_an_activity() {
    let ways = "\
draft -> requested accepted in-progress completed cancelled entered-in-error
requested -> accepted rejected in-progress on-hold failed completed cancelled entered-in-error
accepted -> requested rejected in-progress on-hold failed completed cancelled entered-in-error
rejected -> requested cancelled entered-in-error
in-progress -> on-hold failed completed cancelled entered-in-error
on-hold -> requested in-progress failed completed cancelled entered-in-error
failed -> requested entered-in-error
completed -> entered-in-error
cancelled -> requested entered-in-error
entered-in-error -> nothing";
    assert_eq!(table(&ActivityStatus::ALL, ActivityStatus::code, ActivityStatus::may_become), ways);
}

#[test]
fn the_ways_of_a_concern() {
    let ways = "\
active -> inactive remission resolved entered-in-error
recurrence -> inactive remission resolved entered-in-error
relapse -> inactive remission resolved entered-in-error
inactive -> active recurrence relapse remission resolved entered-in-error
remission -> recurrence relapse inactive resolved entered-in-error
resolved -> recurrence relapse entered-in-error
entered-in-error -> nothing";
    assert_eq!(table(&ConcernStatus::ALL, ConcernStatus::code, ConcernStatus::may_become), ways);
}

#[test]
fn the_ways_of_an_overlay_and_of_a_decision() {
    let overlay = table(&OverlayStatus::ALL, OverlayStatus::code, OverlayStatus::may_become);
    assert_eq!(overlay, "standing -> withdrawn taken\nwithdrawn -> standing\ntaken -> standing");
    let decision = table(&DecisionStatus::ALL, DecisionStatus::code, DecisionStatus::may_become);
    assert_eq!(decision, "in-force -> withdrawn\nwithdrawn -> in-force");
}

#[test]
fn no_state_follows_itself_and_what_was_entered_in_error_stays_so() {
    assert!(PlanStatus::ALL.iter().all(|state| !state.may_become(*state)));
    assert!(GoalStatus::ALL.iter().all(|state| !state.may_become(*state)));
    assert!(ActivityStatus::ALL.iter().all(|state| !state.may_become(*state)));
    assert!(ConcernStatus::ALL.iter().all(|state| !state.may_become(*state)));
    assert!(GoalStatus::ALL.iter().all(|state| !GoalStatus::EnteredInError.may_become(*state)));
}

/// Whether time runs, whether it is open.
#[test]
fn what_each_state_means_for_days_and_for_closing() {
    let goals: Vec<&str> = GoalStatus::ALL.iter().filter(|s| s.is_pursued()).map(|s| s.code()).collect();
    assert_eq!(goals, ["planned", "accepted", "active"]);
    let open: Vec<&str> = GoalStatus::ALL.iter().filter(|s| s.is_open()).map(|s| s.code()).collect();
    assert_eq!(open, ["proposed", "planned", "accepted", "active", "on-hold"]);
    let awaited: Vec<&str> = ActivityStatus::ALL.iter().filter(|s| s.is_awaited()).map(|s| s.code()).collect();
    assert_eq!(awaited, ["requested", "accepted", "rejected", "in-progress"]);
    let open: Vec<&str> = ActivityStatus::ALL.iter().filter(|s| s.is_open()).map(|s| s.code()).collect();
    assert_eq!(open, ["draft", "requested", "accepted", "rejected", "in-progress", "on-hold"]);
    let current: Vec<&str> = ConcernStatus::ALL.iter().filter(|s| s.is_current()).map(|s| s.code()).collect();
    assert_eq!(current, ["active", "recurrence", "relapse"]);
}
