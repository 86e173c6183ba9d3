//! Row 2: how many requests a source gets, counted by the source.

use std::collections::BTreeMap;
use std::sync::Arc;

use aggregation::{Permitted, everything};
use anyhow::Result;

use super::Run;
use crate::spread::Spread;
use crate::table::{Line, Verdict};
use crate::{peer, reading, sources};

/// Requests for the data for which the peer makes 24.
const MOST: usize = 14;
/// Waves: what waits for nothing, for one answer, for two.
const WAVES: usize = 3;

pub(super) fn lines(run: &Run) -> Result<Vec<Line>> {
    let resources = if run.wish.quick { 60 } else { 240 };
    let late = if run.wish.quick { 100 } else { 300 };
    let peers: Permitted = Arc::new(|kind| peer::KINDS.contains(&kind));
    let mut lines = Vec::new();
    for (what, permitted, strict) in [
        ("requests, the peer's types", &peers, false),
        ("requests, every type", &everything(), false),
        ("requests, every type, a source that refuses broad searches", &everything(), true),
    ] {
        let mut places = run.sources(1, resources, strict)?;
        places.delay(late, None, 0)?;
        places.asked()?;
        reading::read(&run.runtime, places.first(1), 1_000, permitted)?;
        let asked = places.asked()?.swap_remove(0);
        let waves = sources::generations(&asked, f64::from(late)).len();
        let targets: Vec<&str> = asked.iter().map(|(target, _)| target.as_str()).collect();
        lines.push(count(what, &targets, std::ptr::eq(permitted, &raw const peers), strict));
        lines.push(Line {
            row: 2,
            what: what.replace("requests", "waves"),
            ours: waves.to_string(),
            beside: format!("goal {WAVES}"),
            ratio: Spread::of(&[waves as f64 / WAVES as f64]),
            goal: format!("<= {WAVES} waves"),
            verdict: Verdict::of(&[WAVES as f64 - waves as f64]),
        });
    }
    Ok(lines)
}

fn count(what: &str, targets: &[&str], as_peer: bool, strict: bool) -> Line {
    let number = targets.len();
    let most = most_searches_of_a_type(targets);
    let (beside, goal, verdict) = match () {
        () if as_peer => {
            (format!("peer {}", peer::REQUESTS), format!("<= {MOST}"), Verdict::of(&[MOST as f64 - number as f64]))
        }
        () if strict => {
            (format!("{most} searches of one type"), "apart only where refused".to_owned(), Verdict::NoGoal)
        }
        () => {
            let verdict = Verdict::of(&[1.0 - most as f64]);
            (format!("{most} search of a type"), "1 search a type".to_owned(), verdict)
        }
    };
    Line {
        row: 2,
        what: what.to_owned(),
        ours: number.to_string(),
        beside,
        ratio: Spread::of(&[number as f64 / peer::REQUESTS as f64]),
        goal,
        verdict,
    }
}

/// The most searches by patient that any type got, its pages aside.
fn most_searches_of_a_type(targets: &[&str]) -> usize {
    let mut searches: BTreeMap<&str, usize> = BTreeMap::new();
    for target in targets {
        if let Some((kind, query)) = target.trim_start_matches("GET /").split_once('?')
            && query.split('&').any(|pair| pair.starts_with("patient=") || pair.starts_with("subject="))
        {
            *searches.entry(kind).or_default() += 1;
        }
    }
    searches.into_values().max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::most_searches_of_a_type;

    #[test]
    fn only_searches_by_patient_count_as_searches_of_a_type() {
        let targets = [
            "GET /Patient/p1",
            "GET /Goal?patient=p1",
            "GET /Observation?patient=p1&category=a",
            "GET /Observation?patient=p1&category=b",
            "GET /Practitioner?_id=1,2",
            "GET /metadata",
        ];
        assert_eq!(most_searches_of_a_type(&targets), 2);
        assert_eq!(most_searches_of_a_type(&targets[..2]), 1);
    }
}
