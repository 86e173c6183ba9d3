//! A plan to which everything has happened, with every version on the way.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use access::{PersonId, Randomness, Role, TenantId, UserKey};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use shared_plan::commands::{
    Act, Changed, Closing, Done, GoalLeft, NewPlan, NewTarget, Noted, Refusal, accept_goal, activate, add_activity,
    add_goal, add_member, add_note, assign_activity, change_activity, change_goal, change_member, change_plan, close,
    complete_activity, hold, judge_goal, move_activity, move_goal, resume, send_to_review, sign_off, start,
};
use shared_plan::concern::{Concern, ConcernContent, ConcernStatus, NewConcern, Onset};
use shared_plan::fhir::{Bases, resources_of};
use shared_plan::plan::{
    About, AcceptanceAnswer, Achievement, ActivityContent, ActivityStatus, Coded, Coding, Comparator, GoalContent,
    GoalStatus, MemberContent, Period, Plan, PlanContent, PlanStatus, Priority, Quantity, Schedule, TargetValue,
};
use shared_plan::{Foreign, Id, Who, concern};

const TODAY: Date = date(2026, 11, 21);

/// Counted ids and minutes.
#[derive(Default)]
struct World {
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
    fn act<'a>(&'a self, by: &'a Who, reason: Option<&'a str>) -> Act<'a> {
        let minutes = self.minutes.fetch_add(1, Ordering::Relaxed).try_into().unwrap();
        let at = "2026-11-21T08:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes);
        Act { by, at, today: TODAY, reason, random: self }
    }
}

pub fn person() -> PersonId {
    PersonId::from_random([7; 16])
}

pub fn who(role: Role, name: &str, resource: Option<Foreign>) -> Who {
    let user = Some(UserKey { issuer: "https://id.example".into(), subject: name.to_lowercase() });
    Who { user, role: Some(role), name: name.into(), resource }
}

pub fn foreign(source: &str, kind: &str, id: &str) -> Foreign {
    let display = Some(format!("{kind} number {id}"));
    Foreign { source: source.into(), kind: kind.into(), id: id.into(), version: Some("3".into()), display }
}

/// Where the sources stand: `gone` nowhere.
pub fn bases(foreign: &Foreign) -> Option<String> {
    (foreign.source != "gone").then(|| format!("https://{}.example/fhir", foreign.source))
}

pub fn resources(plan: &Plan) -> Vec<Value> {
    resources_of(std::slice::from_ref(plan), &[], Bases(&bases))
}

fn coded(text: &str, code: &str) -> Coded {
    let coding =
        Coding { system: "http://loinc.org".into(), code: code.into(), display: Some(text.into()), unverified: false };
    Coded { text: Some(text.into()), codings: vec![coding] }
}

fn percent(value: &str, comparator: Option<Comparator>) -> Quantity {
    Quantity { value: value.parse().unwrap(), comparator, unit: Some("%".into()), ucum: Some("%".into()) }
}

/// Concerns as a patient and as a clinician enter them, in every state.
pub fn concerns() -> Vec<Concern> {
    let world = World::default();
    let (patient, clinician) = (who(Role::Patient, "Maria", None), who(Role::Clinician, "Dr. Stone", None));
    let onsets = [Onset::Day(date(2025, 3, 4)), Onset::Partial("2019-05".into()), Onset::Text("as a child".into())];
    let mut concerns = Vec::new();
    for (status, onset) in ConcernStatus::ALL.into_iter().zip(onsets.into_iter().map(Some).chain([None]).cycle()) {
        for by in [&patient, &clinician] {
            let content = ConcernContent {
                description: coded("Pain", "75325-1"),
                onset: onset.clone(),
                note: Some("At night.".into()),
            };
            let new =
                NewConcern { tenant: TenantId::new("north"), person: person(), content, status: ConcernStatus::Active };
            let entered = concern::add(new, &world.act(by, None)).unwrap().entry;
            let moved = concern::move_to(&entered, status, &world.act(by, Some("It is <over>")));
            concerns.push(moved.map_or(entered, |changed| changed.entry));
        }
    }
    concerns
}

