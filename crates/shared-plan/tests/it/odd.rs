//! Odd changes, as the team and as the person read them.

use jiff::civil::date;
use rust_decimal::Decimal;
use shared_plan::commands::{NewTarget, add_activity_for, add_goal};
use shared_plan::compare::{compare, sentence, summary};
use shared_plan::plan::{
    ActivityContent, ActivityStatus, Coded, Comparator, Goal, GoalStatus, Period, Plan, Quantity, Schedule, TargetValue,
};

use crate::world::*;

/// A plan with a goal of one target, an activity, and a team of two.
fn plan() -> Plan {
    let world = World::default();
    let by = clinician();
    let target = hba1c("7.5", Some(date(2027, 3, 1)));
    let plan =
        add_goal(&draft(&world), a_goal("Better sugar"), vec![target], GoalStatus::Active, &world.act(&by, None))
            .unwrap();
    let schedule =
        Schedule { often: Some("every morning".to_owned()), due: Some(date(2027, 1, 31)), ..Schedule::default() };
    let content = ActivityContent { schedule, ..an_activity("Walking") };
    let ana = plan.plan.team.members[0].id;
    add_activity_for(&plan.plan, content, Some(ana), &world.act(&by, None)).unwrap().plan
}

fn quantity(value: &str, unit: Option<&str>, ucum: Option<&str>) -> TargetValue {
    TargetValue::Quantity(Quantity {
        value: value.parse().unwrap(),
        comparator: None,
        unit: unit.map(str::to_owned),
        ucum: ucum.map(str::to_owned),
    })
}

fn value(plan: &mut Plan, value: TargetValue) {
    plan.goals[0].content.targets[0].value = Some(value);
}

fn named(plan: &mut Plan, name: &str) {
    plan.goals[0].content.description = Coded::text(name);
}

/// What the team reads, then what the person reads.
#[track_caller]
fn reads(change: impl FnOnce(&mut Plan), team: &[&str], person: &[&str]) {
    let before = plan();
    let mut after = before.clone();
    change(&mut after);
    let said: Vec<String> = compare(&before, &after).iter().map(sentence).collect();
    let summary = summary(&before, &after, TODAY);
    let plain: Vec<&String> = summary.groups().flat_map(|(_, sentences)| sentences).collect();
    assert_eq!(
        (said.iter().collect::<Vec<_>>(), plain),
        (
            team.iter().map(|one| one.to_string()).collect::<Vec<_>>().iter().collect(),
            person.iter().map(|one| one.to_string()).collect::<Vec<_>>().iter().collect()
        )
    );
}

#[test]
fn a_target_in_another_unit() {
    reads(
        |plan| value(plan, quantity("58", Some("mmol/mol"), Some("mmol/mol"))),
        &["Target of HbA1c from 7.5 % to 58 mmol/mol."],
        &["Better sugar, HbA1c: the target is 58 mmol/mol now. It was 7.5 %."],
    );
}

#[test]
fn a_unit_of_which_only_the_code_is_known() {
    reads(
        |plan| value(plan, quantity("130", None, Some("mm[Hg]"))),
        &["Target of HbA1c from 7.5 % to 130 mm[Hg]."],
        &["Better sugar, HbA1c: the target is 130 mmHg now. It was 7.5 %."],
    );
}

/// “beats}/min” and “IU]/L” stood there.
#[test]
fn the_marks_of_ucum_stood_in_the_middle_of_a_sentence() {
    for (code, words) in [
        ("{beats}/min", "beats/min"),
        ("[IU]/L", "IU/L"),
        ("m[IU]/L", "mIU/L"),
        ("mg{creat}/dL", "mg creat/dL"),
        ("mL/min/{1.73_m2}", "mL/min/1.73 m2"),
    ] {
        reads(
            |plan| value(plan, quantity("70", None, Some(code))),
            &[&format!("Target of HbA1c from 7.5 % to 70 {code}.")],
            &[&format!("Better sugar, HbA1c: the target is 70 {words} now. It was 7.5 %.")],
        );
    }
}

/// The words stayed and the code changed: it read as a change of the number alone. Such are kept of an earlier release.
#[test]
fn a_target_whose_code_says_another_unit_than_its_words() {
    reads(
        |plan| value(plan, quantity("8.0", Some("%"), Some("mmol/mol"))),
        &["Target of HbA1c from 7.5 % to 8.0 % (coded as mmol/mol)."],
        &["Better sugar, HbA1c: the target is 8.0 % (coded as mmol/mol) now. It was 7.5 %."],
    );
}

#[test]
fn the_same_number_the_other_way_round() {
    reads(
        |plan| {
            let Some(TargetValue::Quantity(quantity)) = &mut plan.goals[0].content.targets[0].value else { panic!() };
            quantity.comparator = Some(Comparator::AtLeast);
        },
        &["Target of HbA1c from 7.5 to at least 7.5 %."],
        &["Better sugar, HbA1c: the target is at least 7.5 % now. It was 7.5 %."],
    );
}

