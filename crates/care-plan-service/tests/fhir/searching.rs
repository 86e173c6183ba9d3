//! `search-type`.

use access::Role;
use shared_plan::commands::{Done, add_activity, assign_activity, complete_activity, move_goal};
use shared_plan::plan::{ActivityContent, Coded, Coding, GoalStatus, Schedule};

use crate::world::{Got, World, caller, foreign, matches, person};

async fn peopled() -> World {
    let world = World::new().await;
    for number in 1..=3 {
        world.plan("north", &person(number), &format!("Plan {number}"), 2).await;
    }
    world.plan("north", &person(1), "Second", 1).await;
    world.plan("south", &person(1), "Elsewhere", 3).await;
    world.concern(&person(1), "Pain").await;
    world
}

#[tokio::test]
async fn the_floor_of_us_core_and_the_parameters_of_each_type_are_answered() {
    let world = peopled().await;
    let ada = person(1);
    for (search, found) in [
        (format!("CarePlan?patient={ada}&category=assess-plan"), 2),
        (format!("CarePlan?patient=Patient/{ada}"), 2),
        (format!("CarePlan?subject:Patient={ada}&status=draft,active"), 2),
        (format!("CarePlan?patient={ada}&status=active"), 0),
        (format!("CarePlan?patient={ada}&status:not=active"), 2),
        (format!("CarePlan?patient={ada}&category=http://snomed.info/sct|734163000&intent=plan"), 2),
        (format!("CarePlan?patient={ada}&date=ge2020"), 0),
        (format!("CarePlan?patient={ada}&condition=https://valley.example/fhir/Condition/c1"), 2),
        (format!("CarePlan?patient={ada}&_lastUpdated=ge2026-11-21"), 2),
        (format!("CarePlan?patient={ada}&_lastUpdated=gt2026-11-22"), 0),
        (format!("CareTeam?patient={ada}&status=proposed"), 2),
        (format!("CareTeam?patient={ada}&role:text=nurse"), 2),
        ("CareTeam?participant=https://valley.example/fhir/Practitioner/9".to_owned(), 4),
        (format!("Goal?patient={ada}"), 3),
        (format!("Goal?patient={ada}&lifecycle-status=active"), 3),
        (format!("Goal?patient={ada}&lifecycle-status=completed"), 0),
        (format!("Goal?patient={ada}&description:text=Second"), 1),
        (format!("Goal?patient={ada}&target-date:missing=true"), 3),
        (format!("Task?patient={ada}&status=requested,draft"), 2),
        (format!("Task?subject={ada}&owner:missing=true"), 2),
        (format!("Condition?patient={ada}&category=health-concern&clinical-status=active"), 1),
        (format!("Condition?patient={ada}&verification-status=unconfirmed"), 1),
        (format!("Patient?_id={ada},{}", person(9)), 1),
        ("CarePlan".to_owned(), 4),
        ("Goal?lifecycle-status=active".to_owned(), 7),
        (format!("Goal?patient={ada},{}", person(2)), 5),
        (format!("Goal?patient={}", person(9)), 0),
        ("Goal?patient=17".to_owned(), 0),
        (format!("Goal?patient=http://elsewhere.example/fhir/Patient/{ada}"), 0),
    ] {
        let got = world.get(&format!("/{search}")).await;
        assert_eq!((got.status, got.named("match").len()), (200, found), "{search} {}", got.text);
        assert_eq!(got.body["total"], found, "{search}: one page holds them all");
    }
}

#[tokio::test]
async fn a_part_is_found_by_what_it_points_at() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 2).await;
    let other = world.plan("north", &person(1), "Heart", 2).await;
    let (walk, team) = (plan.activities[0].id, plan.team.id);
    for (search, id) in [
        (format!("CarePlan?goal=Goal/{}", plan.goals[1].id), plan.id.to_string()),
        (format!("CarePlan?activity-reference=Task/{walk}"), plan.id.to_string()),
        (format!("CarePlan?care-team={team}"), plan.id.to_string()),
        (format!("Task?based-on=CarePlan/{}", plan.id), walk.to_string()),
        (format!("Task?based-on=http://127.0.0.1:3000/fhir/r4/CarePlan/{}", plan.id), walk.to_string()),
        (
            format!("Goal?_id={},{}&description:text=Heart", plan.goals[0].id, other.goals[0].id),
            other.goals[0].id.to_string(),
        ),
    ] {
        let got = world.get(&format!("/{search}")).await;
        let kind = search.split('?').next().unwrap();
        assert_eq!(got.named("match"), [format!("{kind}/{id}")], "{search}");
    }
}

