//! The sources: simulated EHRs in a process of their own, so that their work is not counted as ours.

use std::io::{BufRead, Write};

use anyhow::{Context, Result};
use sandbox::{EhrConfig, Latency, People, Running, Sandbox, SandboxConfig};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::people::{self, Shape, Wish};

/// What the sources are to be.
#[derive(Debug, Clone, Copy)]
pub struct Served {
    /// How many there are.
    pub sources: usize,
    /// Resources at each.
    pub resources: usize,
    /// Whether they demand of searches what US Core lets a server demand.
    pub strict: bool,
    /// Seed of the records.
    pub seed: u64,
}

/// What the sources are told while they run.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Order {
    Latency(Latency),
    Asked,
}

/// Serves until nobody tells it anything any more: first a line that says where the sources are, then an answer a line.
///
/// # Errors
/// Where the sources cannot be started or are told something they do not know.
pub fn serve(served: Served) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let running = runtime.block_on(start(served))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", places(&running))?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let order = serde_json::from_str(&line).with_context(|| format!("the sources were told {line:?}"))?;
        writeln!(out, "{}", follow(&running, order))?;
        out.flush()?;
    }
    Ok(())
}

async fn start(served: Served) -> Result<Running> {
    let ehr = |place: usize| EhrConfig {
        people: People::None,
        strict_searches: served.strict,
        open: true,
        ..EhrConfig::new(format!("source-{place}"), format!("Source {place}"))
    };
    let ehrs = (0..served.sources).map(ehr).collect();
    let running = Sandbox::start(SandboxConfig { control_port: None, ehrs }).await?;
    for (place, ehr) in running.ehrs().iter().enumerate() {
        let wish = Wish { seed: served.seed, place, resources: served.resources, shape: Shape::Long };
        let entries: Vec<Value> =
            people::record(wish).into_iter().map(|resource| json!({ "resource": resource })).collect();
        let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
        ehr.store().load_bundle(&bundle)?;
    }
    Ok(running)
}

fn places(running: &Running) -> Value {
    let place = |(at, ehr): (usize, &sandbox::RunningEhr)| json!({ "id": ehr.id(), "base": ehr.fhir_base(), "patient": people::patient_id(at), "resources": ehr.resource_count() });
    json!({ "places": running.ehrs().iter().enumerate().map(place).collect::<Vec<_>>() })
}

fn follow(running: &Running, order: Order) -> Value {
    match order {
        Order::Latency(latency) => {
            running.ehrs().iter().for_each(|ehr| ehr.set_latency(latency));
            json!({})
        }
        Order::Asked => {
            let asked = |ehr: &sandbox::RunningEhr| {
                let line = |asked: sandbox::Asked| json!([asked.target, asked.after.as_secs_f64() * 1_000.0]);
                ehr.take_asked().into_iter().map(line).collect::<Vec<_>>()
            };
            json!({ "asked": running.ehrs().iter().map(asked).collect::<Vec<_>>() })
        }
    }
}
