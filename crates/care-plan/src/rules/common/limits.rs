//! Medicines that a measured value speaks against: a small table, each row with its source.
//!
//! Only what a label or a guideline says with a number. The estimated filtration rate (eGFR) stands in for the creatinine
//! clearance where a label names that, as is done in practice for adults of usual build (FDA guidance on renal impairment,
//! 2024). Left out on purpose: dose ranges by kidney function (gabapentin, allopurinol, anticoagulants), which need the dose
//! and the indication.

use rust_decimal::Decimal;

use crate::plan::Severity;

/// Medicines and the limits of one measure.
pub(in crate::rules) struct Limit {
    /// What the medicines are called together.
    pub(in crate::rules) words: &'static str,
    /// Their ingredients by RxNorm name.
    pub(in crate::rules) ingredients: &'static [&'static str],
    /// Name of the measure in [`crate::measures`].
    pub(in crate::rules) measure: &'static str,
    /// Unit of the limits.
    pub(in crate::rules) unit: &'static str,
    /// Gravest first.
    pub(in crate::rules) steps: &'static [Step],
    /// Who says so.
    pub(in crate::rules) source: &'static str,
}

/// One limit.
pub(in crate::rules) struct Step {
    /// Where it begins.
    pub(in crate::rules) bound: Bound,
    /// How grave it is to take it beyond the limit.
    pub(in crate::rules) severity: Severity,
    /// How grave it is where the first order is no older than the value; where it is the same, as above.
    pub(in crate::rules) starting: Severity,
    /// What the source says.
    pub(in crate::rules) advice: &'static str,
}

/// A limit in tenths of its unit.
#[derive(Clone, Copy)]
pub(in crate::rules) enum Bound {
    /// Values less than it.
    Below(u32),
    /// Values greater than it.
    Above(u32),
    /// Values that are it or greater.
    From(u32),
}

impl Bound {
    /// The number.
    pub(in crate::rules) fn value(self) -> Decimal {
        let (Self::Below(tenths) | Self::Above(tenths) | Self::From(tenths)) = self;
        Decimal::new(tenths.into(), 1).normalize()
    }

    /// True where a value with this comparator is surely beyond the limit.
    pub(in crate::rules) fn holds(self, number: Decimal, comparator: Option<&str>) -> bool {
        let limit = self.value();
        match (self, comparator) {
            (Self::Below(_), None | Some("<=")) => number < limit,
            (Self::Below(_), Some("<")) => number <= limit,
            (Self::Above(_), None | Some(">=")) => number > limit,
            (Self::Above(_), Some(">")) | (Self::From(_), None | Some(">" | ">=")) => number >= limit,
            _ => false,
        }
    }

    /// In words.
    pub(in crate::rules) fn words(self, unit: &str) -> String {
        let sign = match self {
            Self::Below(_) => "below",
            Self::Above(_) => "above",
            Self::From(_) => "from",
        };
        format!("{sign} {} {unit}", self.value())
    }
}

/// A step that is as grave for whoever takes it as for whoever begins.
const fn step(bound: Bound, severity: Severity, advice: &'static str) -> Step {
    Step { bound, severity, starting: severity, advice }
}

/// A step that is for whoever begins; who takes it already is to be seen again.
const fn to_start(bound: Bound, advice: &'static str) -> Step {
    Step { bound, severity: Severity::Low, starting: Severity::Moderate, advice }
}

/// Filtration rate.
const EGFR: (&str, &str) = ("egfr", "mL/min/{1.73_m2}");
/// Potassium in serum.
const POTASSIUM: (&str, &str) = ("potassium", "mmol/L");

const fn row(
    words: &'static str,
    ingredients: &'static [&'static str],
    (measure, unit): (&'static str, &'static str),
    steps: &'static [Step],
    source: &'static str,
) -> Limit {
    Limit { words, ingredients, measure, unit, steps, source }
}

