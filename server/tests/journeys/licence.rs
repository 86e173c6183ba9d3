//! A tenant whose licence for shared plans has ended: what was kept is read everywhere, and changed nowhere.

use std::sync::Arc;

use access::{PatientAt, PersonId, Role, TenantId};
use axum::http::StatusCode;
use care_plan_service::service::{Asked, Caller, People};
use care_plan_service::{Service, Tenant};
use jiff::tz::TimeZone;
use shared_plan::Who;
use shared_plan::commands::{Act, NewPlan, add_goal};
use shared_plan::plan::{Coded, GoalContent, GoalStatus, Plan, PlanContent};

use crate::shared_plan::stage::{Actor, DOCTOR, PERSON, actor, patient};
use crate::support::world::World;

const GOAL: &str = "HbA1c that both can live with";

/// A plan as it was kept while the tenant had the licence.
pub async fn kept(world: &World) -> Plan {
    let server = &world.server;
    let tenant = TenantId::new("valley");
    let known = Tenant { licensed: true, time_zone: TimeZone::UTC };
    let random = server.opaque.0.clone();
    let documents = server.plan_store.documents.clone();
    let licensed =
        Service::new(documents, server.audit.clone(), server.clock.clone(), random, [(tenant.clone(), known)].into());
    let person: PersonId =
        server.persons.lookup(&tenant, &PatientAt::new("valley-ehr", patient(0))).await.expect("asked").expect("known");
    let who = Who { user: None, role: Some(Role::Clinician), name: "Dr. Castellanos".to_owned(), resource: None };
    let people = People::Only(person.clone());
    let caller = Caller {
        tenant: tenant.clone(),
        who,
        role: Role::Clinician,
        people,
        launch: None,
        record: None,
        request: None,
    };
    let content = PlanContent { title: "Diabetes and kidney, together".to_owned(), ..PlanContent::default() };
    let new = NewPlan { tenant, person, content, members: Vec::new() };
    let plan = licensed.start(&caller, new, &Asked::default()).await.expect("a plan").plan;
    let goal = GoalContent { description: Coded::text(GOAL), ..GoalContent::default() };
    let asked = Asked { seen: Some(plan.version), ..Asked::default() };
    let add = move |plan: &Plan, act: &Act<'_>| add_goal(plan, goal, Vec::new(), GoalStatus::Active, act);
    let operation = access::Operation::WriteSharedPlan;
    licensed.change(&caller, operation, plan.id, &asked, add).await.expect("a goal").plan
}

async fn version_of(world: &World, plan: &Plan) -> u64 {
    let documents = world.server.plan_store.documents.clone();
    documents.lookup(&plan.key()).await.expect("asked").expect("kept").version.0
}

fn offers_a_form(page: &str) -> bool {
    ["/write/", "/sign/", "/report/", "/answer/", "shared-plan/start", "shared-plan/concern", "shared-plan/new"]
        .iter()
        .any(|way| page.contains(way))
}

#[tokio::test]
async fn when_the_licence_had_ended_the_plans_that_were_kept_were_on_no_screen() {
    let world = World::start().await;
    let first = actor(&world, DOCTOR).await;
    let before = first.get("plan?show=all").await;
    assert!(!before.text.contains("shared-plan\""), "what never was has no tab: {}", before.text);
    let plan = kept(&world).await;
    for user in [DOCTOR, PERSON] {
        let reader = actor(&world, user).await;
        let board = reader.get("plan?show=all").await;
        assert!(board.text.contains(GOAL) && board.text.contains("title=\"Shared plan\""), "{user}: {}", board.text);
        let list = reader.get("shared-plan").await;
        assert!(list.text.contains("Diabetes and kidney, together"), "{user}: {}", list.text);
        let read = reader.plan().await;
        assert!(read.text.contains(GOAL) && read.text.contains("can be read and not changed"), "{user}: {}", read.text);
        let goal = reader.first_goal(&read).await;
        assert!(goal.text.contains("can be read and not changed"), "{user}: {}", goal.text);
        let versions = reader.get(&format!("shared-plan/{}/versions", plan.id)).await;
        assert_eq!(versions.status, StatusCode::OK);
        for page in [&list, &read, &goal, &versions] {
            assert!(!offers_a_form(&page.text), "{user} {}: {}", page.url, page.text);
        }
        for place in ["shared-plan/new", &format!("shared-plan/{}/goals/new", plan.id)] {
            let form = reader.get(place).await;
            assert!(form.text.contains("not licensed any more"), "why stands before anybody types: {}", form.text);
        }
    }
}

