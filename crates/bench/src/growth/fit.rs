//! The exponent of growth: the slope of a straight line through the points on two logarithmic scales.

/// The power of the size by which the time grows: 1 is linear, 2 quadratic. `None` of fewer than two sizes.
pub fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logs: Vec<(f64, f64)> =
        points.iter().filter(|(x, y)| *x > 0.0 && *y > 0.0).map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = logs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
    let (middle_x, middle_y) = (mean(|log| log.0), mean(|log| log.1));
    let spread: f64 = logs.iter().map(|(x, _)| (x - middle_x).powi(2)).sum();
    let together: f64 = logs.iter().map(|(x, y)| (x - middle_x) * (y - middle_y)).sum();
    (logs.len() > 1 && spread > 0.0).then(|| together / spread)
}

#[cfg(test)]
mod tests {
    use super::exponent;

    #[test]
    fn a_line_has_one_and_a_square_has_two() {
        let sizes = [1_000.0, 5_000.0, 20_000.0, 100_000.0];
        let of = |power: f64| {
            exponent(&sizes.map(|size: f64| (size, 0.003 * size.powf(power)))).map(|e| (e * 100.0).round())
        };
        assert_eq!((of(1.0), of(2.0), of(1.1)), (Some(100.0), Some(200.0), Some(110.0)));
    }

    #[test]
    fn a_single_size_has_no_growth() {
        assert_eq!(exponent(&[(1_000.0, 2.0), (1_000.0, 3.0)]), None);
        assert_eq!(exponent(&[(1_000.0, 2.0)]), None);
        assert_eq!(exponent(&[]), None);
    }
}