/// The table; also in `docs/detected-issues.md`.
pub(in crate::rules) const LIMITS: &[Limit] = &[
    row(
        "metformin",
        &["metformin"],
        EGFR,
        &[
            step(Bound::Below(300), Severity::High, "contraindicated"),
            to_start(Bound::Below(450), "not to be started; weigh benefit and risk where it is taken"),
        ],
        "FDA drug safety communication on metformin, 8 April 2016",
    ),
    row(
        "NSAIDs",
        &[
            "celecoxib",
            "diclofenac",
            "diflunisal",
            "etodolac",
            "flurbiprofen",
            "ibuprofen",
            "indomethacin",
            "ketoprofen",
            "ketorolac",
            "mefenamate",
            "meloxicam",
            "nabumetone",
            "naproxen",
            "oxaprozin",
            "piroxicam",
            "sulindac",
            "tolmetin",
        ],
        EGFR,
        &[step(Bound::Below(300), Severity::High, "to be avoided")],
        "KDIGO CKD guideline 2012, table 32",
    ),
    row(
        "mineralocorticoid receptor antagonists",
        &["eplerenone", "spironolactone"],
        POTASSIUM,
        &[
            step(Bound::Above(55), Severity::High, "to be stopped or withheld"),
            to_start(Bound::Above(50), "not to be started; watch potassium where it is taken"),
        ],
        "AHA/ACC/HFSA heart failure guideline 2022, section 7.3.3",
    ),
    row(
        "potassium",
        &["potassium", "potassium bicarbonate", "potassium chloride", "potassium citrate", "potassium gluconate"],
        POTASSIUM,
        &[
            step(Bound::Above(55), Severity::High, "contraindicated in hyperkalemia"),
            step(Bound::Above(50), Severity::Moderate, "contraindicated in hyperkalemia"),
        ],
        "FDA label of potassium chloride, section 4",
    ),
    row(
        "inhibitors of the renin-angiotensin system",
        &[
            "azilsartan",
            "benazepril",
            "candesartan",
            "captopril",
            "enalapril",
            "eprosartan",
            "fosinopril",
            "irbesartan",
            "lisinopril",
            "losartan",
            "moexipril",
            "olmesartan",
            "perindopril",
            "quinapril",
            "ramipril",
            "telmisartan",
            "trandolapril",
            "valsartan",
        ],
        POTASSIUM,
        &[
            step(Bound::From(60), Severity::High, "to be stopped where potassium is 6.0 mmol/L or more"),
            step(Bound::Above(55), Severity::Moderate, "lower potassium first; then reduce or stop"),
        ],
        "NICE NG203 (2021), section 1.6; KDIGO CKD guideline 2024, practice points 3.6",
    ),
    row(
        "digoxin",
        &["digoxin"],
        POTASSIUM,
        &[
            step(Bound::Below(30), Severity::High, "low potassium makes its toxicity likelier"),
            step(Bound::Below(35), Severity::Moderate, "low potassium makes its toxicity likelier"),
        ],
        "FDA label of digoxin, section 5: keep potassium normal; normal is 3.5 mmol/L and more",
    ),
    row(
        "canagliflozin",
        &["canagliflozin"],
        EGFR,
        &[to_start(Bound::Below(300), "not to be started")],
        "FDA label of canagliflozin, section 2.3",
    ),
    row(
        "dapagliflozin",
        &["dapagliflozin"],
        EGFR,
        &[to_start(Bound::Below(250), "not to be started")],
        "FDA label of dapagliflozin (2023), section 2.2",
    ),
    row(
        "nitrofurantoin",
        &["nitrofurantoin"],
        EGFR,
        &[step(Bound::Below(300), Severity::Moderate, "to be avoided")],
        "AGS Beers Criteria 2023, table 6",
    ),
    row(
        "alendronate",
        &["alendronate"],
        EGFR,
        &[step(Bound::Below(350), Severity::Moderate, "not recommended")],
        "FDA label of alendronate, section 8.6",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_known_measure_in_a_unit_that_it_has_and_its_gravest_step_first() {
        for limit in LIMITS {
            let measure = crate::measures::named(limit.measure).expect(limit.measure);
            assert!(measure.units.iter().any(|(unit, _)| *unit == limit.unit), "{}", limit.words);
            assert!(limit.steps.windows(2).all(|pair| pair[0].severity <= pair[1].severity), "{}", limit.words);
            let mut sorted = limit.ingredients.to_vec();
            sorted.sort_unstable();
            assert_eq!(sorted, limit.ingredients, "{}", limit.words);
        }
    }

    #[test]
    fn a_value_with_a_comparator_is_beyond_a_limit_only_where_it_surely_is() {
        let holds = |bound: Bound, number: i64, sign| bound.holds(Decimal::from(number), sign);
        assert!(holds(Bound::Below(300), 29, None) && !holds(Bound::Below(300), 30, None));
        assert!(holds(Bound::Below(300), 30, Some("<")) && !holds(Bound::Below(300), 60, Some("<")));
        assert!(!holds(Bound::Below(300), 15, Some(">")), "more than 15 may be 90");
        assert!(holds(Bound::Below(300), 29, Some("<=")) && !holds(Bound::Below(300), 30, Some("<=")));
        assert!(holds(Bound::Above(50), 5, Some(">")) && !holds(Bound::Above(50), 5, None));
        assert!(!holds(Bound::Above(50), 5, Some(">=")) && holds(Bound::Above(50), 6, Some(">=")));
        assert!(holds(Bound::From(60), 6, None) && !holds(Bound::From(60), 6, Some("<")));
    }
}
