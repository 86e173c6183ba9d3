//! The shape of a source's points, so that colour is never alone.

use leptos::prelude::*;

/// A point in the colour and the shape of the source with this place in the tenant's list.
#[component]
pub fn Marker(
    /// Place of the source.
    place: usize,
    /// Middle, from the left.
    x: f64,
    /// Middle, from the top.
    y: f64,
    /// From the middle to the edge.
    radius: f64,
    /// True for a number that is only a bound: hollow.
    #[prop(optional)]
    bound: bool,
) -> impl IntoView {
    let hollow = if bound { " trend__dot--bound" } else { "" };
    let class = format!("trend__dot trend__dot--{}{hollow}", place % 8);
    view! { <path class=class d=outline(place, x, y, radius)></path> }
}

/// Outline of the shape: circle, square, triangle, diamond, triangle upside down, plus, hexagon, star.
fn outline(place: usize, x: f64, y: f64, radius: f64) -> String {
    let r = radius;
    let corners: &[(f64, f64)] = match place % 8 {
        0 => {
            return format!("M{:.1} {y:.1}a{r} {r} 0 1 0 {} 0a{r} {r} 0 1 0 -{} 0z", x - r, 2.0 * r, 2.0 * r);
        }
        1 => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        2 => &[(0.0, -1.15), (1.1, 0.9), (-1.1, 0.9)],
        3 => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        4 => &[(0.0, 1.15), (1.1, -0.9), (-1.1, -0.9)],
        5 => &[
            (-0.4, -1.2),
            (0.4, -1.2),
            (0.4, -0.4),
            (1.2, -0.4),
            (1.2, 0.4),
            (0.4, 0.4),
            (0.4, 1.2),
            (-0.4, 1.2),
            (-0.4, 0.4),
            (-1.2, 0.4),
            (-1.2, -0.4),
            (-0.4, -0.4),
        ],
        6 => &[(-0.55, -1.0), (0.55, -1.0), (1.15, 0.0), (0.55, 1.0), (-0.55, 1.0), (-1.15, 0.0)],
        _ => &[(0.0, -1.3), (0.4, -0.4), (1.3, 0.0), (0.4, 0.4), (0.0, 1.3), (-0.4, 0.4), (-1.3, 0.0), (-0.4, -0.4)],
    };
    let corners: Vec<String> = corners.iter().map(|(dx, dy)| format!("{:.1} {:.1}", x + dx * r, y + dy * r)).collect();
    format!("M{}z", corners.join("L"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn eight_sources_have_eight_shapes() {
        let shapes: BTreeSet<String> = (0..8).map(|place| outline(place, 10.0, 10.0, 4.0)).collect();
        assert_eq!(shapes.len(), 8);
    }
}