#[tokio::test]
async fn a_search_by_form_is_the_same_search() {
    let world = peopled().await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = format!("patient={}&_count=2", person(1));
    let got = world.send("POST", "/Goal/_search", "everybody", &form, &body).await;
    assert_eq!((got.status, got.named("match").len()), (200, 2), "{}", got.text);
    let (rest, _) = world.all("everybody", &got.link("next").unwrap()).await;
    assert_eq!(rest.len(), 1);
    world.send("POST", "/Goal/_search", "everybody", &[("content-type", "application/json")], "{}").await.refused(415);
    let large = "x".repeat(70_000);
    world.send("POST", "/Goal/_search", "everybody", &form, &large).await.refused(413);
    assert_eq!(world.get("/Goal/_search").await.header("allow"), "POST");
}

#[tokio::test]
async fn the_matches_of_a_person_are_sorted_and_counted_and_those_of_everybody_are_not() {
    let world = World::new().await;
    let ada = person(1);
    let plan = world.plan("north", &ada, "Diabetes", 3).await;
    let by = caller("north", Role::Clinician, None);
    world.later(60);
    let middle = plan.goals[1].id;
    world.change(&by, &plan, |plan, act| move_goal(plan, middle, GoalStatus::OnHold, act)).await;
    let sorted = world.get(&format!("/Goal?patient={ada}&_sort=-_lastUpdated&_count=1")).await;
    assert_eq!((sorted.named("match"), &sorted.body["total"]), (vec![format!("Goal/{middle}")], &3.into()));
    let (all, pages) =
        world.all("everybody", &format!("/Goal?patient={ada}&_sort=lifecycle-status,-_lastUpdated&_count=1")).await;
    assert_eq!((all.len(), pages, matches(&all)[2].clone()), (3, 3, format!("Goal/{middle}")));
    let count = world.get(&format!("/Goal?patient={ada}&_summary=count")).await;
    assert_eq!((&count.body["total"], count.body.get("entry")), (&3.into(), None));
    for search in ["Goal?_sort=-_lastUpdated", "Goal?_summary=count", "Goal?_count=0"] {
        assert_eq!(world.get(&format!("/{search}")).await.refused(400)["code"], "too-costly", "{search}");
    }
}

#[tokio::test]
async fn what_is_not_known_is_refused_and_left_aside_only_by_leave_and_where_a_person_is_named() {
    let world = peopled().await;
    let ada = person(1);
    for search in [
        "Goal?colour=red",
        "Goal?patient.name=ada",
        "Goal?patient=",
        "Goal?colour=1",
        "Patient?identifier=a|b",
        "CarePlan?status:exact=active",
        "Goal?_include=Goal:colour",
        "Goal?_sort=colour",
        "Goal?_summary=text",
        "Patient?name=ada",
        "Patient?birthdate=1957-05-23",
        "Patient",
        "Provenance",
        "Provenance?recorded=ge2026",
        "Provenance?target=17",
    ] {
        world.get(&format!("/{search}")).await.refused(400);
    }
    let leave = [("prefer", "handling=lenient")];
    let got = world.send("GET", &format!("/Goal?patient={ada}&colour=red"), "everybody", &leave, "").await;
    assert_eq!((got.named("match").len(), got.named("outcome").len()), (3, 1), "{}", got.text);
    world.send("GET", "/Goal?colour=red", "everybody", &leave, "").await.refused(400);
    for (search, accept) in [("Goal?_format=xml", ""), ("Goal", "application/fhir+xml")] {
        world.send("GET", &format!("/{search}"), "everybody", &[("accept", accept)], "").await.refused(406);
    }
}

#[tokio::test]
async fn a_provenance_is_found_by_its_resource_and_tells_who_made_which_version() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    let walk = plan.activities[0].id;
    let patient = caller("north", Role::Patient, Some(person(1)));
    let done = Done {
        day: world.service.today(&patient.tenant),
        outcome: None,
        performed: vec![foreign("valley", "Procedure", "p")],
    };
    let by = caller("north", Role::Coordinator, None);
    world.later(60);
    world.change(&by, &plan, |plan, act| complete_activity(plan, walk, done, act)).await;
    let found = |got: &Got| {
        let entries = got.body["entry"].as_array().unwrap();
        let told = entries.iter().map(|entry| {
            let one = &entry["resource"];
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            (
                text(&one["target"][0]["reference"]),
                text(&one["agent"][0]["who"]["display"]),
                text(&one["reason"][0]["text"]),
            )
        });
        told.collect::<Vec<_>>()
    };
    let got = world.get(&format!("/Provenance?target=Task/{walk}")).await;
    let told =
        |version: u8, who: &str| (format!("Task/{walk}/_history/{version}"), who.to_owned(), "because".to_owned());
    assert_eq!(found(&got), [told(2, "Coordinator"), told(1, "Clinician")]);
    let (all, pages) = world.all("everybody", &format!("/Provenance?target=CarePlan/{}&_count=2", plan.id)).await;
    assert_eq!((all.len(), pages), (4, 2));
    let by_id = world.get(&format!("/Provenance?_id=Task.{walk}.2,Task.{walk}.9")).await;
    assert_eq!(by_id.named("match"), [format!("Provenance/Task.{walk}.2")]);
    assert_eq!(world.get(&format!("/Provenance?target=Task/{}", crate::world::nobody())).await.body["total"], 0);
}

