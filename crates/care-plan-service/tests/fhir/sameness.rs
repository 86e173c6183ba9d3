//! What is somebody else's is answered exactly as what never existed.

use access::{PersonId, Role};
use shared_plan::plan::Plan;

use crate::world::{World, caller, nobody, person};

/// The paths that name something of a plan, with `ID` in its place.
fn paths(plan: Option<&Plan>, whose: &PersonId) -> Vec<String> {
    let plan_id = plan.map_or_else(nobody, |plan| plan.id.to_string());
    let goal = plan.map_or_else(nobody, |plan| plan.goals[0].id.to_string());
    let task = plan.map_or_else(nobody, |plan| plan.activities[0].id.to_string());
    let team = plan.map_or_else(nobody, |plan| plan.team.id.to_string());
    let mut paths = Vec::new();
    for (kind, id) in
        [("CarePlan", &plan_id), ("Goal", &goal), ("Task", &task), ("ServiceRequest", &task), ("CareTeam", &team)]
    {
        paths.extend([
            format!("/{kind}/{id}"),
            format!("/{kind}/{id}/_history"),
            format!("/{kind}/{id}/_history/1"),
            format!("/{kind}?_id={id}"),
            format!("/{kind}?_id={id}&_include={kind}:patient&_revinclude=Provenance:target"),
            format!("/Provenance/{kind}.{id}.1"),
            format!("/Provenance?target={kind}/{id}"),
        ]);
        paths.push(format!("/{kind}?patient={whose}"));
        paths.push(format!("/{kind}?patient={whose}&_sort=_lastUpdated"));
        paths.push(format!("/{kind}?patient={whose}&_summary=count"));
    }
    paths.push(format!("/Patient/{whose}"));
    paths.push(format!("/Patient/{whose}/_history"));
    paths.push(format!("/Patient?_id={whose}&_revinclude=Goal:patient"));
    paths.push(format!("/CarePlan?goal=Goal/{goal}&patient={whose}"));
    paths
}

/// Status, body without the ids that were asked for, headers, and the queries that the store was asked.
async fn seen(world: &World, token: &str, path: &str) -> (u16, String, Vec<String>, Vec<&'static str>) {
    world.store.asked();
    let got = world.get_as(token, path).await;
    let mut text = got.text.clone();
    let ids: Vec<&str> = path.split(|c: char| !c.is_ascii_hexdigit()).filter(|part| part.len() == 32).collect();
    for id in ids {
        text = text.replace(id, "ID");
    }
    // A tag is of the bytes, the ids included.
    let headers = got.headers.iter().filter(|(name, _)| *name != "etag");
    (got.status, text, headers.map(|header| format!("{header:?}")).collect(), world.store.asked())
}

async fn are_the_same(world: &World, token: &str, foreign: &Plan) {
    let nobody = person(0xdd);
    for (theirs, none) in paths(Some(foreign), &foreign.person).iter().zip(paths(None, &nobody)) {
        let (theirs_seen, none_seen) = (seen(world, token, theirs).await, seen(world, token, &none).await);
        assert_eq!(theirs_seen, none_seen, "{theirs} is not answered as {none}");
        assert!(matches!(theirs_seen.0, 200 | 404), "{theirs}: {}", theirs_seen.1);
        assert!(!theirs_seen.1.contains("Theirs"), "{theirs}");
    }
}

#[tokio::test]
async fn the_plans_of_another_tenant_are_answered_as_what_never_existed() {
    let world = World::new().await;
    world.plan("north", &person(1), "Own", 2).await;
    let theirs = world.plan("south", &person(2), "Theirs", 2).await;
    are_the_same(&world, "everybody", &theirs).await;
}

#[tokio::test]
async fn the_plans_of_another_person_are_answered_as_what_never_existed() {
    let world = World::new().await;
    world.plan("north", &person(1), "Own", 2).await;
    let theirs = world.plan("north", &person(2), "Theirs", 2).await;
    world.door.give("one", caller("north", Role::Patient, Some(person(1))), "patient/*.rs");
    are_the_same(&world, "one", &theirs).await;
    world.door.give("clinician", caller("north", Role::Clinician, Some(person(1))), "user/*.rs");
    are_the_same(&world, "clinician", &theirs).await;
}

#[tokio::test]
async fn one_id_of_a_person_in_two_tenants_is_two_people() {
    let world = World::new().await;
    let here = world.plan("north", &person(1), "Here", 1).await;
    let there = world.plan("south", &person(1), "There", 2).await;
    for (token, plan, goals) in [("everybody", &here, 1), ("south", &there, 2)] {
        let got = world.get_as(token, &format!("/Goal?patient={}", person(1))).await;
        assert_eq!(got.named("match").len(), goals);
        let got = world.get_as(token, &format!("/Patient?_id={}&_revinclude=CarePlan:patient", person(1))).await;
        assert_eq!(got.named("include"), [format!("CarePlan/{}", plan.id)]);
    }
    // Where a tenant's sources stand is that tenant's.
    let told = world.get_as("south", &format!("/CarePlan/{}", there.id)).await;
    assert!(!told.text.contains("valley.example"), "{}", told.text);
}
