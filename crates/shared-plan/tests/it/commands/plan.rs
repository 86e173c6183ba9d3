//! The plan itself.

use shared_plan::Version;
use shared_plan::commands::{MAX_LONG, activate, change_plan, hold, resume, send_to_review, sign_off, start};
use shared_plan::plan::{About, Coding, Period, Plan, PlanContent, PlanStatus, ReviewState};

use access::Role;
use jiff::civil::date;

use crate::world::*;

/// A plan in force.
pub fn active(world: &World) -> Plan {
    let by = clinician();
    let plan = send_to_review(&draft(world), vec![Role::Clinician], &world.act(&by, None)).unwrap().plan;
    let plan = sign_off(&plan, Role::Clinician, &world.act(&by, None)).unwrap().plan;
    activate(&plan, &world.act(&by, None)).unwrap().plan
}

#[test]
fn a_plan_starts_as_a_draft_with_its_team() {
    let world = World::default();
    let by = coordinator();
    let made = start(new_plan("Diabetes"), &world.act(&by, Some("asked for")));
    assert_eq!(outcome(&made), "v1: plan-created draft");
    let made = made.unwrap();
    assert_eq!((made.seen, made.reason.as_deref()), (None, Some("asked for")));
    assert_eq!((made.plan.version, made.plan.status), (Version::FIRST, PlanStatus::Draft));
    assert_eq!(made.plan.author, by);
    assert_eq!(made.plan.team.members.len(), 2);
}

#[test]
fn a_plan_that_cannot_stand_is_not_started_and_each_field_is_named() {
    let world = World::default();
    let by = coordinator();
    let mut new = new_plan(" ");
    new.content.period = Period { start: Some(date(2027, 1, 2)), end: Some(date(2027, 1, 1)) };
    new.content.instantiates = vec!["no uri".to_owned()];
    new.content.addresses = vec![About::Goal(nobody())];
    new.members[1].name = String::new();
    assert_eq!(
        outcome(&start(new, &world.act(&by, None))),
        "/title empty, /period/end end-before-start, /addresses/0 points-nowhere, /instantiates/0 not-a-code, \
         /members/1/name empty"
    );
}

/// Without source, type or id a pointer would become a reference to nothing in every answer.
#[test]
fn a_pointer_at_a_resource_without_its_source_or_id_cannot_stand() {
    let world = World::default();
    let by = coordinator();
    let mut blank = foreign("Condition", "1");
    blank.source = String::new();
    blank.id = "a b".to_owned();
    let content = PlanContent {
        addresses: vec![About::Foreign(blank.clone())],
        custodian: Some(blank.clone()),
        supporting_information: vec![foreign("Observation", "1"), blank],
        ..titled("Diabetes")
    };
    assert_eq!(
        outcome(&change_plan(&draft(&world), content, &world.act(&by, None))),
        "/addresses/0/source empty, /addresses/0/id points-nowhere, /supporting_information/1/source empty, \
         /supporting_information/1/id points-nowhere, /custodian/source empty, /custodian/id points-nowhere"
    );
}

#[test]
fn what_a_plan_says_is_changed_as_a_whole() {
    let world = World::default();
    let by = clinician();
    let plan = draft(&world);
    let changed = change_plan(&plan, titled("Diabetes and heart"), &world.act(&by, None));
    assert_eq!(outcome(&changed), "v2: plan-revised draft");
    let changed = changed.unwrap();
    assert_eq!(changed.seen, Some(Version(1)));
    assert_eq!(changed.plan.contributors, std::slice::from_ref(&by));
    let same = change_plan(&changed.plan, titled("Diabetes and heart"), &world.act(&by, None));
    assert_eq!(outcome(&same), "nothing would change");
    let mut empty_code = titled("Diabetes");
    empty_code.categories = vec![coded("Diet", "")];
    empty_code.categories[0].codings.push(Coding {
        system: "loinc".to_owned(),
        code: "1".to_owned(),
        display: None,
        unverified: false,
    });
    let refused = change_plan(&plan, empty_code, &world.act(&by, None));
    assert_eq!(outcome(&refused), "/categories/0/codings/0/code not-a-code, /categories/0/codings/1/system not-a-code");
}

#[test]
fn a_contributor_is_kept_once_and_the_author_never() {
    let world = World::default();
    let (author, other) = (coordinator(), clinician());
    let mut plan = draft(&world);
    for (by, title) in [(&other, "A"), (&author, "B"), (&other, "C")] {
        plan = change_plan(&plan, titled(title), &world.act(by, None)).unwrap().plan;
    }
    assert_eq!(plan.contributors, [other]);
}

#[test]
fn a_reason_that_is_too_long_is_kept_by_no_command() {
    let world = World::default();
    let by = clinician();
    let long = "x".repeat(MAX_LONG + 1);
    let refused = change_plan(&draft(&world), titled("Other"), &world.act(&by, Some(&long)));
    assert_eq!(outcome(&refused), "/reason too-long");
    assert_eq!(outcome(&start(new_plan("New"), &world.act(&by, Some(&long)))), "/reason too-long");
}

#[test]
fn only_an_approved_draft_comes_into_force() {
    let world = World::default();
    let by = clinician();
    let plan = draft(&world);
    assert_eq!(outcome(&activate(&plan, &world.act(&by, None))), "the plan is not approved");
    let in_review = send_to_review(&plan, vec![Role::Clinician], &world.act(&by, None)).unwrap().plan;
    assert_eq!(outcome(&activate(&in_review, &world.act(&by, None))), "the plan is not approved");
    let approved = sign_off(&in_review, Role::Clinician, &world.act(&by, None)).unwrap().plan;
    assert_eq!(approved.review.state, ReviewState::Approved);
    let active = activate(&approved, &world.act(&by, None));
    assert_eq!(outcome(&active), "v4: plan-revised active");
    let twice = activate(&active.unwrap().plan, &world.act(&by, None));
    assert_eq!(outcome(&twice), "a plan that is active may not become active");
}

#[test]
fn a_plan_is_held_with_a_reason_and_goes_on() {
    let world = World::default();
    let by = clinician();
    let plan = active(&world);
    assert_eq!(outcome(&hold(&plan, &world.act(&by, None))), "/reason empty");
    assert_eq!(outcome(&resume(&plan, &world.act(&by, None))), "a plan that is active may not become active");
    let held = hold(&plan, &world.act(&by, Some("in hospital")));
    assert_eq!(outcome(&held), "v5: plan-revised on-hold");
    let held = held.unwrap().plan;
    assert_eq!(held.status_reason.as_deref(), Some("in hospital"));
    assert_eq!(outcome(&hold(&held, &world.act(&by, Some("again")))), "a plan that is on-hold may not become on-hold");
    let on = resume(&held, &world.act(&by, None));
    assert_eq!(outcome(&on), "v6: plan-revised active");
    assert_eq!(on.unwrap().plan.status_reason, None);
    let draft = draft(&world);
    assert_eq!(outcome(&hold(&draft, &world.act(&by, Some("why")))), "a plan that is draft may not become on-hold");
}