#[tokio::test]
async fn a_plan_is_found_by_what_its_activities_say() {
    let world = World::new().await;
    let ada = person(1);
    let plan = world.plan("north", &ada, "Diabetes", 1).await;
    world.plan("north", &ada, "Heart", 1).await;
    let by = caller("north", Role::Clinician, None);
    let coding =
        Coding { system: "http://snomed.info/sct".into(), code: "36228007".into(), display: None, unverified: false };
    let due = Some("2026-12-24".parse().unwrap());
    let content = ActivityContent {
        description: Coded { text: Some("Eye exam".into()), codings: vec![coding] },
        schedule: Schedule { due, ..Schedule::default() },
        ..ActivityContent::default()
    };
    let now = world.change(&by, &plan, |plan, act| add_activity(plan, content, act)).await;
    let (eyes, ana) = (now.activities[1].id, now.team.members[0].id);
    let now = world.change(&by, &now, |plan, act| assign_activity(plan, eyes, Some(ana), act)).await;
    for (search, found) in [
        ("activity-code=36228007", 1),
        ("activity-code=http://snomed.info/sct|36228007&activity-date=le2026-12-24", 1),
        ("activity-code=1", 0),
        ("activity-date=gt2026-12-24", 0),
        ("performer=https://valley.example/fhir/Practitioner/9", 1),
        ("performer:missing=true", 1),
        ("_sort=-activity-date", 2),
        ("part-of:missing=true", 2),
        ("based-on=CarePlan/x", 0),
        ("instantiates-uri=urn:x", 0),
    ] {
        for whose in [format!("patient={ada}&"), String::new()] {
            if whose.is_empty() && search.starts_with('_') {
                continue;
            }
            let got = world.get(&format!("/CarePlan?{whose}{search}")).await;
            assert_eq!((got.status, got.named("match").len()), (200, found), "{whose}{search} {}", got.text);
        }
    }
    let got = world.get(&format!("/CarePlan?patient={ada}&_sort=activity-date")).await;
    assert_eq!(got.named("match")[0], format!("CarePlan/{}", now.id));
    assert!(!got.text.contains("\"detail\""), "what is told is the plan as it is");
}

#[tokio::test]
async fn a_part_is_found_by_the_identifier_that_it_has_everywhere() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 2).await;
    let concern = world.concern(&person(1), "Pain").await;
    for (kind, id) in [
        ("CarePlan", plan.id.to_string()),
        ("Goal", plan.goals[1].id.to_string()),
        ("Task", plan.activities[0].id.to_string()),
        ("CareTeam", plan.team.id.to_string()),
        ("Condition", concern),
    ] {
        let identifier = world.get(&format!("/{kind}/{id}")).await.body["identifier"][0]["value"].clone();
        let identifier = identifier.as_str().unwrap();
        for search in [identifier.to_owned(), format!("urn:ietf:rfc:3986|{identifier}")] {
            let got = world.get(&format!("/{kind}?identifier={search}")).await;
            assert_eq!(got.named("match"), [format!("{kind}/{id}")], "{search} {}", got.text);
        }
        world.store.asked();
        let other = world.get(&format!("/{kind}?identifier=urn:x|{identifier}")).await;
        assert_eq!((other.status, other.named("match").len()), (200, 0));
        assert!(world.store.asked().len() < 3, "it is looked up, and not searched for");
    }
}

#[tokio::test]
async fn a_concern_is_found_by_when_it_was_said() {
    let world = World::new().await;
    let ada = person(1);
    world.concern(&ada, "Pain").await;
    for (search, found) in [
        ("asserted-date=2026-11-21", 1),
        ("recorded-date=2026-11-21", 1),
        ("asserted-date=lt2026-11-21", 0),
        ("abatement-date=ge2000", 0),
        ("onset-date=ge2000", 0),
        ("_profile=http://hl7.org/fhir/us/mcc/StructureDefinition/MCCChronCondHealthConcern", 1),
    ] {
        let got = world.get(&format!("/Condition?patient={ada}&{search}")).await;
        assert_eq!((got.status, got.named("match").len()), (200, found), "{search} {}", got.text);
    }
}

