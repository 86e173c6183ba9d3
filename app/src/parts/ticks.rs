//! Where an axis has its labels. Pure.

use fhir::FhirDate;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Steps of a number axis within a power of ten.
const STEPS: [f64; 4] = [1.0, 2.0, 2.5, 5.0];
/// Steps of a time axis in months.
const MONTHS: [i32; 9] = [1, 2, 3, 6, 12, 24, 60, 120, 240];

/// Round numbers between two bounds, three to five of them, as numbers and as written.
pub fn number_ticks(lowest: f64, highest: f64) -> Vec<(f64, String)> {
    let span = highest - lowest;
    if !span.is_finite() || span <= 0.0 {
        return Vec::new();
    }
    let power = span.log10().floor() as i32;
    let candidates = (power - 2..=power).flat_map(|power| STEPS.map(|step| (step, power)));
    let ticks = |step: f64| {
        let (first, last) = ((lowest / step).ceil() as i64, (highest / step).floor() as i64);
        (first..=last).map(move |index| index as f64 * step)
    };
    let wish = |count: usize| match count {
        4 => 0,
        3 => 1,
        5 => 2,
        other => other.abs_diff(4) + 1,
    };
    let best = candidates.min_by_key(|(step, power)| wish(ticks(step * 10f64.powi(*power)).count()));
    let Some((step, power)) = best else { return Vec::new() };
    let decimals = usize::try_from(-power).unwrap_or(0) + usize::from(step.fract() != 0.0 && power <= 0);
    ticks(step * 10f64.powi(power)).map(|value| (value, format!("{value:.decimals$}"))).collect()
}

/// Beginnings of months between two times, at most as many as `room` says, with their times in seconds (UTC).
pub fn month_ticks(first: i64, last: i64, room: usize) -> Vec<(i64, FhirDate)> {
    let months = |step: i32| -> Vec<(i64, FhirDate)> {
        let Some(begin) = jiff::Timestamp::from_second(first).ok().map(|at| at.to_zoned(TimeZone::UTC).date()) else {
            return Vec::new();
        };
        let begin = i32::from(begin.year()) * 12 + i32::from(begin.month()) - 1;
        let marks = (1..).map(|count| (begin.div_euclid(step) + count) * step).map_while(|month| {
            let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12) + 1);
            let (year, of_year) = (i16::try_from(year).ok()?, i8::try_from(of_year).ok()?);
            let at = Date::new(year, of_year, 1).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
            (at < last).then_some((at, FhirDate::Month(year, of_year)))
        });
        marks.take(room + 1).collect()
    };
    MONTHS.into_iter().map(months).find(|marks| marks.len() <= room).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(lowest: f64, highest: f64) -> Vec<String> {
        number_ticks(lowest, highest).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn a_number_axis_has_a_few_round_labels() {
        assert_eq!(written(6.55, 9.6), ["7", "8", "9"]);
        assert_eq!(written(68.0, 157.0), ["80", "100", "120", "140"]);
        assert_eq!(written(0.02, 0.11), ["0.025", "0.050", "0.075", "0.100"]);
        assert!(written(5.0, 5.0).is_empty() && written(f64::NAN, 1.0).is_empty());
    }

    #[test]
    fn any_range_has_three_to_five_labels_inside_it() {
        for index in 1..2000_u32 {
            let lowest = f64::from(index % 97) * 1.37 - 40.0;
            let highest = lowest + f64::from(index) * 0.173;
            let ticks = number_ticks(lowest, highest);
            assert!((3..=5).contains(&ticks.len()), "{lowest} {highest} {ticks:?}");
            assert!(
                ticks.iter().all(|(value, text)| {
                    *value >= lowest
                        && *value <= highest
                        && (text.parse::<f64>().expect("a number") - value).abs() < 1e-9
                }),
                "{lowest} {highest} {ticks:?}"
            );
        }
    }

    #[test]
    fn a_time_axis_takes_longer_steps_for_longer_times() {
        let second = |text: &str| text.parse::<jiff::Timestamp>().expect("a time").as_second();
        let months = |first: &str, last: &str| -> Vec<String> {
            month_ticks(second(first), second(last), 3).iter().map(|(_, date)| date.to_string()).collect()
        };
        assert_eq!(months("2026-01-20T00:00:00Z", "2026-04-02T00:00:00Z"), ["2026-02", "2026-03", "2026-04"]);
        assert_eq!(months("2025-04-01T00:00:00Z", "2026-10-12T00:00:00Z"), ["2025-07", "2026-01", "2026-07"]);
        assert_eq!(months("2026-04-01T00:00:00Z", "2026-04-12T00:00:00Z"), [""; 0]);
        assert!(months("1950-01-01T00:00:00Z", "2026-04-12T00:00:00Z").len() <= 3);
    }
}