#[tokio::test]
async fn a_form_that_is_sent_without_the_licence_changes_nothing_and_is_told_why() {
    let world = World::start().await;
    actor(&world, DOCTOR).await;
    let plan = kept(&world).await;
    let Actor { browser, page } = actor(&world, DOCTOR).await;
    let place = format!("shared-plan/{}", plan.id);
    let typed = [("version", "2"), ("description", "Slipped in"), ("role", "clinician"), ("title", "Slipped in")];
    for way in [
        "shared-plan/start".to_owned(),
        "shared-plan/concern".to_owned(),
        format!("{place}/write/add-goal"),
        format!("{place}/write/send-to-review"),
        format!("{place}/sign/sign"),
    ] {
        let told = browser.post(&page.url, &page.at(&way), &typed).await;
        let why = ["has no licence for shared plans", "not licensed any more"];
        assert!(why.iter().any(|why| told.text.contains(why)), "{way}: {}", told.text);
    }
    assert_eq!(version_of(&world, &plan).await, plan.version.0);
}

#[tokio::test]
async fn programs_read_what_was_kept_and_are_refused_every_write() {
    use crate::care_plans::{PLANS, Program};
    use serde_json::json;
    let world = World::start().await;
    actor(&world, DOCTOR).await;
    let plan = kept(&world).await;
    let program = Program::new(&world, "castellanos", "doctor", &json!({}));
    let read = program.get(&format!("{PLANS}/{}", plan.id)).await.must(200);
    assert_eq!(read.json["title"], "Diabetes and kidney, together");
    let fhir = program.get(&format!("/fhir/r4/CarePlan/{}", plan.id)).await.must(200);
    assert_eq!(fhir.json["resourceType"], "CarePlan");
    let goals = program.get(&format!("/fhir/r4/Goal?patient={}", plan.person)).await.must(200);
    assert!(goals.json.to_string().contains(GOAL), "{}", goals.json);
    for (way, body) in [
        ("goals", json!({ "version": 2, "description": { "text": "Slipped in" } })),
        ("close", json!({ "version": 2, "status": "completed" })),
        ("review/sign", json!({ "version": 1 })),
    ] {
        let refused = program.post(&format!("{PLANS}/{}/{way}", plan.id), body).await.must(403);
        assert_eq!(refused.json["code"], "MODULE_NOT_LICENSED", "{way}");
    }
    assert_eq!(version_of(&world, &plan).await, plan.version.0);
}

#[tokio::test]
async fn where_it_cannot_be_asked_whether_there_is_a_plan_it_does_not_look_as_if_there_were_none() {
    let broken = |server: &mut server::Server| {
        let random = server.opaque.0.clone();
        let documents = Arc::new(crate::shared_plan::stage::Broken);
        let tenants = [(TenantId::new("valley"), Tenant { licensed: false, time_zone: TimeZone::UTC })];
        server.care_plans = Service::new(documents, server.audit.clone(), server.clock.clone(), random, tenants.into());
    };
    let world = World::altered(World::ehrs(), broken).await;
    let doctor = actor(&world, DOCTOR).await;
    let sources = doctor.get("sources").await;
    assert!(sources.text.contains("Shared plan"), "{}", sources.text);
    let board = doctor.get("plan?show=all").await;
    assert!(board.text.contains("Shared plan"), "the board says what is missing: {}", board.text);
}
