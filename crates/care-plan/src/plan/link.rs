//! Links between items.

use serde::Serialize;

use super::ItemId;

/// A link between two items.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The item nearer to the concern.
    pub from: ItemId,
    /// The item nearer to the outcome.
    pub to: ItemId,
    /// Where the link comes from.
    pub basis: Basis,
}

/// Where a link comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Basis {
    /// A source states it; the text names the element, such as `Goal.addresses`.
    Stated(String),
    /// Joined by us; the text says how, such as "both name the same condition".
    Inferred(String),
}
