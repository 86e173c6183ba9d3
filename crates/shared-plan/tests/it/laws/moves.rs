//! Commands by dice. Places are taken from what is there, so that most commands find their part.

use access::Role;
use jiff::ToSpan;
use jiff::civil::Date;
use shared_plan::commands::{
    Changed, Closing, Done, GoalLeft, LeftOpen, NewTarget, Noted, Refusal, accept_goal, activate, add_activity_for,
    add_goal, add_member, add_note, ask_for_changes, assign_activity, change_activity, change_goal, change_member,
    change_plan, close, complete_activity, correct_achievement, hold, judge_goal, move_activity, move_goal, resume,
    send_to_review, set_next_review, sign_off,
};
use shared_plan::plan::{
    About, AcceptanceAnswer, Achievement, Activity, ActivityContent, ActivityStatus, Coded, Goal, GoalContent,
    GoalStatus, Member, MemberContent, Period, Plan, PlanContent, PlanStatus, Priority, Schedule, TargetValue,
};
use shared_plan::{Id, Who};

use crate::world::*;

/// How many kinds of moves there are; some commands are two of them.
pub const COMMANDS: u8 = 26;

/// Carries out the command that four numbers name.
pub fn apply(plan: &Plan, [what, part, one, two]: [u8; 4], world: &World) -> Result<Changed, Refusal> {
    let by = people()[usize::from(two) % 4].clone();
    let reason = (two % 7 != 0).then_some("because");
    let act = world.act(&by, reason);
    let role = by.role.unwrap();
    let goal: Id<Goal> = pick(part, plan.goals.iter().map(|goal| goal.id));
    let activity: Id<Activity> = pick(part, plan.activities.iter().map(|activity| activity.id));
    let member: Id<Member> = pick(part, plan.team.members.iter().map(|member| member.id));
    match what % COMMANDS {
        0 | 1 => add_goal(plan, goal_content(one, plan), targets(one, two, None), of(two, &GoalStatus::ALL), &act),
        2 => change_goal(plan, goal, goal_content(one, plan), targets(one, two, plan.goal(goal)), &act),
        3 | 4 => move_goal(plan, goal, of(one, &GoalStatus::ALL), &act),
        5 if two.is_multiple_of(5) => correct_achievement(plan, goal, of(one, &Achievement::ALL), &act),
        5 => judge_goal(plan, goal, of(one, &Achievement::ALL), &act),
        6 => accept_goal(plan, goal, of(one, &ANSWERS), two.is_multiple_of(3).then_some(Priority::High), &act),
        7 => add_note(
            plan,
            if one.is_multiple_of(2) { Noted::Goal(goal) } else { Noted::Activity(activity) },
            "A note",
            &act,
        ),
        8 | 9 => {
            let assigned = two.is_multiple_of(3).then_some(member);
            add_activity_for(plan, activity_content(one, two, plan), assigned, &act)
        }
        10 => change_activity(plan, activity, activity_content(one, two, plan), &act),
        11 | 12 => move_activity(plan, activity, of(one, &ActivityStatus::ALL), &act),
        13 => assign_activity(plan, activity, (one % 4 != 0).then_some(member), &act),
        14 => complete_activity(plan, activity, done(one), &act),
        15 => add_member(plan, member_content(one, two), &act),
        16 => change_member(plan, member, member_content(one, two), &act),
        17 => change_plan(plan, plan_content(one, two, plan), &act),
        18 => send_to_review(plan, roles(one), &act),
        19 | 20 => sign_off(plan, role, &act),
        21 => ask_for_changes(plan, one.is_multiple_of(2).then_some(role), &act),
        22 => activate(plan, &act),
        23 if one.is_multiple_of(2) => hold(plan, &act),
        23 => resume(plan, &act),
        24 => set_next_review(plan, (one % 4 != 0).then(|| day(one)), &act),
        // Not too often: the law is about what comes before.
        _ if part % 4 != 0 && !plan.status.is_closed() => activate(plan, &act),
        _ => close(plan, &closing(one, two, plan), &act),
    }
}

const ANSWERS: [AcceptanceAnswer; 3] = [AcceptanceAnswer::Agree, AcceptanceAnswer::Disagree, AcceptanceAnswer::Pending];

fn people() -> [Who; 4] {
    [clinician(), patient(), coordinator(), carer()]
}

fn of<T: Copy>(number: u8, all: &[T]) -> T {
    all[usize::from(number) % all.len()]
}

/// One of these ids; one time in sixteen, or where there is none, one that nothing has.
fn pick<T>(number: u8, ids: impl Iterator<Item = Id<T>>) -> Id<T> {
    let ids: Vec<_> = ids.collect();
    if ids.is_empty() || number % 16 == 15 { nobody() } else { ids[usize::from(number) % ids.len()] }
}

/// A day around today, mostly after it.
fn day(number: u8) -> Date {
    TODAY.checked_add((i64::from(number) - 20).days()).unwrap()
}