#[tokio::test]
async fn only_the_elements_that_were_asked_for_are_told_and_that_it_is_a_part_is_said() {
    let world = World::new().await;
    let ada = person(1);
    world.plan("north", &ada, "Diabetes", 2).await;
    let got = world.get(&format!("/Goal?patient={ada}&_elements=startDate&_include=Goal:patient&_count=1")).await;
    let goal = got.body["entry"][0]["resource"].as_object().unwrap();
    let names: Vec<&str> = goal.keys().map(String::as_str).collect();
    assert_eq!(names, ["resourceType", "id", "meta", "lifecycleStatus", "description", "subject"]);
    assert_eq!(goal["meta"]["tag"][0]["code"], "SUBSETTED");
    assert_eq!(got.body["entry"][1]["resource"].get("meta"), None, "what comes along is whole");
    let next = world.get(&got.link("next").unwrap()).await;
    assert_eq!(next.body["entry"][0]["resource"]["meta"]["tag"][0]["code"], "SUBSETTED");
}

#[tokio::test]
async fn what_was_left_aside_by_leave_narrowed_the_search_all_the_same() {
    let world = World::new().await;
    let ada = person(1);
    let plan = world.plan("north", &ada, "Diabetes", 1).await;
    let id = &plan.id;
    for search in [
        format!("patient={ada}&_id="),
        format!("_id=&patient={ada}"),
        format!("_id=&_id={id}"),
        format!("identifier=&_id={id}"),
        format!("patient=&patient={ada}"),
        format!("subject=&patient={ada}"),
        format!("patient={ada}&status=,draft&status=draft"),
        format!("patient={ada}&status=active,&_sort=status"),
        format!("patient={ada}&_lastUpdated=ge2999-01-01T99"),
        format!("_lastUpdated=gt2999-01-01x&patient={ada}&_sort=date"),
    ] {
        let path = format!("/CarePlan?{search}");
        let got = world.send("GET", &path, "everybody", &[("prefer", "handling=lenient")], "").await;
        assert_eq!((got.status, got.named("match").len()), (200, 1), "{search} {}", got.text);
        assert_eq!(got.named("outcome").len(), 1, "{search}: what was left aside is said");
        assert_eq!(world.get(&path).await.status, 400, "{search}");
    }
    // What is understood narrows, wherever it stands.
    for (search, found) in [
        (format!("patient={ada}&_lastUpdated=ge2999"), 0),
        (format!("patient={ada}&_lastUpdated=ge2020&_lastUpdated=ge2999"), 0),
        (format!("patient={ada}&status=active"), 0),
        (format!("patient={ada}&status=draft,active"), 1),
        (format!("patient={ada}&patient={}", person(2)), 0),
        (format!("subject=Patient/{ada}&_sort=date"), 1),
        (format!("subject={ada}&_sort=date"), 1),
        (format!("subject:Patient={ada}&_sort=date"), 1),
        (format!("patient={}/Patient/{ada}&_sort=date", crate::world::BASE), 1),
        (format!("patient=https://elsewhere.example/Patient/{ada}&_sort=date"), 0),
        (format!("_id=http://hl7.org/fhir/%7C{id}&_sort=date"), 1),
        (format!("identifier=urn:ietf:rfc:3986%7Curn:uuid:{}", uuid(&id.to_string())), 1),
        (format!("identifier=urn:uuid:{}", uuid(&id.to_string())), 1),
    ] {
        let got = world.get(&format!("/CarePlan?{search}")).await;
        assert_eq!((got.status, got.named("match").len()), (200, found), "{search} {}", got.text);
    }
}

/// An id as an identifier writes it.
fn uuid(id: &str) -> String {
    format!("{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..])
}

#[tokio::test]
async fn a_total_that_was_asked_for_stood_on_no_page() {
    let world = World::new().await;
    let ada = person(1);
    let plan = world.plan("north", &ada, "Diabetes", 3).await;
    let first = world.get(&format!("/Goal?patient={ada}&_count=2&_total=accurate")).await;
    assert_eq!((first.body["total"].as_u64(), first.named("match").len()), (Some(3), 2), "{}", first.text);
    let next = world.get(&first.link("next").unwrap()).await;
    assert_eq!((next.body["total"].as_u64(), next.named("match").len()), (Some(3), 1), "{}", next.text);
    let named = format!("/Goal?_id={},{}&_count=1&_total=accurate", plan.goals[0].id, plan.goals[1].id);
    assert_eq!(world.get(&named).await.body["total"], 2);
    for search in ["/Goal?_total=accurate", "/CarePlan?status=draft&_total=accurate"] {
        assert_eq!(world.get(search).await.refused(400)["code"], "too-costly", "{search}");
    }
    let target = format!("/Provenance?target=Goal/{}&_total=accurate", plan.goals[0].id);
    world.get(&target).await.refused(400);
    for search in ["/Goal?_total=none", "/Goal?_total=estimate"] {
        assert_eq!(world.get(search).await.status, 200, "{search}");
    }
}
