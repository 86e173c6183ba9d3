//! Activities.

use jiff::civil::date;
use shared_plan::Version;
use shared_plan::commands::{
    Done, Noted, add_activity, add_note, assign_activity, change_activity, change_member, complete_activity,
    move_activity,
};
use shared_plan::plan::{ActivityContent, ActivityStatus, Coded, MemberContent, Period, Plan, Schedule};

use crate::world::*;

fn with_activity(world: &World) -> Plan {
    add_activity(&draft(world), an_activity("Walking"), &world.act(&clinician(), None)).unwrap().plan
}

fn in_state(world: &World, ways: &[ActivityStatus]) -> Plan {
    ways.iter().fold(with_activity(world), |plan, to| {
        move_activity(&plan, activity(&plan), *to, &world.act(&clinician(), Some("so it is"))).unwrap().plan
    })
}

fn done(day: jiff::civil::Date) -> Done {
    Done { day, outcome: None, performed: Vec::new() }
}

#[test]
fn an_activity_is_added_as_requested() {
    let world = World::default();
    let by = clinician();
    let added = add_activity(&draft(&world), an_activity("Walking"), &world.act(&by, None));
    assert_eq!(outcome(&added), "v2: plan-revised of a part requested");
    let content = ActivityContent {
        schedule: Schedule {
            period: Period { start: Some(TODAY), end: Some(date(2026, 1, 1)) },
            ..Schedule::default()
        },
        goals: vec![nobody()],
        ..an_activity("")
    };
    let refused = add_activity(&draft(&world), content, &world.act(&by, None));
    assert_eq!(outcome(&refused), "/description empty, /schedule/period/end end-before-start, /goals/0 points-nowhere");
}

#[test]
fn an_activity_is_changed_while_it_is_open() {
    let world = World::default();
    let by = clinician();
    let plan = with_activity(&world);
    let id = activity(&plan);
    let changed = change_activity(&plan, id, an_activity("Swimming"), &world.act(&by, None));
    assert_eq!(outcome(&changed), "v3: plan-revised of a part requested");
    assert_eq!(changed.unwrap().plan.activities[0].version, Version(2));
    let same = change_activity(&plan, id, an_activity("Walking"), &world.act(&by, None));
    assert_eq!(outcome(&same), "nothing would change");
    let over = complete_activity(&plan, id, done(TODAY), &world.act(&by, None)).unwrap().plan;
    let late = change_activity(&over, id, an_activity("Swimming"), &world.act(&by, None));
    assert_eq!(outcome(&late), "an activity that is completed is not changed");
    let nowhere = change_activity(&plan, nobody(), an_activity("B"), &world.act(&by, None));
    assert_eq!(outcome(&nowhere), "the plan has no such activity");
}

#[test]
fn an_activity_moves_along_its_ways_but_is_completed_by_its_own_command() {
    let world = World::default();
    let by = clinician();
    for from in [
        &[][..],
        &[ActivityStatus::Accepted],
        &[ActivityStatus::Rejected],
        &[ActivityStatus::InProgress],
        &[ActivityStatus::OnHold],
        &[ActivityStatus::Failed],
        &[ActivityStatus::Cancelled],
        &[ActivityStatus::EnteredInError],
    ] {
        let plan = in_state(&world, from);
        let from = plan.activities[0].status;
        for to in ActivityStatus::ALL {
            let moved = move_activity(&plan, activity(&plan), to, &world.act(&by, Some("because")));
            let expected = if to == from {
                "nothing would change".to_owned()
            } else if from.may_become(to) && to != ActivityStatus::Completed {
                told(&format!("v{}: plan-revised of a part", plan.version.0 + 1), to.code())
            } else {
                format!("an activity that is {} may not become {}", from.code(), to.code())
            };
            assert_eq!(outcome(&moved), expected);
        }
    }
    let plan = with_activity(&world);
    let needs: Vec<&str> = ActivityStatus::ALL
        .into_iter()
        .filter(|to| outcome(&move_activity(&plan, activity(&plan), *to, &world.act(&by, None))) == "/reason empty")
        .map(ActivityStatus::code)
        .collect();
    assert_eq!(needs, ["rejected", "on-hold", "failed", "cancelled", "entered-in-error"]);
}

