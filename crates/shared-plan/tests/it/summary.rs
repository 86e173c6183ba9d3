//! What changed since the last approved version, for the person.

use access::Role;
use jiff::civil::date;
use shared_plan::commands::{
    Done, NewTarget, activate, add_activity, add_goal, add_member, assign_activity, change_goal, change_member,
    complete_activity, judge_goal, move_goal, send_to_review, set_next_review, sign_off,
};
use shared_plan::compare::{Summary, summary};
use shared_plan::plan::{Achievement, ActivityContent, GoalContent, GoalStatus, MemberContent, Period, Plan, Schedule};

use crate::full;
use crate::world::*;

fn approved(world: &World) -> Plan {
    let by = clinician();
    let plan = draft(world);
    let targets = vec![hba1c("7.5", Some(date(2027, 3, 1)))];
    let plan =
        add_goal(&plan, a_goal("Better sugar"), targets, GoalStatus::Active, &world.act(&by, None)).unwrap().plan;
    let plan =
        add_goal(&plan, a_goal("Lower pressure"), Vec::new(), GoalStatus::Active, &world.act(&by, None)).unwrap().plan;
    let plan = add_activity(&plan, an_activity("Walking"), &world.act(&by, None)).unwrap().plan;
    let plan = send_to_review(&plan, vec![Role::Clinician], &world.act(&by, None)).unwrap().plan;
    let plan = sign_off(&plan, Role::Clinician, &world.act(&by, None)).unwrap().plan;
    activate(&plan, &world.act(&by, None)).unwrap().plan
}

fn text(summary: &Summary) -> String {
    let mut lines = Vec::new();
    for (heading, sentences) in summary.groups().filter(|(_, sentences)| !sentences.is_empty()) {
        lines.push(format!("# {heading}"));
        lines.extend(sentences.iter().cloned());
    }
    lines.join("\n")
}

#[test]
fn what_changed_is_said_in_plain_sentences() {
    let world = World::default();
    let by = clinician();
    let before = approved(&world);
    let (sugar, pressure) = (before.goals[0].id, before.goals[1].id);
    let id = Some(before.goals[0].content.targets[0].id);
    let target = NewTarget { id, ..hba1c("8.0", Some(date(2027, 6, 1))) };
    let plan = change_goal(&before, sugar, a_goal("Better sugar"), vec![target], &world.act(&by, None)).unwrap().plan;
    let plan = judge_goal(&plan, pressure, Achievement::Achieved, &world.act(&by, None)).unwrap().plan;
    let plan = move_goal(&plan, pressure, GoalStatus::Completed, &world.act(&by, None)).unwrap().plan;
    let content = GoalContent { start: Some(TODAY), ..a_goal("Walk to the market") };
    let plan = add_goal(&plan, content, Vec::new(), GoalStatus::Proposed, &world.act(&by, None)).unwrap().plan;
    let done = Done { day: date(2026, 11, 20), outcome: None, performed: Vec::new() };
    let plan = complete_activity(&plan, activity(&plan), done, &world.act(&patient(), None)).unwrap().plan;
    let schedule = Schedule { often: Some("every morning".to_owned()), ..Schedule::default() };
    let content = ActivityContent { schedule, ..an_activity("Measure pressure") };
    let plan = add_activity(&plan, content, &world.act(&by, None)).unwrap().plan;
    let member_content = MemberContent { roles: vec![coded("nurse", "n")], ..a_member("Cem Aydin") };
    let plan = add_member(&plan, member_content, &world.act(&by, None)).unwrap().plan;
    let plan = assign_activity(&plan, activity(&plan), Some(member(&plan, 2)), &world.act(&by, None)).unwrap().plan;
    let now = set_next_review(&plan, Some(date(2027, 5, 1)), &world.act(&by, None)).unwrap().plan;
    assert_eq!(
        text(&summary(&before, &now, TODAY)),
        "\
# Your plan
We will look at the plan again by 1 May 2027.
# New goals
Walk to the market (suggested).
# Changed goals
Better sugar, HbA1c: the target is 8.0 % now. It was 7.5 %.
Better sugar, HbA1c: you have until 1 June 2027 now. It was 1 March 2027.
Lower pressure: this goal is finished.
# What to do
New: Measure pressure, every morning. Cem Aydin does this.
# Done
You have reached the goal “Lower pressure”.
Walking: done on 20 November 2026.
# Your team
Cem Aydin (nurse) is in your team.
Your team now: Ana Ruiz, Ben Okafor, Cem Aydin (nurse)."
    );
}

/// The day was that of the last change in Greenwich: who read it a month later, or on an evening in America, was told of
/// those who had left as their team, and of those who had begun as nobody.
#[test]
fn the_team_of_now_was_the_team_of_another_day() {
    let world = World::default();
    let by = clinician();
    let before = approved(&world);
    let on = |start, end| MemberContent { period: Period { start, end }, ..a_member("Cem Aydin") };
    let leaves = change_member(&before, member(&before, 0), on(None, Some(TODAY)), &world.act(&by, None)).unwrap().plan;
    let begins = MemberContent { name: "Dora Fall".to_owned(), ..on(Some(date(2026, 12, 1)), None) };
    let now = add_member(&leaves, begins, &world.act(&by, None)).unwrap().plan;
    let there = |day| summary(&before, &now, day).team.pop().unwrap();
    assert_eq!(there(TODAY), "Your team now: Cem Aydin, Ben Okafor.");
    assert_eq!(there(date(2026, 12, 24)), "Your team now: Ben Okafor, Dora Fall.");
}

#[test]
fn where_nothing_changed_nothing_is_said() {
    let world = World::default();
    let plan = approved(&world);
    assert!(summary(&plan, &plan, TODAY).is_empty());
    assert!(summary(&full::plan(), &full::plan(), TODAY).is_empty());
}

#[test]
fn a_goal_that_came_and_went_is_not_worth_a_word() {
    let world = World::default();
    let by = clinician();
    let before = approved(&world);
    let plan = add_goal(&before, a_goal("Wrong"), Vec::new(), GoalStatus::Active, &world.act(&by, None)).unwrap().plan;
    let now = move_goal(&plan, goal(&plan), GoalStatus::EnteredInError, &world.act(&by, Some("typo"))).unwrap().plan;
    assert!(summary(&before, &now, TODAY).is_empty());
}

#[test]
fn no_code_and_no_jargon_is_said_to_the_person() {
    let mut before = full::plan();
    before.goals.clear();
    before.activities.clear();
    before.team.members.clear();
    let mut now = full::plan();
    // Only a code is known.
    now.goals[1].content.description = coded("x", "55284-4");
    now.goals[1].content.description.text = None;
    now.team.members[0].content.roles[0].text = None;
    let said = text(&summary(&before, &now, TODAY));
    assert!(said.contains("a goal"), "{said}");
    for code in ["55284-4", "159033005", "4548-4", "loinc", "http", "in-progress", "entered", "status", "hospital"] {
        assert!(!said.contains(code), "{code} in: {said}");
    }
}

#[test]
fn every_state_of_a_goal_has_words_for_the_person() {
    for from in GoalStatus::ALL {
        for to in GoalStatus::ALL.into_iter().filter(|to| *to != from) {
            let (mut before, mut now) = (full::plan(), full::plan());
            before.goals[0].status = from;
            now.goals[0].status = to;
            let said = summary(&before, &now, TODAY).changed_goals;
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].starts_with("Better sugar: "), "{said:?}");
            assert!(!said[0].contains('-') && said[0].ends_with('.'), "{said:?}");
        }
    }
}
