//! Row 4: a bundle to plan items, beside Node's `JSON.parse` and the same mapping; and the memory it takes.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use super::Run;
use crate::cpu::{Stopwatch, ms};
use crate::heap::{self, Mapping};
use crate::people::{Shape, Wish, bundle, record};
use crate::spread::{Spread, median};
use crate::table::{Line, Verdict};
use crate::{growth, mapping, node, reading};

/// How much faster than Node.
const FASTER: f64 = 1.5;
/// How many bodies of memory.
const MEMORY: f64 = 3.0;
/// Tries of each turn, of which the best counts: whatever else the machine does only adds.
const TRIES: usize = 15;

pub(super) fn lines(run: &Run) -> Result<Vec<Line>> {
    let resources = if run.wish.quick { 200 } else { 2_000 };
    let body = bundle(&record(Wish { seed: run.wish.seed, place: 0, resources, shape: Shape::Long }));
    let path = run.folder.join("bundle.json");
    std::fs::write(&path, &body)?;
    let path = std::path::absolute(path)?;
    let mut lines = times(run, &body, &path)?;
    lines.extend(memory(run, &path)?);
    Ok(lines)
}

fn times(run: &Run, body: &str, path: &Path) -> Result<Vec<Line>> {
    let size = format!("{:.1} MB", body.len() as f64 / 1e6);
    let plain = format!("bundle of {size} to items, the same mapping");
    let whole = format!("bundle of {size} to the whole plan (does more)");
    let goal = format!(">= {FASTER} x");
    if !run.node {
        return Ok([plain, whole].map(|what| Line::not_measured(4, what, goal.clone(), "there is no Node")).into());
    }
    let mut partner = node::start("mapping.mjs")?;
    partner.ask(&json!({ "body": path }))?;
    let theirs = partner.ask(&json!({ "summary": true }))?;
    let own = mapping::summary(&mapping::map(body));
    anyhow::ensure!(theirs["summary"].as_str() == Some(&own), "Node's mapping says something else than ours");
    let (mut ours, mut plan, mut page, mut nodes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..run.wish.rounds {
        ours.push(best(|| drop(std::hint::black_box(mapping::map(body)))));
        plan.push(best(|| drop(std::hint::black_box(reading::consolidate(&growth::snapshot(&[body]))))));
        page.push(best(|| drop(std::hint::black_box(growth::snapshot(&[body])))));
        nodes.push(partner.ask(&json!({ "map": TRIES }))?["ms"].as_f64().context("Node has no time")?);
    }
    let line = |what: String, ours: &[f64], goal: Option<f64>| {
        let ratios: Vec<f64> = ours.iter().zip(&nodes).map(|(ours, node)| node / ours).collect();
        Line {
            row: 4,
            what,
            ours: format!("{:.1} ms", median(ours)),
            beside: format!("Node {:.1} ms", median(&nodes)),
            ratio: Spread::of(&ratios),
            goal: goal.map_or_else(|| "-".to_owned(), |goal| format!(">= {goal} x")),
            verdict: goal.map_or(Verdict::NoGoal, |goal| {
                Verdict::of(&ratios.iter().map(|ratio| ratio - goal).collect::<Vec<_>>())
            }),
        }
    };
    let only_page = "of this, from text to resources".to_owned();
    Ok(vec![line(plain, &ours, Some(FASTER)), line(whole, &plan, Some(FASTER)), line(only_page, &page, None)])
}

/// Milliseconds of the best of some tries.
fn best(mut work: impl FnMut()) -> f64 {
    let one = |_| {
        let watch = Stopwatch::start();
        work();
        watch.took().wall
    };
    ms((0..TRIES).map(one).min().unwrap_or(Duration::ZERO))
}

fn memory(run: &Run, path: &Path) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (what, mapping) in [
        ("peak memory, the same mapping", Mapping::Plain),
        ("peak memory, the whole plan", Mapping::Plan),
        ("of this, the resources as they came", Mapping::Read),
    ] {
        let (mut ours, mut nodes) = (Vec::new(), Vec::new());
        for _ in 0..run.wish.rounds {
            ours.push(heap::ours(&run.program, path, mapping)?.times_body());
            if run.node && mapping == Mapping::Plain {
                nodes.push(heap::nodes(path)?.times_body());
            }
        }
        let verdict = match mapping {
            Mapping::Read => Verdict::NoGoal,
            Mapping::Plain | Mapping::Plan => Verdict::of(&ours.iter().map(|ours| MEMORY - ours).collect::<Vec<_>>()),
        };
        lines.push(Line {
            row: 4,
            what: what.to_owned(),
            ours: format!("{:.1} bodies", median(&ours)),
            beside: if nodes.is_empty() { "-".to_owned() } else { format!("Node {:.1} bodies", median(&nodes)) },
            ratio: Spread::of(&ours),
            goal: if verdict == Verdict::NoGoal { "-".to_owned() } else { format!("<= {MEMORY} bodies") },
            verdict,
        });
    }
    Ok(lines)
}