#[test]
fn an_activity_is_given_to_somebody_of_the_team_of_today() {
    let world = World::default();
    let by = coordinator();
    let plan = with_activity(&world);
    let id = activity(&plan);
    let ana = Some(member(&plan, 0));
    let given = assign_activity(&plan, id, ana, &world.act(&by, None));
    assert_eq!(outcome(&given), "v3: activity-assigned of a part requested");
    let given = given.unwrap().plan;
    assert_eq!(outcome(&assign_activity(&given, id, ana, &world.act(&by, None))), "nothing would change");
    let stranger = assign_activity(&given, id, Some(nobody()), &world.act(&by, None));
    assert_eq!(outcome(&stranger), "the plan has no such member");
    let nowhere = assign_activity(&given, nobody(), ana, &world.act(&by, None));
    assert_eq!(outcome(&nowhere), "the plan has no such activity");
    let mut said = Vec::new();
    for period in [
        Period { start: None, end: Some(date(2026, 11, 20)) },
        Period { start: Some(date(2026, 11, 22)), end: None },
        Period { start: Some(TODAY), end: Some(TODAY) },
    ] {
        let content = MemberContent { period, ..a_member("Ben Okafor") };
        let plan = change_member(&given, member(&given, 1), content, &world.act(&by, None)).unwrap().plan;
        said.push(outcome(&assign_activity(&plan, id, Some(member(&plan, 1)), &world.act(&by, None))));
    }
    assert_eq!(said, ["/member in-the-past", "/member in-the-future", "v5: activity-assigned of a part requested"]);
    let over = complete_activity(&given, id, done(TODAY), &world.act(&by, None)).unwrap().plan;
    let late = assign_activity(&over, id, None, &world.act(&by, None));
    assert_eq!(outcome(&late), "an activity that is completed is not changed");
}

#[test]
fn who_said_yes_or_no_said_it_for_themselves() {
    let world = World::default();
    let by = coordinator();
    for answer in [ActivityStatus::Accepted, ActivityStatus::Rejected] {
        let plan = in_state(&world, &[answer]);
        let given = assign_activity(&plan, activity(&plan), Some(member(&plan, 1)), &world.act(&by, None));
        assert_eq!(outcome(&given), "v4: activity-assigned of a part requested");
        assert_eq!(given.unwrap().plan.activities[0].status_reason, None);
    }
}

#[test]
fn an_activity_is_done_with_its_day_outcome_and_records() {
    let world = World::default();
    let by = patient();
    let plan = in_state(&world, &[ActivityStatus::OnHold]);
    let id = activity(&plan);
    let how = Done {
        day: date(2026, 11, 20),
        outcome: Some(Coded::text("Three kilometres")),
        performed: vec![foreign("Procedure", "9")],
    };
    let completed = complete_activity(&plan, id, how, &world.act(&by, None));
    assert_eq!(outcome(&completed), "v4: activity-completed of a part completed");
    let completed = completed.unwrap().plan;
    assert_eq!(completed.activities[0].status_reason, None);
    assert_eq!(completed.activities[0].completion.as_ref().unwrap().by, by);
    let twice = complete_activity(&completed, id, done(TODAY), &world.act(&by, None));
    assert_eq!(outcome(&twice), "an activity that is completed may not become completed");
    let mut blank = foreign("Procedure", "9");
    blank.kind = String::new();
    let wrong = Done { day: date(2026, 11, 22), outcome: Some(Coded::default()), performed: vec![blank] };
    assert_eq!(
        outcome(&complete_activity(&plan, id, wrong, &world.act(&by, None))),
        "/day in-the-future, /outcome empty, /performed/0/kind empty"
    );
    let noted = add_note(&completed, Noted::Activity(id), "Sore feet", &world.act(&by, None));
    assert_eq!(outcome(&noted), "v5: plan-revised of a part completed");
}
