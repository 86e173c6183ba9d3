//! What the readings say about a goal's achievement: proposed with its reason, for a person to decide.

use std::collections::HashMap;

use fhir::{FhirDate, ResourceKey};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::meets::{meets, part};
use super::span::Span;
use crate::measures;
use crate::plan::{Goal, GoalStatement, ItemId, Outcome, OutcomeTarget, Reading, TargetDetail, Value};

/// An achievement that the readings suggest, with all that a person needs to judge it.
#[derive(Debug, Clone, PartialEq)]
pub struct AchievementProposal {
    /// What the readings say; `None` where the newest is too old to speak for the person.
    pub achievement: Option<Achievement>,
    /// One for each target that could be judged; never empty.
    pub because: Vec<Judged>,
}

/// FHIR `goal-achievement`, as far as readings can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Achievement {
    /// Not there, and no earlier reading to compare with.
    InProgress,
    /// Not there, and nearer than before.
    Improving,
    /// Not there, and farther than before.
    Worsening,
    /// Not there, and as far as before.
    NoChange,
    /// There.
    Achieved,
    /// There, and was there before.
    Sustaining,
    /// Not there, and the due date has passed.
    NotAchieved,
}

/// One target and the readings that it was judged by.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The series.
    pub outcome: ItemId,
    /// The target, as it stands on the axis of the series.
    pub target: OutcomeTarget,
    /// The newest reading.
    pub latest: Point,
    /// The one before it.
    pub previous: Option<Point>,
    /// Whether the newest meets the target; `None` where the conversion of units would decide, or its comparator leaves it
    /// open.
    pub met: Option<bool>,
    /// The same of the previous.
    pub previous_met: Option<bool>,
    /// How the number moved from the previous to the newest.
    pub movement: Option<Movement>,
    /// Days since the newest reading.
    pub age: i32,
    /// Days that a reading of this measure speaks for; see [`measures::Measure::speaks_for`].
    pub speaks_for: i32,
    /// True where the target is due and its day has passed.
    pub overdue: bool,
}

/// A reading, as far as a reason tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The Observation.
    pub key: ResourceKey,
    /// Its value as written.
    pub value: Value,
    /// When it was taken.
    pub when: FhirDate,
}

/// How a number moved with respect to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// Nearer.
    Towards,
    /// As far.
    Same,
    /// Farther.
    Away,
}

impl Achievement {
    /// Its code in `http://terminology.hl7.org/CodeSystem/goal-achievement`.
    pub fn code(self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Improving => "improving",
            Self::Worsening => "worsening",
            Self::NoChange => "no-change",
            Self::Achieved => "achieved",
            Self::Sustaining => "sustaining",
            Self::NotAchieved => "not-achieved",
        }
    }
}

impl Judged {
    /// True where the newest reading is older than a reading of this measure speaks for.
    pub fn is_stale(&self) -> bool {
        self.age > self.speaks_for
    }
}

/// What the readings say about a goal.
///
/// `None` where they say nothing: the goal is not pursued, no target has a reading that can be compared, a target cannot
/// be judged and the others are met, the records that hold the goal ask for different things and are answered
/// differently, or the last reading is from before the goal began. Readings that are not final, that were taken back,
/// that repeat another or that lie in the future are left out.
pub fn propose(goal: &Goal, outcomes: &[Outcome], today: Date) -> Option<AchievementProposal> {
    let of_goal = outcomes.iter().flat_map(|outcome| outcome.targets.iter().map(move |target| (outcome, target)));
    propose_by(goal, &Drawn::of(of_goal.filter(|(_, target)| target.goal == goal.item.id)), today)
}

/// Targets as they stand on the axes of series, by the goal and the record that ask for them.
pub(crate) struct Drawn<'o>(HashMap<(&'o ItemId, &'o ResourceKey), Vec<(&'o Outcome, &'o OutcomeTarget)>>);

impl<'o> Drawn<'o> {
    fn of(targets: impl Iterator<Item = (&'o Outcome, &'o OutcomeTarget)>) -> Self {
        let mut drawn = Self(HashMap::new());
        for (outcome, target) in targets {
            drawn.0.entry((&target.goal, &target.key)).or_default().push((outcome, target));
        }
        drawn
    }

    /// All targets of all series.
    pub(crate) fn all(outcomes: &'o [Outcome]) -> Self {
        Self::of(outcomes.iter().flat_map(|outcome| outcome.targets.iter().map(move |target| (outcome, target))))
    }
}

/// The same for one of many goals, with the targets of all of them at hand.
pub(crate) fn propose_by(goal: &Goal, drawn: &Drawn<'_>, today: Date) -> Option<AchievementProposal> {
    let mut because: Vec<Judged> = Vec::new();
    let mut found: Vec<Achievement> = Vec::new();
    let mut stale = false;
    let mut open = false;
    for (member, statement) in goal.item.members.iter().zip(&goal.statements) {
        if !is_pursued(statement) {
            continue;
        }
        let targets = drawn.0.get(&(&goal.item.id, &member.key)).into_iter().flatten();
        let judged: Vec<Judged> =
            targets.filter_map(|(outcome, target)| judge(outcome, target, statement, today)).collect();
        stale |= judged.iter().any(Judged::is_stale);
        if !judged.is_empty() {
            match of_record(statement, &judged) {
                Some(achievement) => found.push(achievement),
                None => open = true,
            }
        }
        because.extend(judged);
    }
    if because.is_empty() {
        return None;
    }
    if stale {
        return Some(AchievementProposal { achievement: None, because });
    }
    let first = *found.first()?;
    let agreed = !open && found.iter().all(|achievement| *achievement == first);
    agreed.then_some(AchievementProposal { achievement: Some(first), because })
}

