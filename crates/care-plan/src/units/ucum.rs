//! What a UCUM expression means, by `octofhir-ucum`: its dimension and its factor, exact in decimal.

use octofhir_ucum::{Number, SpecialKind, evaluate, parse_expression};
use rust_decimal::Decimal;

/// Longest expression that is read: no unit of medicine comes near it.
const LONGEST: usize = 48;

/// What a unit measures: the exponents of UCUM's base units, and what UCUM leaves out of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dimension {
    base: [i8; 7],
    /// `mol`, `eq` and `osm` in the order of the expression: UCUM takes them for plain numbers, and 1 mmol of calcium is
    /// 2 meq, so they are no more alike than length and time.
    substance: String,
    /// Arbitrary units, which convert to nothing else: `[IU]`.
    arbitrary: String,
    /// Per 1.73 m² of body surface: an annotation to UCUM, another measure to a kidney.
    indexed: bool,
    special: bool,
}

impl Dimension {
    /// True for ratios and counts.
    pub fn is_plain(&self) -> bool {
        self.base == [0; 7] && self.arbitrary.is_empty() && !self.special
    }

    /// A text that is the same for the same dimension.
    pub fn key(&self) -> String {
        let base = self.base.map(|exponent| exponent.to_string()).join(".");
        let of = [base.as_str(), &self.substance, &self.arbitrary, if self.indexed { "1.73" } else { "" }];
        of.join("|")
    }
}

/// A unit that we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    dimension: Dimension,
    /// The factor to the base units: these digits times ten to the exponent.
    digits: i128,
    exponent: i32,
    temperature: Option<Temperature>,
    /// Name of a unit of a scale that is no ratio, such as `[pH]`: equal to itself only.
    special: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Temperature {
    Celsius,
    Fahrenheit,
}

impl Known {
    /// Reads a UCUM expression.
    pub(super) fn read(expression: &str) -> Option<Self> {
        // A bare number is a unit to UCUM; to a record it is a code of something else, but for "1".
        let number = expression != "1" && expression.bytes().all(|byte| byte.is_ascii_digit());
        if expression.is_empty() || expression.len() > LONGEST || number {
            return None;
        }
        // In two steps: the library's own analysis looks for corrections of what it does not know, which costs more.
        let found = evaluate(&parse_expression(expression).ok()?).ok()?;
        let (digits, exponent) = found.factor.to_integer_and_exponent();
        let temperature = match found.special.filter(|term| term.scale == Number::ONE).map(|term| term.unit.special) {
            Some(SpecialKind::Celsius) => Some(Temperature::Celsius),
            Some(SpecialKind::Fahrenheit) => Some(Temperature::Fahrenheit),
            _ => None,
        };
        let arbitrary: Vec<String> =
            found.arbitrary.iter().map(|(atom, exponent)| format!("{atom}{exponent}")).collect();
        let dimension = Dimension {
            base: found.dim.0,
            substance: substance(expression),
            arbitrary: arbitrary.join("."),
            indexed: expression.contains("1.73"),
            special: found.special.is_some(),
        };
        let special = (found.special.is_some() && temperature.is_none()).then(|| expression.to_owned());
        (digits != 0).then_some(Self { dimension, digits, exponent, temperature, special })
    }

    pub(super) fn dimension(&self) -> Dimension {
        self.dimension.clone()
    }

    /// The same for units that mean the same; empty for the plain number 1.
    pub(super) fn key(&self) -> String {
        if let Some(special) = &self.special {
            return special.clone();
        }
        match self.temperature {
            Some(Temperature::Celsius) => "Cel".to_owned(),
            Some(Temperature::Fahrenheit) => "[degF]".to_owned(),
            None if self.dimension.is_plain()
                && self.dimension.substance.is_empty()
                && (self.digits, self.exponent) == (1, 0) =>
            {
                String::new()
            }
            None => format!("{}|{}e{}", self.dimension.key(), self.digits, self.exponent),
        }
    }

    pub(super) fn convert(&self, number: Decimal, to: &Self) -> Option<Decimal> {
        match (self.temperature, to.temperature) {
            (Some(Temperature::Celsius), Some(Temperature::Fahrenheit)) => {
                number.checked_mul(Decimal::from(9))?.checked_div(Decimal::from(5))?.checked_add(Decimal::from(32))
            }
            (Some(Temperature::Fahrenheit), Some(Temperature::Celsius)) => {
                number.checked_sub(Decimal::from(32))?.checked_mul(Decimal::from(5))?.checked_div(Decimal::from(9))
            }
            (None, None) if self.dimension == to.dimension && !self.dimension.is_plain() => {
                number.checked_mul(self.factor_to(to)?)
            }
            _ => None,
        }
    }

    /// How many of the other unit one of this is, of the same base dimension whatever the substance.
    pub(super) fn factor_to(&self, to: &Self) -> Option<Decimal> {
        let ratio = |known: &Self| known.special.is_none() && known.temperature.is_none();
        if self.dimension.base != to.dimension.base || !ratio(self) || !ratio(to) {
            return None;
        }
        let digits = |digits: i128| Decimal::try_from_i128_with_scale(digits, 0).ok();
        let share = digits(self.digits)?.checked_div(digits(to.digits)?)?;
        scaled(share, self.exponent.checked_sub(to.exponent)?)
    }
}

/// A number times a power of ten. No more than 28 digits fit, so the loop is short.
fn scaled(number: Decimal, exponent: i32) -> Option<Decimal> {
    let times = exponent.unsigned_abs();
    if times > 28 {
        return None;
    }
    let power = (0..times).try_fold(Decimal::ONE, |power, _| power.checked_mul(Decimal::TEN))?;
    if exponent < 0 { number.checked_div(power) } else { number.checked_mul(power) }
}

/// The atoms of an expression that count particles, in its order.
fn substance(expression: &str) -> String {
    let atoms = expression.split(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '[' | ']' | '_'));
    let counted = |atom: &str| ["mol", "eq", "osm"].into_iter().find(|of| atom.ends_with(of));
    atoms.filter_map(counted).collect::<Vec<_>>().join(".")
}