/// "from 7.5 to 6 to 7 %" is read by nobody.
#[test]
fn a_range_in_the_place_of_a_value() {
    let range = || TargetValue::Range { low: Some(percent("6")), high: Some(percent("7")) };
    reads(
        |plan| value(plan, range()),
        &["Target of HbA1c from 7.5 % to between 6 and 7 %."],
        &["Better sugar, HbA1c: the target is between 6 % and 7 % now. It was 7.5 %."],
    );
}

#[test]
fn a_target_that_is_taken_away() {
    reads(
        |plan| plan.goals[0].content.targets.clear(),
        &["Target removed: HbA1c 7.5 % by 1 March 2027."],
        &["Better sugar: it is not about HbA1c 7.5 % by 1 March 2027 any more."],
    );
}

#[test]
fn one_more_target() {
    reads(
        |plan| {
            let NewTarget { measure, value, .. } = hba1c("120", None);
            let id = shared_plan::Id::from_random([9; 16]);
            plan.goals[0].content.targets.push(shared_plan::plan::Target { id, measure, value, due: None });
        },
        &["Target added: HbA1c 120 %."],
        &["Better sugar: also HbA1c 120 %."],
    );
}

#[test]
fn a_date_that_is_cleared() {
    reads(
        |plan| {
            plan.goals[0].content.targets[0].due = None;
            plan.activities[0].content.schedule.due = None;
        },
        &["Due date of HbA1c taken away (was 1 March 2027).", "Due date of Walking taken away (was 31 January 2027)."],
        &["Better sugar, HbA1c: there is no date any more.", "Walking: there is no date any more."],
    );
}

#[test]
fn a_date_and_how_often_are_others() {
    reads(
        |plan| {
            let schedule = &mut plan.activities[0].content.schedule;
            (schedule.due, schedule.often) = (Some(date(2027, 5, 3)), Some("twice a week.".to_owned()));
        },
        &[
            "Due date of Walking from 31 January 2027 to 3 May 2027.",
            "Frequency of Walking from every morning to twice a week.",
        ],
        &["Walking: twice a week now.", "Walking: to be done by 3 May 2027 now."],
    );
}

#[test]
fn how_often_is_not_said_any_more() {
    reads(
        |plan| plan.activities[0].content.schedule.often = None,
        &["Frequency of Walking taken away (was every morning)."],
        &["Walking: how often is not said any more."],
    );
}

#[test]
fn a_member_has_other_roles() {
    reads(
        |plan| plan.team.members[0].content.roles = vec![coded("nurse", "n"), coded("driver", "d")],
        &["Role of Ana Ruiz added: nurse.", "Role of Ana Ruiz added: driver."],
        &["Ana Ruiz is your nurse and driver now.", "Your team now: Ana Ruiz (nurse and driver), Ben Okafor."],
    );
}

#[test]
fn a_member_leaves() {
    reads(
        |plan| plan.team.members[1].content.period = Period { start: None, end: Some(date(2026, 11, 20)) },
        &["Last day in the team of Ben Okafor: 20 November 2026."],
        &["Ben Okafor is in your team until 20 November 2026.", "Your team now: Ana Ruiz."],
    );
}

#[test]
fn a_goal_is_retracted_and_written_anew() {
    reads(
        |plan| {
            let mut again: Goal = plan.goals[0].clone();
            again.id = shared_plan::Id::from_random([8; 16]);
            plan.goals[0].status = GoalStatus::EnteredInError;
            plan.goals[0].status_reason = Some("wrong person".to_owned());
            plan.goals.push(again);
        },
        &[
            "Goal added: Better sugar (HbA1c 7.5 % by 1 March 2027).",
            "Better sugar is entered in error now (was active).",
            "Reason for the state of Better sugar: wrong person.",
        ],
        &["Better sugar: HbA1c 7.5 % by 1 March 2027.", "Better sugar: this goal was written down by mistake."],
    );
}

#[test]
fn an_activity_is_held_and_nobody_does_it() {
    reads(
        |plan| {
            plan.activities[0].status = ActivityStatus::OnHold;
            plan.activities[0].assigned = None;
        },
        &["Walking is on hold now (was requested).", "Walking taken from Ana Ruiz and given to nobody."],
        &["Walking: paused.", "Walking: nobody has been found for this yet."],
    );
}

