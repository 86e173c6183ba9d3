//! The large trend of a goal's measure, with axes, owners of targets and a legend of sources.

use care_plan::plan::{Band, Goal, Outcome, OutcomeTarget, Reading};
use fhir::SourceId;
use leptos::prelude::*;

use super::look::Look;
use super::measure::{summary, target_words};
use crate::parts::{Badge, Marker, PlotChart, PlotWords, plot};

/// Longest label of a target that is drawn with its owner's whole name; a longer one has the owner's letters.
const LABEL: usize = 44;

/// Draws the trend, where there are two readings to draw: this goal's targets as areas, those of other goals on the same
/// measure as lines, each with whose it is.
pub fn wide_chart(look: &Look, goal: &Goal, outcome: &Outcome) -> Option<AnyView> {
    let words = look.words();
    let (bands, labels, own) = targets(look, goal, outcome);
    let standing: Vec<&Reading> = outcome.standing().collect();
    let plot = plot(&standing, &bands)?;
    let places: Vec<usize> = plot.dots.iter().map(|dot| look.badge(&dot.source).place).collect();
    let sources: Vec<Badge> = look.badges(plot.dots.iter().map(|dot| &dot.source));
    let said = PlotWords {
        summary: summary(look, outcome, &bands[..own])?,
        targets: labels,
        own,
        times: plot.times.iter().map(|(_, date)| look.date(date)).collect(),
        lines: if plot.lines.len() == 2 { words.pressures().to_vec() } else { Vec::new() },
    };
    let legend = sources.into_iter().map(|badge| {
        view! {
            <li>
                <svg class="legend__mark" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
                    <Marker place=badge.place x=7.0 y=7.0 radius=4.6/>
                </svg>
                " "{badge.name}
            </li>
        }
    });
    let view = view! {
        <div class="wide-chart">
            <PlotChart plot words=said places/>
            <ul class="legend" aria-label=words.legend()>{legend.collect_view()}</ul>
        </div>
    };
    Some(view.into_any())
}

/// All targets on the measure with their labels, the goal's own first, and how many those are. One that several records
/// of a goal state is one line with all their names.
fn targets(look: &Look, goal: &Goal, outcome: &Outcome) -> (Vec<Band>, Vec<String>, usize) {
    let words = look.words();
    let mut drawn: Vec<(&OutcomeTarget, Vec<&SourceId>)> = Vec::new();
    let (own, others): (Vec<_>, Vec<_>) = outcome.targets.iter().partition(|target| target.goal == goal.item.id);
    for target in own.into_iter().chain(others) {
        match drawn.iter_mut().find(|(first, _)| first.goal == target.goal && first.band == target.band) {
            Some((_, owners)) => owners.push(&target.key.source),
            None => drawn.push((target, vec![&target.key.source])),
        }
    }
    let own = drawn.iter().filter(|(target, _)| target.goal == goal.item.id).count();
    let label = |(target, owners): &(&OutcomeTarget, Vec<&SourceId>)| {
        let owners = look.badges(owners.iter().copied());
        let names: Vec<&str> = owners.iter().map(|badge| badge.name.as_str()).collect();
        let tags: Vec<&str> = owners.iter().map(|badge| badge.tag.as_str()).collect();
        let text = target_words(&target.band, words);
        let whole = format!("{}: {text}", words.list(&names));
        if whole.chars().count() <= LABEL { whole } else { format!("{}: {text}", words.list(&tags)) }
    };
    let labels = drawn.iter().map(label).collect();
    (drawn.iter().map(|(target, _)| target.band.clone()).collect(), labels, own)
}
