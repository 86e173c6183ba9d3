//! Growth as a picture: an SVG with two logarithmic scales, from a pure function.

use std::fmt::Write as _;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 200.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 50.0;
/// Colour and dash of each line; the dash tells them apart without colour.
const STYLES: [(&str, &str); 4] =
    [("#1b5e8a", "none"), ("#b3541e", "8 3"), ("#3c7a3c", "3 3"), ("#7a3c7a", "10 3 2 3")];

/// One line of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What it is, with its exponent.
    pub name: String,
    /// Resources and milliseconds.
    pub points: Vec<(f64, f64)>,
}

/// Draws the curves, with a grey line that grows linearly.
pub fn plot(title: &str, curves: &[Curve]) -> String {
    let all = || curves.iter().flat_map(|curve| drawable(&curve.points));
    let decades = |of: fn(&(f64, f64)) -> f64| {
        let (low, high) = all()
            .map(of)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at.log10()), high.max(at.log10())));
        if low.is_finite() { (low.floor(), high.ceil().max(low.floor() + 1.0)) } else { (0.0, 1.0) }
    };
    let (from_x, to_x) = decades(|point| point.0);
    let (from_y, to_y) = decades(|point| point.1);
    let x = |value: f64| LEFT + (value.log10() - from_x) / (to_x - from_x) * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - (value.log10() - from_y) / (to_y - from_y) * (HEIGHT - TOP - BOTTOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"12\"><title>{title}</title><rect width=\"100%\" height=\"100%\" fill=\"white\"/>\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"15\">{title}</text>"
    );
    let grid = |svg: &mut String, [x1, y1, x2, y2]: [f64; 4]| {
        let _ = write!(svg, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#ddd\"/>");
    };
    for decade in from_x as i32..=to_x as i32 {
        let (value, at) = (10_f64.powi(decade), x(10_f64.powi(decade)));
        grid(&mut svg, [at, TOP, at, HEIGHT - BOTTOM]);
        let _ = write!(
            svg,
            "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{value}</text>",
            HEIGHT - BOTTOM + 18.0
        );
    }
    for decade in from_y as i32..=to_y as i32 {
        let (value, at) = (10_f64.powi(decade), y(10_f64.powi(decade)));
        grid(&mut svg, [LEFT, at, WIDTH - RIGHT, at]);
        let _ =
            write!(svg, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{value} ms</text>", LEFT - 6.0, at + 4.0);
    }
    let _ = write!(svg, "<text x=\"{LEFT}\" y=\"{:.1}\">resources</text>", HEIGHT - 12.0);
    if let Some((first_x, first_y)) = curves.first().and_then(|curve| drawable(&curve.points).next()) {
        let steps = (to_x - first_x.log10()).min(to_y - first_y.log10());
        let (end_x, end_y) = (first_x * 10_f64.powf(steps), first_y * 10_f64.powf(steps));
        let (x1, y1, x2, y2) = (x(*first_x), y(*first_y), x(end_x), y(end_y));
        let _ = write!(
            svg,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#999\" stroke-dasharray=\"1 4\"/>"
        );
    }
    for ((at, curve), (colour, dash)) in curves.iter().enumerate().zip(STYLES.iter().cycle()) {
        let points: Vec<String> =
            drawable(&curve.points).map(|point| format!("{:.1},{:.1}", x(point.0), y(point.1))).collect();
        let (line, right) = (TOP + 20.0 * (at as f64 + 1.0), WIDTH - RIGHT + 12.0);
        let _ = write!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>\
             <line x1=\"{right}\" y1=\"{line}\" x2=\"{:.1}\" y2=\"{line}\" stroke=\"{colour}\" stroke-width=\"2\" \
             stroke-dasharray=\"{dash}\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            points.join(" "),
            right + 30.0,
            right + 36.0,
            line + 4.0,
            curve.name
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// What has a place on logarithmic scales.
fn drawable(points: &[(f64, f64)]) -> impl Iterator<Item = &(f64, f64)> {
    points.iter().filter(|(x, y)| *x > 0.0 && *y > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_times_as_much_is_one_step_on_both_scales() {
        let curve =
            Curve { name: "parse, n^1.00".into(), points: vec![(1_000.0, 2.0), (10_000.0, 20.0), (100_000.0, 200.0)] };
        let svg = plot("Growth", &[curve]);
        let points =
            svg.split("<polyline points=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let x: Vec<f64> = points.split(' ').filter_map(|point| point.split(',').next()?.parse().ok()).collect();
        assert_eq!(x.len(), 3);
        assert!((x[2] - x[1] - (x[1] - x[0])).abs() < 0.2, "{points}");
        assert!(svg.contains("<title>Growth</title>") && svg.contains("parse, n^1.00") && svg.ends_with("</svg>\n"));
    }

    #[test]
    fn nothing_to_draw_is_an_empty_picture_and_no_panic() {
        assert!(plot("Growth", &[]).contains("</svg>"));
        assert!(
            !plot("Growth", &[Curve { name: "x".into(), points: vec![(0.0, 0.0)] }]).contains("<polyline points=\"-")
        );
    }
}
