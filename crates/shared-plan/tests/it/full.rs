//! A plan in which every field says something.

use access::Role;
use jiff::civil::date;
use shared_plan::Id;
use shared_plan::plan::{
    About, Acceptance, AcceptanceAnswer, Achieved, Achievement, Activity, ActivityContent, ActivityStatus, Comparator,
    Completion, Goal, GoalContent, GoalStatus, Member, MemberContent, Note, Period, Plan, PlanContent, PlanStatus,
    Priority, Quantity, Review, ReviewState, Schedule, SignOff, Target, TargetValue, Team,
};
use shared_plan::{Version, Who};

use crate::world::*;

fn id<T>(number: u8) -> Id<T> {
    Id::from_random([number; 16])
}

fn at(minute: i8) -> jiff::Timestamp {
    format!("2026-11-21T08:{minute:02}:00Z").parse().unwrap()
}

fn resource(who: Who, id: &str) -> Who {
    Who { resource: Some(foreign("Practitioner", id)), ..who }
}

fn note(number: u8) -> Note {
    Note { id: id(number), by: patient(), at: at(5), text: format!("Note {number}") }
}

pub fn plan() -> Plan {
    Plan {
        id: id(1),
        tenant: tenant(),
        person: person(),
        version: Version(9),
        at: at(9),
        created: at(1),
        status: PlanStatus::Active,
        status_reason: Some("after the holidays".to_owned()),
        review: Review {
            state: ReviewState::Approved,
            asked: vec![Role::Clinician, Role::Patient],
            signed: vec![
                SignOff { role: Role::Clinician, by: clinician(), at: at(6) },
                SignOff { role: Role::Patient, by: patient(), at: at(7) },
            ],
            approved: Some(Version(7)),
            former: None,
            next: Some(date(2027, 5, 1)),
        },
        author: resource(coordinator(), "17"),
        contributors: vec![clinician()],
        content: PlanContent {
            title: "Diabetes and heart".to_owned(),
            description: Some("To feel well".to_owned()),
            categories: vec![coded("Longitudinal", "38717003"), coded("Diet", "1055204")],
            period: Period { start: Some(date(2026, 1, 1)), end: Some(date(2027, 12, 31)) },
            custodian: Some(foreign("Organization", "o1")),
            addresses: vec![About::Concern(id(2)), About::Foreign(foreign("Condition", "c1")), About::Goal(id(3))],
            supporting_information: vec![foreign("Observation", "b1"), foreign("Observation", "b2")],
            encounter: Some(foreign("Encounter", "e1")),
            instantiates: vec!["http://example.org/a".to_owned(), "http://example.org/b".to_owned()],
            replaces: vec![foreign("CarePlan", "p1")],
        },
        goals: vec![sugar(), pressure()],
        activities: vec![walking(), coaching()],
        team: Team {
            id: id(8),
            version: Version(2),
            at: at(2),
            members: vec![
                Member {
                    id: id(6),
                    content: MemberContent {
                        name: "Ana Ruiz".to_owned(),
                        resource: Some(foreign("Practitioner", "a")),
                        roles: vec![coded("Dietitian", "159033005"), coded("Coach", "1")],
                        period: Period { start: Some(date(2026, 1, 1)), end: Some(date(2027, 1, 1)) },
                        on_behalf_of: Some(foreign("Organization", "o2")),
                    },
                },
                Member { id: id(7), content: a_member("Ben Okafor") },
            ],
        },
    }
}

fn sugar() -> Goal {
    let below = Quantity { comparator: Some(Comparator::Below), ..percent("7.50") };
    let target = |number, value| Target {
        id: id(number),
        measure: Some(coded("HbA1c", "4548-4")),
        value: Some(value),
        due: Some(date(2027, 3, 1)),
    };
    Goal {
        id: id(3),
        version: Version(4),
        at: at(4),
        status: GoalStatus::Active,
        status_reason: Some("agreed on the phone".to_owned()),
        achievement: Some(Achieved { status: Achievement::Improving, by: clinician(), at: at(4) }),
        worded: Some(Version(3)),
        acceptance: vec![
            Acceptance {
                by: patient(),
                answer: AcceptanceAnswer::Agree,
                priority: Some(Priority::High),
                at: at(3),
                said_to: Some(Version(3)),
            },
            Acceptance {
                by: carer(),
                answer: AcceptanceAnswer::Pending,
                priority: None,
                at: at(3),
                said_to: Some(Version(2)),
            },
        ],
        notes: vec![note(40), note(41)],
        content: GoalContent {
            description: coded("Better sugar", "g1"),
            categories: vec![coded("Dietary", "dietary")],
            priority: Some(Priority::Medium),
            start: Some(date(2026, 2, 1)),
            targets: vec![
                target(30, TargetValue::Quantity(below)),
                target(31, TargetValue::Range { low: Some(percent("6.5")), high: Some(percent("7.5")) }),
                target(32, TargetValue::Concept(coded("Never above", "n"))),
                target(33, TargetValue::Text("as well as I can".to_owned())),
            ],
            addresses: vec![About::Foreign(foreign("Condition", "c1")), About::Activity(id(5))],
            expressed_by: Some(patient()),
        },
    }
}

fn pressure() -> Goal {
    Goal { id: id(4), content: a_goal("Lower pressure"), notes: Vec::new(), achievement: None, ..sugar() }
}

fn walking() -> Activity {
    Activity {
        id: id(5),
        version: Version(3),
        at: at(5),
        status: ActivityStatus::Completed,
        status_reason: Some("in spring".to_owned()),
        assigned: Some(id(6)),
        completion: Some(Completion {
            by: patient(),
            at: at(5),
            day: date(2026, 11, 20),
            outcome: Some(coded("Three kilometres", "km")),
            performed: vec![foreign("Procedure", "9"), foreign("Procedure", "10")],
        }),
        notes: vec![note(50)],
        content: ActivityContent {
            description: coded("Walking", "w"),
            schedule: Schedule {
                period: Period { start: Some(date(2026, 3, 1)), end: Some(date(2026, 12, 1)) },
                due: Some(date(2026, 11, 30)),
                often: Some("every morning".to_owned()),
            },
            reasons: vec![About::Concern(id(2)), About::Goal(id(4))],
            goals: vec![id(3), id(4)],
            planned: Some(foreign("ServiceRequest", "s1")),
        },
    }
}

fn coaching() -> Activity {
    Activity {
        id: id(9),
        status: ActivityStatus::Requested,
        assigned: None,
        completion: None,
        notes: Vec::new(),
        content: ActivityContent {
            schedule: Schedule { due: Some(date(2026, 12, 15)), ..Schedule::default() },
            ..an_activity("Coaching")
        },
        ..walking()
    }
}
