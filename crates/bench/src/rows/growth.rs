//! Row 5: how parsing and consolidating grow from 1,000 to 100,000 resources.

use anyhow::Result;

use super::Run;
use crate::growth::{Curve, Point, exponent, measure, pages, plot};
use crate::people::Shape;
use crate::spread::Spread;
use crate::table::{Line, Verdict, short};

/// An exponent that still counts as linear: sorting and the caches of the machine add a little.
const LINEAR: f64 = 1.10;

pub(super) fn lines(run: &Run) -> Result<Vec<Line>> {
    let sizes: &[usize] =
        if run.wish.quick { &[100, 400] } else { &[1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000] };
    let rounds = run.wish.rounds.min(3);
    let (mut lines, mut curves) = (Vec::new(), Vec::new());
    for (name, shape) in [("a long record", Shape::Long), ("ever new codes", Shape::Wide)] {
        let mut measured: Vec<Vec<Point>> = vec![Vec::new(); rounds];
        for size in sizes {
            let pages = pages(*size, shape, run.wish.seed);
            for round in &mut measured {
                // Small records are over in a moment: the least of several turns tells more.
                round.push(measure(&pages, *size, (20_000 / size).clamp(1, 10)));
            }
        }
        for (work, of) in
            [("parse", (|point| point.parse) as fn(&Point) -> f64), ("consolidate", |point| point.consolidate)]
        {
            let points =
                |round: &Vec<Point>| round.iter().map(|point| (point.resources as f64, of(point))).collect::<Vec<_>>();
            let exponents: Vec<f64> = measured.iter().filter_map(|round| exponent(&points(round))).collect();
            let Some(spread) = Spread::of(&exponents) else { continue };
            let last = measured.last().and_then(|round| Some((round.first()?, round.last()?)));
            let (small, large) = last.map(|(small, large)| (of(small), of(large))).unwrap_or_default();
            lines.push(Line {
                row: 5,
                what: format!("growth of {work}, {name}, {} to {}", sizes[0], sizes[sizes.len() - 1]),
                ours: format!("{} to {} ms CPU", short(small), short(large)),
                beside: "exponent".to_owned(),
                ratio: Some(spread),
                goal: format!("<= {LINEAR:.2}"),
                verdict: Verdict::of(&exponents.iter().map(|exponent| LINEAR - exponent).collect::<Vec<_>>()),
            });
            let name = format!("{work}, {name}: n^{:.2}", spread.median);
            curves.push(Curve { name, points: measured.last().map(points).unwrap_or_default() });
        }
    }
    std::fs::write(run.folder.join("growth.svg"), plot("Processor time by resources", &curves))?;
    Ok(lines)
}
