//! A trend as a picture.

use leptos::prelude::*;

use super::trend_shape::{Shape, Size};

/// Draws a shape as SVG: target bands pale, lines straight, each reading a dot in its source's colour, the newest larger.
#[component]
pub fn TrendChart(
    /// What to draw.
    shape: Shape,
    /// Size it was scaled for.
    size: Size,
    /// One sentence that says what the picture says.
    #[prop(into)]
    summary: String,
    /// Place of each dot's source in the tenant's list, for its colour; as many as there are dots.
    places: Vec<usize>,
) -> impl IntoView {
    let areas = shape.areas.into_iter().map(|area| {
        view! {
            <rect class="trend__band" x="0" y=format!("{:.1}", area.y) width=size.width.to_string() height=format!("{:.1}", area.height)></rect>
        }
    });
    let lines = shape.lines.into_iter().map(|points| view! { <polyline class="trend__line" points=points></polyline> });
    let dots = shape.dots.into_iter().zip(places).map(|(dot, place)| {
        let hollow = if dot.bound { " trend__dot--bound" } else { "" };
        let class = format!("trend__dot trend__dot--{}{hollow}", place % 8);
        let radius = if dot.newest { "3" } else { "2" };
        view! { <circle class=class cx=format!("{:.1}", dot.x) cy=format!("{:.1}", dot.y) r=radius></circle> }
    });
    view! {
        <svg
            class="trend"
            role="img"
            aria-label=summary
            viewBox=format!("0 0 {} {}", size.width, size.height)
            width=size.width.to_string()
            height=size.height.to_string()
        >
            {areas.collect_view()}
            {lines.collect_view()}
            {dots.collect_view()}
        </svg>
    }
}