/// Accepted or active: what is only proposed, put on hold or over has no progress to propose.
fn is_pursued(statement: &GoalStatement) -> bool {
    matches!(statement.lifecycle_status.as_deref(), None | Some("active" | "accepted"))
}

fn judge(outcome: &Outcome, target: &OutcomeTarget, statement: &GoalStatement, today: Date) -> Option<Judged> {
    let begun = statement.start.as_ref().and_then(|start| start.first_day(&TimeZone::UTC));
    // A day more, for a reading of this evening may be of tomorrow in UTC.
    let tomorrow = today.tomorrow().unwrap_or(today);
    let numbers = |reading: &&Reading| {
        let day = reading.when.as_ref().and_then(|when| when.first_day(&TimeZone::UTC));
        is_final(reading)
            && part(reading.drawn(), target.band.component).is_some()
            && day.is_some_and(|day| day <= tomorrow)
    };
    let mut readings = outcome.standing().filter(numbers);
    let latest = readings.next_back()?;
    let when = latest.when.as_ref()?;
    let last_day = when.last_day(&TimeZone::UTC)?;
    if begun.is_some_and(|begun| last_day < begun) {
        return None;
    }
    let previous = readings.rfind(|reading| reading.when != latest.when);
    let measure = outcome.measure.as_deref();
    let wanted = target.written.as_ref().unwrap_or(&target.band);
    let age = (today - when.first_day(&TimeZone::UTC)?).get_days();
    let speaks_for = measure.and_then(measures::named).map_or(measures::SPEAKS_FOR, |measure| measure.speaks_for);
    // A day before the goal's own start is an error of the record: nothing was missed by it.
    let due = target.due.as_ref().filter(|due| !statement.is_before_start(due));
    let due = due.and_then(|due| due.last_day(&TimeZone::UTC));
    let met = meets(&latest.value, wanted, measure);
    let previous_met = previous.and_then(|previous| meets(&previous.value, wanted, measure));
    Some(Judged {
        outcome: outcome.item.id.clone(),
        target: target.clone(),
        latest: point(latest)?,
        previous: previous.and_then(point),
        met,
        previous_met,
        movement: match (previous_met, met) {
            (Some(true), Some(false)) => Some(Movement::Away),
            (Some(false), Some(true)) => Some(Movement::Towards),
            _ => previous.and_then(|previous| movement(previous, latest, target)),
        },
        age: age.max(0),
        speaks_for,
        overdue: due.is_some_and(|due| due < today),
    })
}

fn is_final(reading: &Reading) -> bool {
    !matches!(reading.status.as_deref(), Some("preliminary" | "registered" | "unknown"))
}

fn point(reading: &Reading) -> Option<Point> {
    Some(Point { key: reading.key.clone(), value: reading.value.clone(), when: reading.when.clone()? })
}

/// How the distance to the target changed; `None` where one of the values only says "more" or "less".
fn movement(previous: &Reading, latest: &Reading, target: &OutcomeTarget) -> Option<Movement> {
    let span = Span::of_band(&target.band)?;
    let exact = |reading: &Reading| -> Option<Decimal> {
        let (number, comparator, _) = part(reading.drawn(), target.band.component)?;
        comparator.is_none().then_some(number)
    };
    let (before, now) = (span.distance(exact(previous)?), span.distance(exact(latest)?));
    Some(match now.cmp(&before) {
        std::cmp::Ordering::Less => Movement::Towards,
        std::cmp::Ordering::Equal => Movement::Same,
        std::cmp::Ordering::Greater => Movement::Away,
    })
}

/// What the judged targets of one record say together.
fn of_record(statement: &GoalStatement, judged: &[Judged]) -> Option<Achievement> {
    let missed: Vec<&Judged> = judged.iter().filter(|judged| judged.met == Some(false)).collect();
    if missed.is_empty() {
        let all = (0..statement.targets.len()).all(|at| covered(statement, at, judged));
        return (all && judged.iter().all(|judged| judged.met == Some(true))).then(|| {
            let before = judged.iter().all(|judged| judged.previous_met == Some(true));
            if before { Achievement::Sustaining } else { Achievement::Achieved }
        });
    }
    // A single number without a comparator says where to go and not from which side: missing it by a little is no failure.
    let bound = |judged: &&Judged| Span::of_band(&judged.target.band).is_some_and(|span| !span.is_point());
    if missed.iter().any(|judged| judged.overdue && bound(judged)) {
        return Some(Achievement::NotAchieved);
    }
    let moved = |movement| missed.iter().any(|judged| judged.movement == Some(movement));
    Some(if moved(Movement::Away) {
        Achievement::Worsening
    } else if moved(Movement::Towards) {
        Achievement::Improving
    } else if moved(Movement::Same) {
        Achievement::NoChange
    } else {
        Achievement::InProgress
    })
}

/// True where the target at this position was judged, both numbers of it where it is a pair.
fn covered(statement: &GoalStatement, at: usize, judged: &[Judged]) -> bool {
    let of = judged.iter().filter(|judged| judged.target.position == at).count();
    let wanted = if matches!(statement.targets[at].detail, TargetDetail::Text(_)) { 2 } else { 1 };
    of >= wanted
}