/// Every version of one plan, from the first to the last, by every command that changes what FHIR shows.
pub fn versions() -> Vec<Plan> {
    let world = World::default();
    let clinician = who(Role::Clinician, "Dr. Stone", Some(foreign("valley", "Practitioner", "9")));
    let patient = who(Role::Patient, "Maria", None);
    let coordinator = who(Role::Coordinator, "Cleo", None);
    let carer = who(Role::Carer, "Luis", None);
    let mut versions: Vec<Plan> = Vec::new();
    let content = PlanContent {
        title: "Diabetes & <heart>".into(),
        description: Some("So that she can walk again.".into()),
        categories: vec![coded("Diabetes plan", "38717003")],
        period: Period { start: Some(TODAY), end: None },
        custodian: Some(foreign("valley", "Organization", "o")),
        addresses: vec![
            About::Concern(Id::from_random([5; 16])),
            About::Foreign(foreign("valley", "Condition", "c1")),
            About::Foreign(foreign("gone", "Observation", "o1")),
        ],
        supporting_information: vec![foreign("valley", "DocumentReference", "d")],
        encounter: Some(foreign("valley", "Encounter", "e")),
        instantiates: vec!["https://example.org/PlanDefinition/dm|1".into()],
        replaces: vec![foreign("valley", "CarePlan", "old"), foreign("shared-plan", "CarePlan", &"a".repeat(32))],
    };
    let member = |name: &str, kind: &str| MemberContent {
        name: name.into(),
        resource: Some(foreign("valley", kind, "m")),
        roles: vec![coded("Nurse", "1"), coded("Coach", "2")],
        period: Period { start: Some(TODAY), end: None },
        on_behalf_of: Some(foreign("valley", "Organization", "o")),
    };
    let members = vec![member("Ana", "Practitioner"), MemberContent { name: "Ben".into(), ..MemberContent::default() }];
    let new = NewPlan { tenant: TenantId::new("north"), person: person(), content: content.clone(), members };
    versions.push(start(new, &world.act(&coordinator, None)).unwrap().plan);

    let mut then = |by: &Who, command: &dyn Fn(&Plan, &Act<'_>) -> Result<Changed, Refusal>| {
        let now = command(versions.last().unwrap(), &world.act(by, Some("because <it> is so"))).unwrap().plan;
        versions.push(now.clone());
        now
    };
    let goal = |text: &str| GoalContent {
        description: Coded::text(text),
        categories: vec![coded("Dietary", "dietary")],
        priority: Some(Priority::High),
        start: Some(TODAY),
        targets: Vec::new(),
        addresses: vec![
            About::Foreign(foreign("valley", "Condition", "c1")),
            About::Foreign(foreign("valley", "Procedure", "p1")),
        ],
        expressed_by: Some(who(Role::Patient, "Maria", None)),
    };
    let measured = |value| NewTarget {
        id: None,
        measure: Some(coded("HbA1c", "4548-4")),
        value: Some(value),
        due: Some(date(2027, 3, 1)),
    };
    let targets = || {
        vec![
            measured(TargetValue::Quantity(percent("7.50", Some(Comparator::Below)))),
            measured(TargetValue::Range { low: Some(percent("6.5", None)), high: Some(percent("7.0", None)) }),
            measured(TargetValue::Concept(coded("Never smoker", "LA18978-9"))),
            measured(TargetValue::Text("feel better".into())),
            NewTarget { due: Some(date(2027, 6, 1)), ..NewTarget::default() },
        ]
    };
    let plan =
        then(&clinician, &|plan, act| add_goal(plan, goal("HbA1c below 7.5 %"), targets(), GoalStatus::Proposed, act));
    let plan =
        then(&patient, &|_, act| add_goal(&plan, goal("Walk to the market"), Vec::new(), GoalStatus::Active, act));
    let (first, second) = (plan.goals[0].id, plan.goals[1].id);
    then(&patient, &|plan, act| accept_goal(plan, first, AcceptanceAnswer::Agree, Some(Priority::Low), act));
    then(&carer, &|plan, act| accept_goal(plan, first, AcceptanceAnswer::Pending, None, act));
    then(&clinician, &|plan, act| move_goal(plan, first, GoalStatus::Active, act));
    then(&clinician, &|plan, act| judge_goal(plan, first, Achievement::Improving, act));
    then(&patient, &|plan, act| add_note(plan, Noted::Goal(first), "Better <b>today</b>.", act));
    then(&clinician, &|plan, act| change_goal(plan, second, goal("Walk to the lake"), Vec::new(), act));
    let activity = |text: &str| ActivityContent {
        description: coded(text, "33999-4"),
        schedule: Schedule {
            period: Period { start: Some(TODAY), end: Some(date(2027, 1, 31)) },
            due: None,
            often: Some("every morning".into()),
        },
        reasons: vec![About::Foreign(foreign("valley", "Condition", "c1")), About::Goal(second)],
        goals: vec![first, second],
        planned: Some(foreign("valley", "ServiceRequest", "s")),
    };
    then(&clinician, &|plan, act| add_activity(plan, activity("Walk"), act));
    let plan = then(&clinician, &|plan, act| {
        add_activity(plan, ActivityContent { description: Coded::text("Rest"), ..ActivityContent::default() }, act)
    });
    let (walk, rest) = (plan.activities[0].id, plan.activities[1].id);
    let ana = plan.team.members[0].id;
    then(&coordinator, &|plan, act| assign_activity(plan, walk, Some(ana), act));
    then(&coordinator, &|plan, act| change_member(plan, ana, member("Ana Ruiz", "PractitionerRole"), act));
    then(&coordinator, &|plan, act| add_member(plan, member("Cy", "RelatedPerson"), act));
    then(&clinician, &|plan, act| change_activity(plan, rest, activity("Rest"), act));
    then(&coordinator, &|plan, act| {
        change_plan(plan, PlanContent { title: "Diabetes".into(), ..content.clone() }, act)
    });
    then(&clinician, &|plan, act| send_to_review(plan, vec![Role::Clinician], act));
    then(&clinician, &|plan, act| sign_off(plan, Role::Clinician, act));
    then(&clinician, &activate);
    then(&patient, &|plan, act| add_note(plan, Noted::Activity(walk), "Done twice.", act));
    then(&clinician, &hold);
    then(&clinician, &resume);
    then(&patient, &|plan, act| move_activity(plan, rest, ActivityStatus::InProgress, act));
    then(&patient, &|plan, act| move_activity(plan, rest, ActivityStatus::OnHold, act));
    let done = || Done {
        day: TODAY,
        outcome: Some(Coded::text("Walked a mile")),
        performed: vec![foreign("valley", "Procedure", "p"), foreign("gone", "Encounter", "x")],
    };
    then(&patient, &|plan, act| complete_activity(plan, walk, done(), act));
    then(&clinician, &|plan, act| move_activity(plan, rest, ActivityStatus::EnteredInError, act));
    then(&clinician, &|plan, act| move_goal(plan, second, GoalStatus::EnteredInError, act));
    let third = |plan: &Plan, act: &Act<'_>| add_goal(plan, goal("Sleep"), Vec::new(), GoalStatus::Proposed, act);
    let plan = then(&clinician, &third);
    let third = plan.goals[2].id;
    then(&patient, &|plan, act| move_goal(plan, third, GoalStatus::Rejected, act));
    let open_goals = BTreeMap::from([(first, GoalLeft::Completed)]);
    let closing = Closing { to: PlanStatus::Completed, open: BTreeMap::new(), open_goals };
    then(&clinician, &|plan, act| close(plan, &closing, act));
    versions
}
