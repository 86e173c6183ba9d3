//! Values of targets.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Coded, digits};

/// A measured value with its unit. The number keeps the digits that were written: 7.50 is not 7.5.
#[derive(Debug, Clone, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The number, as text in JSON. A number of JSON is taken as well.
    #[serde(deserialize_with = "digits::exactly")]
    pub value: Decimal,
    /// `<`, `<=`, `>=` or `>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Comparator>,
    /// The unit as people read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The unit in UCUM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ucum: Option<String>,
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        // As it is written, not as it counts.
        self.value.serialize() == other.value.serialize()
            && (self.comparator, &self.unit, &self.ucum) == (other.comparator, &other.unit, &other.ucum)
    }
}

/// How a value is to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparator {
    /// Less than.
    #[serde(rename = "<")]
    Below,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// More than.
    #[serde(rename = ">")]
    Above,
}

impl Comparator {
    /// The code of R4.
    pub fn code(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Above => ">",
        }
    }
}

/// What is to be reached (R4 `Goal.target.detail[x]`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum TargetValue {
    /// One value.
    Quantity(Quantity),
    /// Between two values, both included; one of them may be open.
    Range {
        /// The lower.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<Quantity>,
        /// The higher.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<Quantity>,
    },
    /// A concept, such as "never smoker".
    Concept(Coded),
    /// In somebody's own words.
    Text(String),
}