fn targets(one: u8, two: u8, goal: Option<&Goal>) -> Vec<NewTarget> {
    let known = goal.and_then(|goal| goal.content.targets.first()).map(|target| target.id);
    let value = match two % 4 {
        0 => TargetValue::Quantity(percent(["7.5", "7.50", "8"][usize::from(one) % 3])),
        1 => TargetValue::Range { low: Some(percent("6")), high: Some(percent(["7", "5.9"][usize::from(one) % 2])) },
        2 => TargetValue::Concept(coded("Never", "n")),
        _ => TargetValue::Text("as I like".to_owned()),
    };
    let first = NewTarget { id: known, value: Some(value), ..hba1c("7", Some(day(one))) };
    let second = NewTarget { due: None, ..hba1c("120", None) };
    [first, second].into_iter().take(usize::from(two % 3)).collect()
}

fn goal_content(one: u8, plan: &Plan) -> GoalContent {
    GoalContent {
        priority: one.is_multiple_of(3).then_some(Priority::Low),
        start: one.is_multiple_of(2).then(|| day(one / 2)),
        addresses: abouts(one, plan),
        expressed_by: one.is_multiple_of(7).then(patient),
        ..a_goal(["Better sugar", "Walk more", ""][usize::from(one) % 8 / 3])
    }
}

fn abouts(one: u8, plan: &Plan) -> Vec<About> {
    let goal = plan.goals.first().map(|goal| About::Goal(goal.id));
    let all = [Some(About::Foreign(foreign("Condition", "c"))), goal, Some(About::Concern(nobody()))];
    all.into_iter().flatten().take(usize::from(one % 4)).collect()
}

fn activity_content(one: u8, two: u8, plan: &Plan) -> ActivityContent {
    let period = Period { start: two.is_multiple_of(2).then_some(TODAY), end: two.is_multiple_of(3).then(|| day(two)) };
    let often = one.is_multiple_of(2).then(|| "every morning".to_owned());
    ActivityContent {
        schedule: Schedule { period, due: one.is_multiple_of(3).then(|| day(one)), often },
        reasons: abouts(two, plan),
        goals: plan.goals.iter().map(|goal| goal.id).take(usize::from(one % 3)).collect(),
        planned: one.is_multiple_of(5).then(|| foreign("ServiceRequest", "s")),
        ..an_activity(["Walking", "Swimming", ""][usize::from(one) % 8 / 3])
    }
}

fn done(one: u8) -> Done {
    let outcome = one.is_multiple_of(2).then(|| Coded::text("Well"));
    Done { day: day(one % 24), outcome, performed: vec![foreign("Procedure", "p")] }
}

fn member_content(one: u8, two: u8) -> MemberContent {
    let period = Period { start: one.is_multiple_of(3).then_some(TODAY), end: two.is_multiple_of(3).then(|| day(two)) };
    let roles = one.is_multiple_of(2).then(|| coded("Nurse", "n")).into_iter().collect();
    MemberContent { period, roles, ..a_member(["Cem", "Dora", "Eve"][usize::from(two) % 3]) }
}

fn plan_content(one: u8, two: u8, plan: &Plan) -> PlanContent {
    PlanContent {
        description: one.is_multiple_of(2).then(|| "To feel well".to_owned()),
        categories: vec![coded("Longitudinal", ["1", "2"][usize::from(two) % 2])],
        addresses: abouts(one, plan),
        custodian: two.is_multiple_of(3).then(|| foreign("Organization", "o")),
        period: Period { start: two.is_multiple_of(2).then_some(TODAY), end: None },
        instantiates: protocols(one),
        ..titled(["Diabetes", "Heart", "Both"][usize::from(one) % 3])
    }
}

fn protocols(one: u8) -> Vec<String> {
    let all: [&[&str]; 4] = [
        &[],
        &["https://valley.example/PlanDefinition/sugar|1.0"],
        &["mailto:maria@valley.example", "https://valley.example/PlanDefinition/sugar|2.0"],
        &["https://valley.example/guideline", "https://valley.example/PlanDefinition/heart"],
    ];
    all[usize::from(one) % 4].iter().map(|url| (*url).to_owned()).collect()
}

fn roles(one: u8) -> Vec<Role> {
    let all = [Role::Clinician, Role::Patient, Role::Coordinator, Role::Carer];
    all.into_iter().enumerate().filter(|(at, _)| one >> at & 1 == 1).map(|(_, role)| role).collect()
}

fn closing(one: u8, two: u8, plan: &Plan) -> Closing {
    let left = |at: usize| {
        if (usize::from(one) + at).is_multiple_of(2) { LeftOpen::Cancel } else { LeftOpen::Completed(day(two % 24)) }
    };
    let open = plan.open_activities().enumerate().filter(|_| one % 4 != 3);
    let ends = |at: usize| [GoalLeft::Cancel, GoalLeft::Completed, GoalLeft::Achieved][(usize::from(one / 4) + at) % 3];
    let goals = plan.open_goals().enumerate().filter(|_| one % 5 != 3);
    let goals = goals.map(|(at, goal)| {
        let is_begun = goal.status.may_become(GoalStatus::Completed) || one > 250;
        (goal.id, if is_begun { ends(at) } else { GoalLeft::Cancel })
    });
    Closing {
        to: of(two, &PlanStatus::ALL),
        open: open.map(|(at, activity)| (activity.id, left(at))).collect(),
        open_goals: goals.collect(),
    }
}
