//! A large trend as a picture: axes with labels, targets with their owners, points by source.

use leptos::prelude::*;

use super::Marker;
use super::plot_shape::{BOTTOM, HEIGHT, LEFT, Plot, RIGHT, TOP, WIDTH};

/// Words of a large trend.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlotWords {
    /// One sentence that says what the picture says.
    pub summary: String,
    /// Label of each target that was given, drawn or not; the first `own` are the goal's own.
    pub targets: Vec<String>,
    /// How many of the targets are drawn as a pale area; the others are lines only.
    pub own: usize,
    /// The dates of the time axis.
    pub times: Vec<String>,
    /// Names of the lines; empty where there is only one.
    pub lines: Vec<&'static str>,
}

/// Draws a plot as SVG.
#[component]
pub fn PlotChart(
    /// What to draw.
    plot: Plot,
    /// What it says.
    words: PlotWords,
    /// Place of each dot's source in the tenant's list, for its colour and shape; as many as there are dots.
    places: Vec<usize>,
) -> impl IntoView {
    let at = |number: f64| format!("{number:.1}");
    let line = |class: &'static str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)| view! { <line class=class x1=at(x1) y1=at(y1) x2=at(x2) y2=at(y2)></line> };
    let areas = plot.targets.iter().filter(|range| range.target < words.own).map(|range| {
        view! { <rect class="plot__band" x=at(LEFT) y=at(range.area.y) width=at(RIGHT - LEFT) height=at(range.area.height)></rect> }
    });
    let bounds = plot.targets.iter().flat_map(|range| {
        let class = if range.target < words.own { "plot__bound plot__bound--own" } else { "plot__bound" };
        range.bounds.iter().map(move |y| line(class, (LEFT, *y), (RIGHT, *y)))
    });
    let targets = plot.targets.iter().map(|range| {
        let label = words.targets.get(range.target).cloned();
        view! { <text class="plot__target" x=at(LEFT + 6.0) y=at(range.label)>{label}</text> }
    });
    let numbers = plot.numbers.iter().map(|(y, text)| {
        view! {
            {line("plot__grid", (LEFT, *y), (RIGHT, *y))}
            <text class="plot__number" x=at(LEFT - 6.0) y=at(y + 4.0) text-anchor="end">{text.clone()}</text>
        }
    });
    let last = plot.times.len().saturating_sub(1);
    let times = plot.times.iter().zip(words.times).enumerate().map(|(index, ((x, _), text))| {
        let (class, anchor) = match index {
            0 => ("plot__time", "start"),
            index if index == last => ("plot__time", "end"),
            _ => ("plot__time plot__time--between", "middle"),
        };
        view! {
            {line("plot__tick", (*x, BOTTOM), (*x, BOTTOM + 4.0))}
            <text class=class x=at(*x) y=at(BOTTOM + 17.0) text-anchor=anchor>{text}</text>
        }
    });
    let lines =
        plot.lines.iter().map(|(points, _)| view! { <polyline class="trend__line" points=points.clone()></polyline> });
    let names = plot.lines.iter().zip(words.lines).map(|((_, end), name)| {
        view! { <text class="plot__name" x=at(RIGHT - 4.0) y=at((end - 9.0).max(TOP)) text-anchor="end">{name}</text> }
    });
    let dots = plot.dots.iter().zip(places).map(|(dot, place)| {
        let radius = if dot.newest { 5.0 } else { 3.6 };
        view! { <Marker place x=dot.x y=dot.y radius bound=dot.bound/> }
    });
    view! {
        <svg class="plot" role="img" aria-label=words.summary viewBox=format!("0 0 {WIDTH} {HEIGHT}") width=WIDTH.to_string() height=HEIGHT.to_string()>
            {areas.collect_view()}
            {numbers.collect_view()}
            {bounds.collect_view()}
            {line("plot__axis", (LEFT, TOP), (LEFT, BOTTOM))}
            {line("plot__axis", (LEFT, BOTTOM), (RIGHT, BOTTOM))}
            <text class="plot__unit" x="0" y="11">{crate::words::words().unit(&plot.unit)}</text>
            {times.collect_view()}
            {lines.collect_view()}
            {dots.collect_view()}
            {targets.collect_view()}
            {names.collect_view()}
        </svg>
    }
}
