//! What is of another tenant, or of a person whom the caller does not reach, is answered as what never was: the same
//! status, the same body, the same headers, and the same was asked of the store.

use care_plan_service::rest::endpoints;
use serde_json::{Value, json};

use crate::world::{Ask, Got, OTHER, World};

const NEVER: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";

/// A plan of everything, with the ids of its parts.
#[derive(Clone)]
struct Victim {
    plan: String,
    goal: String,
    activity: String,
    member: String,
    concern: String,
    decision: String,
}

impl Victim {
    async fn of(world: &World, token: &str) -> Self {
        let body = json!({ "person": OTHER, "title": "Secret", "members": [{ "name": "Ada" }] });
        let made = world.send(Ask::post("").by(token).json(&body)).await.must(201);
        let plan = made.id();
        let part = |got: Got, part: &str| got.must(201).json[part]["id"].as_str().unwrap().to_owned();
        let goal = json!({ "version": 1, "description": { "text": "Secret" } });
        let goal = world.send(Ask::post(&format!("/{plan}/goals")).by(token).json(&goal)).await;
        let activity = json!({ "version": 2, "description": { "text": "Secret" } });
        let activity = world.send(Ask::post(&format!("/{plan}/activities")).by(token).json(&activity)).await;
        let concern = json!({ "person": OTHER, "description": { "text": "Secret" } });
        let concern = world.send(Ask::post("/concerns").by(token).json(&concern)).await.must(201).id();
        let issue = json!({ "id": "i", "code": "c", "subject": plan, "seen": "Secret" });
        let decision = json!({ "person": OTHER, "issue": issue, "chosen": "changed" });
        let decision = world.send(Ask::post("/decisions").by(token).json(&decision)).await.must(201).id();
        let member = made.json["team"]["members"][0]["id"].as_str().unwrap().to_owned();
        Self { goal: part(goal, "goal"), activity: part(activity, "activity"), plan, member, concern, decision }
    }

    fn path(&self, path: &str) -> String {
        path.replace("{plan}", &self.plan)
            .replace("{goal}", &self.goal)
            .replace("{activity}", &self.activity)
            .replace("{member}", &self.member)
            .replace("{concern}", &self.concern)
            .replace("{decision}", &self.decision)
            // Overlays are made by whoever writes to a source, and not here.
            .replace("{overlay}", "6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f")
            .replace("{version}", "1")
    }
}

fn never(path: &str) -> String {
    let names = ["{plan}", "{goal}", "{activity}", "{member}", "{concern}", "{decision}", "{overlay}"];
    names.iter().fold(path.replace("{version}", "1"), |path, name| path.replace(name, NEVER))
}

/// A body that the endpoint takes.
fn body(name: &str) -> Value {
    let mut body = match name {
        "changeConcern" => json!({ "description": { "text": "Taken" } }),
        "moveConcern" => json!({ "status": "resolved" }),
        "redraftMessage" => {
            let about = json!({ "source": "valley-ehr", "kind": "MedicationRequest", "id": "m" });
            json!({ "message": { "about": about, "text": "Taken" } })
        }
        "changePlan" => json!({ "title": "Taken" }),
        "closePlan" => json!({ "status": "revoked" }),
        "addGoal" | "changeGoal" | "addActivity" | "changeActivity" => json!({ "description": { "text": "Taken" } }),
        "moveGoal" => json!({ "status": "active" }),
        "judgeGoal" => json!({ "achievement": "achieved" }),
        "acceptGoal" => json!({ "answer": "agree" }),
        "noteGoal" | "noteActivity" => json!({ "text": "Taken" }),
        "moveActivity" => json!({ "status": "cancelled" }),
        "assignActivity" => json!({ "member": null }),
        "completeActivity" => json!({ "day": "2026-03-01" }),
        "addMember" | "changeMember" => json!({ "name": "Taken" }),
        "sendToReview" => json!({ "roles": ["clinician"] }),
        "setNextReview" => json!({ "next": null }),
        _ => json!({}),
    };
    (body["version"], body["reason"]) =
        (json!(if name.ends_with("Concern") || name.ends_with("Decision") { 1 } else { 3 }), json!("Because"));
    body
}

#[tokio::test]
async fn no_endpoint_answers_across_tenants_or_persons() {
    let world = World::new().await;
    let victim = Victim::of(&world, &world.doctor("valley")).await;
    let before = world.send(Ask::get(&format!("/{}", victim.plan)).by(&world.doctor("valley"))).await.must(200);
    let strangers = [
        world.doctor("hill"),
        // Of the same tenant, about another person.
        world.token("valley", "doctor-3", "doctor", json!({ "patient": "valley-ehr/p1" })),
        world.patient("11111111111111111111111111111111"),
    ];
    let mut asked = 0;
    for endpoint in endpoints().into_iter().filter(|endpoint| endpoint.path.contains('{')) {
        for stranger in &strangers {
            for key in [None, Some("a key")] {
                let ask = |path: &str| {
                    // What compares two versions is asked for two.
                    let two = if endpoint.name == "compareVersions" { "?from=1&to=2" } else { "" };
                    let ask = Ask::new(&endpoint.method.to_uppercase(), &format!("{path}{two}")).by(stranger);
                    let ask = if endpoint.takes.is_some() { ask.json(&body(endpoint.name)) } else { ask };
                    key.iter().fold(ask, |ask, key| ask.with("idempotency-key", key))
                };
                world.documents.asked();
                let foreign = world.send(ask(&victim.path(endpoint.path))).await;
                let of_foreign = world.documents.asked();
                let nowhere = world.send(ask(&never(endpoint.path))).await;
                let of_nowhere = world.documents.asked();
                assert!(matches!(foreign.status, 403 | 404), "{} {}", endpoint.name, foreign.text);
                assert_eq!(foreign, nowhere, "{}", endpoint.name);
                assert_eq!(of_foreign, of_nowhere, "{}", endpoint.name);
                asked += 1;
            }
        }
    }
    assert!(asked >= 150, "{asked} requests");
    let listed = world.send(Ask::get("").by(&strangers[0])).await.must(200);
    assert_eq!(listed.json, json!({ "plans": [] }));
    let after = world.send(Ask::get(&format!("/{}", victim.plan)).by(&world.doctor("valley"))).await.must(200);
    assert_eq!(before.json, after.json, "nothing was changed");
}

#[tokio::test]
async fn a_part_of_another_plan_is_not_there() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let (one, other) = (Victim::of(&world, &doctor).await, Victim::of(&world, &doctor).await);
    for endpoint in endpoints() {
        let inner = ["{goal}", "{activity}", "{member}"].iter().any(|name| endpoint.path.contains(name));
        if !inner {
            continue;
        }
        let mixed = Victim { plan: one.plan.clone(), ..other_parts(&other) };
        let ask = Ask::new(&endpoint.method.to_uppercase(), &mixed.path(endpoint.path)).by(&doctor);
        let ask = if endpoint.takes.is_some() { ask.json(&body(endpoint.name)) } else { ask };
        world.send(ask).await.refused(404, "NOT_FOUND");
    }
}

fn other_parts(victim: &Victim) -> Victim {
    victim.clone()
}
