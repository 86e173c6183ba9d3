//! Row 3: processor time for three sources, from the first byte to the plan.

use aggregation::everything;
use anyhow::Result;

use super::Run;
use crate::cpu::ms;
use crate::reading::{self, PARALLEL};
use crate::spread::{Spread, median};
use crate::table::{Line, Verdict};

/// Milliseconds on the processor.
const GOAL: f64 = 30.0;
const SOURCES: usize = 3;

pub(super) fn lines(run: &Run) -> Result<Vec<Line>> {
    let resources = if run.wish.quick { 60 } else { 480 };
    let sources = run.sources(SOURCES, resources, false)?;
    let (mut cpu, mut wall, mut joining) = (Vec::new(), Vec::new(), Vec::new());
    // The first turn loads the code, and is not counted.
    for turn in 0..=run.wish.rounds.max(if run.wish.quick { 1 } else { 10 }) {
        let done = reading::read(&run.runtime, sources.first(SOURCES), PARALLEL, &everything())?;
        if turn > 0 {
            cpu.push(ms(done.took.cpu));
            wall.push(ms(done.took.wall));
            joining.push(ms(done.joining.cpu));
        }
    }
    let of_goal = |figures: &[f64]| figures.iter().map(|figure| figure / GOAL).collect::<Vec<_>>();
    let line = |what: String, figures: &[f64], beside: String, goal: String, verdict| Line {
        row: 3,
        what,
        ours: format!("{:.1} ms CPU", median(figures)),
        beside,
        ratio: Spread::of(&of_goal(figures)),
        goal,
        verdict,
    };
    let margins: Vec<f64> = cpu.iter().map(|cpu| GOAL - cpu).collect();
    Ok(vec![
        line(
            format!("CPU, {SOURCES} sources of {resources} resources"),
            &cpu,
            format!("wall {:.1} ms", median(&wall)),
            format!("<= {GOAL} ms"),
            Verdict::of(&margins),
        ),
        line("of this, joining the records".into(), &joining, "-".into(), "-".into(), Verdict::NoGoal),
    ])
}
