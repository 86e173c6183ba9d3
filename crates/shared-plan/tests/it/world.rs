//! People, days and plans of the tests; ids are counted, time moves by the minute.

use std::sync::atomic::{AtomicU64, Ordering};

use access::{PersonId, Randomness, Role, TenantId, UserKey};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use shared_plan::commands::{Act, Changed, NewPlan, NewTarget, Refusal, start};
use shared_plan::plan::{
    Activity, ActivityContent, Coded, Coding, Goal, GoalContent, Member, MemberContent, Plan, PlanContent, Quantity,
    TargetValue,
};
use shared_plan::{ChangedEntry, Foreign, Id, Who};

/// The day of every test.
pub const TODAY: Date = date(2026, 11, 21);

/// Counted randomness and time.
#[derive(Default)]
pub struct World {
    ids: AtomicU64,
    minutes: AtomicU64,
}

impl Randomness for World {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.ids.fetch_add(1, Ordering::Relaxed) + 1;
        let start = bytes.len() - 8;
        bytes[start..].copy_from_slice(&next.to_be_bytes());
    }
}

impl World {
    pub fn act<'a>(&'a self, by: &'a Who, reason: Option<&'a str>) -> Act<'a> {
        let minutes = self.minutes.fetch_add(1, Ordering::Relaxed).try_into().unwrap();
        let at = "2026-11-21T08:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes);
        Act { by, at, today: TODAY, reason, random: self }
    }
}

pub fn who(role: Role, name: &str) -> Who {
    let user = Some(UserKey { issuer: "https://id.example".to_owned(), subject: name.to_lowercase() });
    Who { user, role: Some(role), name: name.to_owned(), resource: None }
}

pub fn clinician() -> Who {
    who(Role::Clinician, "Dr. Ada Stone")
}

pub fn coordinator() -> Who {
    who(Role::Coordinator, "Cleo Park")
}

pub fn patient() -> Who {
    who(Role::Patient, "Maria Lopez")
}

pub fn carer() -> Who {
    who(Role::Carer, "Luis Lopez")
}

pub fn tenant() -> TenantId {
    TenantId::new("north")
}

pub fn person() -> PersonId {
    PersonId::from_random([7; 16])
}

pub fn coded(text: &str, code: &str) -> Coded {
    let coding =
        Coding { system: "http://loinc.org".to_owned(), code: code.to_owned(), display: None, unverified: false };
    Coded { text: Some(text.to_owned()), codings: vec![coding] }
}

pub fn foreign(kind: &str, id: &str) -> Foreign {
    Foreign {
        source: "hospital".to_owned(),
        kind: kind.to_owned(),
        id: id.to_owned(),
        version: Some("3".to_owned()),
        display: Some(format!("{kind} number {id}")),
    }
}

pub fn percent(value: &str) -> Quantity {
    Quantity { value: value.parse().unwrap(), comparator: None, unit: Some("%".to_owned()), ucum: Some("%".to_owned()) }
}

pub fn titled(title: &str) -> PlanContent {
    PlanContent { title: title.to_owned(), ..PlanContent::default() }
}

pub fn a_goal(text: &str) -> GoalContent {
    GoalContent { description: Coded::text(text), ..GoalContent::default() }
}

pub fn hba1c(value: &str, due: Option<Date>) -> NewTarget {
    let value = Some(TargetValue::Quantity(percent(value)));
    NewTarget { id: None, measure: Some(coded("HbA1c", "4548-4")), value, due }
}

pub fn an_activity(text: &str) -> ActivityContent {
    ActivityContent { description: Coded::text(text), ..ActivityContent::default() }
}

pub fn a_member(name: &str) -> MemberContent {
    MemberContent { name: name.to_owned(), ..MemberContent::default() }
}

pub fn new_plan(title: &str) -> NewPlan {
    let members = vec![a_member("Ana Ruiz"), a_member("Ben Okafor")];
    NewPlan { tenant: tenant(), person: person(), content: titled(title), members }
}

/// A draft with a team of two.
pub fn draft(world: &World) -> Plan {
    start(new_plan("Diabetes"), &world.act(&coordinator(), None)).unwrap().plan
}

pub fn goal(plan: &Plan) -> Id<Goal> {
    plan.goals.last().unwrap().id
}

pub fn activity(plan: &Plan) -> Id<Activity> {
    plan.activities.last().unwrap().id
}

pub fn member(plan: &Plan, at: usize) -> Id<Member> {
    plan.team.members[at].id
}

/// An id that nothing has.
pub fn nobody<T>() -> Id<T> {
    Id::from_random([0xff; 16])
}

/// What is told where something goes to a state: that it was entered in error puts right what was told before.
pub fn told(what: &str, state: &str) -> String {
    let corrects = if state == "entered-in-error" { " (correction)" } else { "" };
    format!("{what} {state}{corrects}")
}

/// What came of a command in one line: the new version with what others are told, or why not.
pub fn outcome(result: &Result<Changed, Refusal>) -> String {
    match result {
        Ok(changed) => told_of(changed.plan.version.0, &changed.happened),
        Err(refusal) => why(refusal),
    }
}

/// The same for an entry.
pub fn entered<E: shared_plan::Entry>(result: &Result<ChangedEntry<E>, Refusal>) -> String {
    match result {
        Ok(changed) => told_of(changed.entry.head().version.0, &changed.happened),
        Err(refusal) => why(refusal),
    }
}

fn told_of(version: u64, happened: &[shared_plan::commands::Happened]) -> String {
    let one = |happened: &shared_plan::commands::Happened| {
        let part = if happened.part.is_some() { " of a part" } else { "" };
        // Of several codes one that has changed.
        let (is, before) = (&happened.facts, happened.facts.before.clone().unwrap_or_default());
        let moved = |is: &Option<String>, was: &Option<String>| is.clone().filter(|_| is != was);
        let review = moved(&is.review, &before.review).filter(|_| happened.facts.before.is_some());
        let code = moved(&is.achievement, &before.achievement).or(review).or(happened.state.map(str::to_owned));
        let corrects = if is.correction { " (correction)" } else { "" };
        format!("{}{part} {}{corrects}", happened.what.code(), code.unwrap_or_else(|| "-".to_owned()))
    };
    format!("v{version}: {}", happened.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn why(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Invalid(problems) => {
            let one = |problem: &shared_plan::commands::Problem| format!("{} {}", problem.field, problem.wrong.code());
            problems.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
