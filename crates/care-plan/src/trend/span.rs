//! The numbers that a value or a target may mean, and how the two stand to each other. Exact at every bound.

use rust_decimal::Decimal;

use crate::plan::Band;

/// A stretch of numbers; a missing end is open to infinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    low: Option<End>,
    high: Option<End>,
}

/// An end of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    at: Decimal,
    /// True where the number itself belongs to the span.
    within: bool,
}

impl Span {
    /// What a value with this comparator may be (R4 `quantity-comparator`); `None` for a comparator that we do not know.
    pub(super) fn of_value(number: Decimal, comparator: Option<&str>) -> Option<Self> {
        let (at, beyond) = (End { at: number, within: true }, End { at: number, within: false });
        Some(match comparator {
            None => Self { low: Some(at), high: Some(at) },
            Some("<") => Self { low: None, high: Some(beyond) },
            Some("<=") => Self { low: None, high: Some(at) },
            Some(">") => Self { low: Some(beyond), high: None },
            Some(">=") => Self { low: Some(at), high: None },
            Some(_) => return None,
        })
    }

    /// The numbers between two, which both may be met.
    pub(super) fn between(one: Decimal, other: Decimal) -> Self {
        let end = |at| Some(End { at, within: true });
        Self { low: end(one.min(other)), high: end(one.max(other)) }
    }

    /// What meets a target; `None` where it names no bound.
    pub(super) fn of_band(band: &Band) -> Option<Self> {
        let within = !matches!(band.comparator.as_deref(), Some("<" | ">"));
        let end = |at: Option<Decimal>| at.map(|at| End { at, within });
        (band.low.is_some() || band.high.is_some()).then(|| Self { low: end(band.low), high: end(band.high) })
    }

    /// Both where one is open at the end at which the other is.
    pub(super) fn joined(self, other: Self) -> Self {
        let low = self.low.zip(other.low).map(|(one, two)| if one.at <= two.at { one } else { two });
        let high = self.high.zip(other.high).map(|(one, two)| if one.at >= two.at { one } else { two });
        Self { low, high }
    }

    /// Whether this value meets a target: surely, surely not, or nobody can tell (`None`).
    pub(super) fn meets(self, target: Self) -> Option<bool> {
        if self.apart(target) {
            return Some(false);
        }
        let above = match (target.low, self.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(bound), Some(own)) => own.at > bound.at || own.at == bound.at && (bound.within || !own.within),
        };
        let below = match (target.high, self.high) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(bound), Some(own)) => own.at < bound.at || own.at == bound.at && (bound.within || !own.within),
        };
        (above && below).then_some(true)
    }

    /// True where the two have no number in common.
    fn apart(self, other: Self) -> bool {
        let before = |high: Option<End>, low: Option<End>| {
            high.zip(low)
                .is_some_and(|(high, low)| high.at < low.at || high.at == low.at && !(high.within && low.within))
        };
        before(self.high, other.low) || before(other.high, self.low)
    }

    /// How far a number lies from the span: nothing within it.
    pub(super) fn distance(self, number: Decimal) -> Decimal {
        let below = self.low.map_or(Decimal::ZERO, |low| low.at.saturating_sub(number));
        let above = self.high.map_or(Decimal::ZERO, |high| number.saturating_sub(high.at));
        below.max(above).max(Decimal::ZERO)
    }

    /// True for a target that is one number and not a bound.
    pub(super) fn is_point(self) -> bool {
        self.low.is_some() && self.low == self.high
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(number: i64, comparator: &str) -> Span {
        let comparator = Some(comparator).filter(|text| !text.is_empty());
        Span::of_value(number.into(), comparator).expect("a comparator of R4")
    }

    fn target(number: i64, comparator: &str) -> Span {
        value(number, comparator)
    }

    #[test]
    fn a_bound_is_met_exactly_as_its_comparator_says() {
        let table = [
            ("<", [(129, true), (130, false), (131, false)]),
            ("<=", [(129, true), (130, true), (131, false)]),
            (">", [(129, false), (130, false), (131, true)]),
            (">=", [(129, false), (130, true), (131, true)]),
            ("", [(129, false), (130, true), (131, false)]),
        ];
        for (comparator, cases) in table {
            for (number, met) in cases {
                assert_eq!(value(number, "").meets(target(130, comparator)), Some(met), "{number} {comparator} 130");
            }
        }
    }

    #[test]
    fn a_value_with_a_comparator_meets_a_target_only_where_all_it_may_be_does() {
        assert_eq!(value(7, "<").meets(target(7, "<")), Some(true));
        assert_eq!(value(7, "<=").meets(target(7, "<")), None);
        assert_eq!(value(8, "<").meets(target(7, "<")), None);
        assert_eq!(value(300, ">").meets(target(180, "<")), Some(false));
        assert_eq!(value(180, ">=").meets(target(180, "<")), Some(false));
        assert_eq!(value(180, ">").meets(target(180, "<=")), Some(false));
        assert_eq!(value(90, ">").meets(target(60, ">=")), Some(true));
        assert_eq!(Span::of_value(1.into(), Some("~")), None);
    }

    proptest! {
        #[test]
        fn one_number_is_always_within_or_without(number in -50..50_i64, bound in -50..50_i64, other in -50..50_i64) {
            let range = Span::between(bound.into(), other.into());
            let within = (bound.min(other)..=bound.max(other)).contains(&number);
            prop_assert_eq!(value(number, "").meets(range), Some(within));
            prop_assert_eq!(range.distance(number.into()).is_zero(), within);
        }

        #[test]
        fn what_is_surely_met_by_a_stretch_is_met_by_each_number_of_it(from in -20..20_i64, to in -20..20_i64, bound in -20..20_i64,
            comparator in proptest::sample::select(vec!["<", "<=", ">", ">=", ""])) {
            let target = target(bound, comparator);
            let all: Vec<_> = (from.min(to)..=from.max(to)).map(|number| value(number, "").meets(target)).collect();
            match Span::between(from.into(), to.into()).meets(target) {
                Some(met) => prop_assert!(all.iter().all(|one| *one == Some(met))),
                None => prop_assert!(all.contains(&Some(false)) || comparator.is_empty()),
            }
        }
    }
}
