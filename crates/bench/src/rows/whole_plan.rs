//! Row 1: time to the whole plan, beside an ideal client and beside the peer that asks one request after the other.

use aggregation::everything;
use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Run;
use crate::cpu::ms;
use crate::lines::Partner;
use crate::reading::{self, PARALLEL};
use crate::sources::{Place, Sources, generations};
use crate::spread::{Spread, median};
use crate::table::{Line, Verdict};
use crate::{node, peer};

/// How much longer than the floor we may take: this many times, and so many milliseconds more.
const TIMES: f64 = 1.10;
const MORE: f64 = 25.0;
/// How much faster than the peer we are to be.
const FASTER: f64 = 20.0;
/// How late every answer is while the requests are noted down; long enough to tell one wave from the next.
const NOTED_AT: u32 = 300;
/// Shape of the Pareto tail: about one answer in thirty is ten times as late.
const TAIL: f64 = 1.5;

/// One set of sources: how many, how late they answer, and whether some answers are much later.
struct Case {
    sources: usize,
    late: u32,
    tail: Option<f64>,
    serial: usize,
}

pub(super) fn lines(run: &Run) -> Result<Vec<Line>> {
    let (cases, resources, noted_at) = if run.wish.quick { (quick(), 60, 100) } else { (cases(), 240, NOTED_AT) };
    let most = cases.iter().map(|case| case.sources).max().unwrap_or(1);
    let mut sources = run.sources(most, resources, false)?;
    let waves = note_down(run, &mut sources, most, noted_at)?;
    let mut node = if run.node { Some(node::start("sources.mjs")?) } else { None };
    let mut lines = Vec::new();
    for case in cases {
        lines.extend(measure(run, &mut sources, node.as_mut(), &waves, &case)?);
    }
    Ok(lines)
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for sources in [1, 2, 4, 8] {
        for late in [50, 150, 400] {
            // A minute of waiting for the serial peer at 400 ms: fewer turns where a turn is long.
            let serial = if sources == 4 { (300 / late as usize).clamp(1, 3) } else { 0 };
            cases.push(Case { sources, late, tail: None, serial });
        }
    }
    cases.push(Case { sources: 4, late: 150, tail: Some(TAIL), serial: 0 });
    cases
}

fn quick() -> Vec<Case> {
    let case = |sources, tail, serial| Case { sources, late: 5, tail, serial };
    vec![case(1, None, 0), case(2, None, 1), case(2, Some(TAIL), 0)]
}

/// What Accord asks of each source, in generations, so that the ideal client can ask the same.
fn note_down(run: &Run, sources: &mut Sources, most: usize, late: u32) -> Result<Vec<Vec<Vec<String>>>> {
    let mut waves = Vec::new();
    sources.delay(late, None, 0)?;
    sources.asked()?;
    // One by one, so that nothing but its own answers holds a request back.
    for at in 0..most {
        reading::read(&run.runtime, &sources.first(most)[at..=at], 1_000, &everything())?;
        waves.push(generations(&sources.asked()?[at], f64::from(late)));
    }
    Ok(waves)
}

fn measure(
    run: &Run,
    sources: &mut Sources,
    mut node: Option<&mut Partner>,
    waves: &[Vec<Vec<String>>],
    case: &Case,
) -> Result<Vec<Line>> {
    sources.delay(case.late, case.tail, run.wish.seed)?;
    let places = sources.first(case.sources).to_vec();
    let (mut ours, mut floor, mut serial) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..run.wish.rounds {
        ours.push(ms(reading::read(&run.runtime, &places, PARALLEL, &everything())?.took.wall));
        if let Some(node) = node.as_deref_mut() {
            floor.push(floor_of(node, &places, waves)?);
            if round < case.serial {
                serial.push(serial_of(node, &places)?);
            }
        }
    }
    let tail = if case.tail.is_some() { ", Pareto tail" } else { "" };
    let what = format!("whole plan, N = {}, {} ms{tail}", case.sources, case.late);
    let goal = format!("<= {TIMES:.2} + {MORE} ms");
    if floor.is_empty() {
        return Ok(vec![Line::not_measured(1, what, goal, "there is no Node")]);
    }
    let mut lines = vec![Line {
        row: 1,
        what,
        ours: format!("{:.0} ms", median(&ours)),
        beside: format!("floor {:.0} ms", median(&floor)),
        ratio: Spread::of(&pairs(&ours, &floor, |ours, floor| ours / floor)),
        goal,
        verdict: Verdict::of(&pairs(&ours, &floor, |ours, floor| TIMES * floor + MORE - ours)),
    }];
    if !serial.is_empty() {
        let least = if case.sources == 4 { format!(">= {FASTER} x") } else { "-".to_owned() };
        lines.push(Line {
            row: 1,
            what: format!("the same beside {} serial requests a source", peer::REQUESTS),
            ours: format!("{:.0} ms", median(&ours)),
            beside: format!("serial {:.0} ms", median(&serial)),
            ratio: Spread::of(&pairs(&ours, &serial, |ours, serial| serial / ours)),
            goal: least,
            verdict: match case.sources {
                4 => Verdict::of(&pairs(&ours, &serial, |ours, serial| serial / ours - FASTER)),
                _ => Verdict::NoGoal,
            },
        });
    }
    Ok(lines)
}

/// The figures of each round in which both were measured.
fn pairs(ours: &[f64], beside: &[f64], of: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    ours.iter().zip(beside).map(|(ours, beside)| of(*ours, *beside)).collect()
}

/// The slowest source's own chain, by the ideal client.
fn floor_of(node: &mut Partner, places: &[Place], waves: &[Vec<Vec<String>>]) -> Result<f64> {
    let sources: Vec<Value> =
        places.iter().zip(waves).map(|(place, waves)| json!({ "base": bare(place), "generations": waves })).collect();
    let answer = node.ask(&json!({ "floor": { "parallel": PARALLEL, "sources": sources } }))?;
    let chains = answer["ms"].as_array().context("the floor has no times")?;
    Ok(chains.iter().filter_map(Value::as_f64).fold(0.0, f64::max))
}

fn serial_of(node: &mut Partner, places: &[Place]) -> Result<f64> {
    let sources: Vec<Value> =
        places.iter().map(|place| json!({ "base": bare(place), "patient": place.patient })).collect();
    let answer = node.ask(&json!({ "serial": { "sources": sources } }))?;
    let asked = answer["requests"].as_u64().unwrap_or_default();
    anyhow::ensure!(asked == (peer::REQUESTS * places.len()) as u64, "the peer made {asked} requests");
    answer["ms"].as_f64().context("the peer has no time")
}

fn bare(place: &Place) -> &str {
    place.base.as_str().trim_end_matches('/')
}