/// The line ran from right to left to its end, and the English words stood in another order.
#[test]
fn text_from_right_to_left_turned_the_sentence_around() {
    reads(
        |plan| named(plan, "المشي كل يوم"),
        &["Better sugar is called \u{2068}المشي كل يوم\u{2069} now."],
        &["The goal “Better sugar” is called “\u{2068}المشي كل يوم\u{2069}” now."],
    );
    reads(
        |plan| plan.team.members[0].content.name = "\u{202e}שרה".to_owned(),
        &["Name of \u{2068}\u{202e}שרה\u{2069} from Ana Ruiz to \u{2068}\u{202e}שרה\u{2069}."],
        &[
            "Ana Ruiz is called \u{2068}\u{202e}שרה\u{2069} now.",
            "Your team now: \u{2068}\u{202e}שרה\u{2069}, Ben Okafor.",
        ],
    );
}

#[test]
fn emoji_stay_as_they_are() {
    reads(
        |plan| named(plan, "Walk 🚶🏽‍♀️ with the 👩‍👩‍👧‍👦"),
        &["Better sugar is called Walk 🚶🏽‍♀️ with the 👩‍👩‍👧‍👦 now."],
        &["The goal “Better sugar” is called “Walk 🚶🏽‍♀️ with the 👩‍👩‍👧‍👦” now."],
    );
}

/// A sentence was as long as a page, and a long name stood in each.
#[test]
fn a_long_name_filled_the_page() {
    let before = plan();
    let mut after = before.clone();
    named(&mut after, &"walking further than last week ".repeat(30));
    after.goals[0].status = GoalStatus::OnHold;
    for sentence in compare(&before, &after).iter().map(sentence) {
        assert!(sentence.chars().count() < 450, "{sentence}");
    }
    for (_, sentences) in summary(&before, &after, TODAY).groups() {
        for sentence in sentences {
            assert!(sentence.chars().count() < 200 && sentence.contains('…'), "{sentence}");
        }
    }
}

#[test]
fn two_long_texts_that_differ_at_their_end_read_differently() {
    let long = |end: &str| Some(format!("{}{end}", "Everything that was agreed in the first meeting. ".repeat(20)));
    let mut before = plan();
    before.content.description = long("With sugar.");
    let mut after = before.clone();
    after.content.description = long("Without sugar.");
    let said: Vec<String> = compare(&before, &after).iter().map(sentence).collect();
    assert_eq!(
        said,
        [
            "Description of the plan from …was agreed in the first meeting. With sugar. to …was agreed in the first meeting. Without sugar."
        ]
    );
}

/// "PH" is nothing, and "EGFR" is shouted.
#[test]
fn a_name_that_begins_with_a_small_letter_was_spelled_with_a_capital() {
    let mut before = plan();
    named(&mut before, "eGFR stays above 45");
    let mut after = before.clone();
    after.goals[0].status = GoalStatus::OnHold;
    let said: Vec<String> = compare(&before, &after).iter().map(sentence).collect();
    assert_eq!(said, ["eGFR stays above 45 is on hold now (was active)."]);
}

#[test]
fn a_text_with_lines_stands_on_one() {
    reads(
        |plan| plan.content.description = Some("To walk\n\n- to the shop\r\n- and back.\u{0}".to_owned()),
        &["Description of the plan: To walk - to the shop - and back."],
        &["What the plan is for: To walk - to the shop - and back."],
    );
}

#[test]
fn digits_stay_as_they_were_written() {
    let same: Decimal = "7.50".parse().unwrap();
    reads(
        |plan| value(plan, quantity(&same.to_string(), Some("%"), Some("%"))),
        &["Target of HbA1c from 7.5 to 7.50 %."],
        &["Better sugar, HbA1c: the target is 7.50 % now. It was 7.5 %."],
    );
}

#[test]
fn a_value_in_words_and_one_that_is_gone() {
    reads(
        |plan| value(plan, TargetValue::Text("no more than feels right!".to_owned())),
        &["Target of HbA1c from 7.5 % to no more than feels right!"],
        &["Better sugar, HbA1c: the target is no more than feels right! now. It was 7.5 %."],
    );
    reads(
        |plan| plan.goals[0].content.targets[0].value = None,
        &["Target of HbA1c taken away (was 7.5 %)."],
        &["Better sugar, HbA1c: the target of 7.5 % does not count any more."],
    );
}

#[test]
fn only_the_code_behind_a_word_is_another() {
    let before = plan();
    let mut after = before.clone();
    let measure = after.goals[0].content.targets[0].measure.as_mut().unwrap();
    measure.codings[0].code = "17856-6".to_owned();
    let said: Vec<String> = compare(&before, &after).iter().map(sentence).collect();
    assert!(said[0].contains("17856-6"), "who is of the team sees it: {said:?}");
    assert!(summary(&before, &after, TODAY).is_empty(), "the person reads no code");
}

#[test]
fn a_title_with_quotation_marks_and_its_own_full_stop() {
    reads(
        |plan| plan.content.title = "My “new” life.".to_owned(),
        &["Title of the plan from Diabetes to My “new” life."],
        &["Your plan is called “My “new” life.” now."],
    );
}
