//! Writers, each with the versions that were accepted.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::{Value, json};

use crate::accord::Accord;
use crate::client::Client;

const PLANS: &str = "/api/v1/care-plans";

/// A plan with one goal that is judged over and over.
#[derive(Clone)]
pub struct Written {
    pub plan: String,
    pub goal: String,
    /// The version at which the goal was there.
    pub first: u64,
}

/// How the writers are doing.
#[derive(Default)]
pub struct Progress {
    /// Writes that were answered with success.
    pub accepted: AtomicU64,
    /// Set, they end after what they are at.
    pub enough: AtomicBool,
}

/// A plan for writers.
pub async fn begin(client: &Client, name: &str) -> Written {
    let (source, id) = crate::identity::PATIENT;
    let new = json!({ "patient": { "source": source, "id": id }, "title": name });
    let made = client.insist("POST", PLANS, Some(name), Some(&new)).await;
    assert_eq!(made.status, 201, "{}", made.json);
    let plan = made.json["id"].as_str().expect("an id").to_owned();
    let goal = json!({ "version": 1, "status": "active", "description": { "text": "Walk" } });
    let added =
        client.insist("POST", &format!("{PLANS}/{plan}/goals"), Some(&format!("{name} goal")), Some(&goal)).await;
    assert_eq!(added.status, 201, "{}", added.json);
    let goal = added.json["goal"]["id"].as_str().or(added.json["id"].as_str()).expect("an id").to_owned();
    Written { plan, goal, first: 2 }
}

/// Judges the goal until it is enough, by turns. Returns the versions that its own writes have made.
pub async fn write(client: Client, on: Written, name: String, progress: Arc<Progress>) -> BTreeSet<u64> {
    let path = format!("{PLANS}/{}/goals/{}/achievement", on.plan, on.goal);
    let (mut seen, mut made, mut round) = (on.first, BTreeSet::new(), 0_u64);
    while !progress.enough.load(Ordering::Relaxed) {
        let next = ["improving", "worsening", "no-change"][usize::try_from(round % 3).expect("small")];
        let body = json!({ "version": seen, "achievement": next });
        let answer = client.insist("POST", &path, Some(&format!("{name} {round}")), Some(&body)).await;
        round += 1;
        match answer.status {
            200 => {
                let version = version(&answer.json);
                if version == seen {
                    // Another writer has said the same of the goal: there was nothing to change.
                    continue;
                }
                assert_eq!(version, seen + 1, "{name}: an answer to this very write");
                assert!(made.insert(version), "{name}: version {version} was answered twice");
                progress.accepted.fetch_add(1, Ordering::Relaxed);
                seen = version;
            }
            409 => {
                let now = version(&answer.json);
                assert!(now > seen, "{name}: somebody else was first");
                seen = now;
            }
            other => panic!("{name}: {other} {}", answer.json),
        }
    }
    made
}

/// The versions that a plan has now.
pub async fn versions(client: &Client, plan: &str) -> BTreeSet<u64> {
    let mut all = BTreeSet::new();
    let mut path = format!("{PLANS}/{plan}/versions");
    loop {
        let page = client.insist("GET", &path, None, None).await;
        assert_eq!(page.status, 200, "{}", page.json);
        let list = page.json["versions"].as_array().or(page.json["items"].as_array()).expect("a list");
        all.extend(list.iter().map(version));
        let Some(next) = page.json["next"].as_str() else { return all };
        path = format!("{PLANS}/{plan}/versions?cursor={next}");
    }
}

fn version(json: &Value) -> u64 {
    json["version"].as_u64().or_else(|| json["plan_version"].as_u64()).unwrap_or_else(|| panic!("no version: {json}"))
}

/// Writers side by side: two on a plan of their own each, two on one plan.
pub async fn start(
    accord: &Arc<Accord>,
    progress: &Arc<Progress>,
) -> Vec<(Written, tokio::task::JoinHandle<BTreeSet<u64>>)> {
    let setter = Client::new(accord, "setter");
    let mut running = Vec::new();
    for (plan, writers) in [("alone", 1), ("alone too", 1), ("together", 2)] {
        let on = begin(&setter, plan).await;
        for writer in 0..writers {
            let name = format!("{plan} {writer}");
            let client = Client::new(accord, &name);
            running.push((on.clone(), tokio::spawn(write(client, on.clone(), name, progress.clone()))));
        }
    }
    running
}
