//! What the surface offers. Searches, `/metadata` and `docs/fhir-surface.md` follow it.

mod rows;

use fhir_server::search::{Include, Offered, Query};
use fhir_server::{Failure, Handling};
use shared_plan::fhir::ResourceKind;

pub use rows::OFFERS;

/// What is offered of one type, beside [`COMMON`], which every type has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The type.
    pub kind: ResourceKind,
    /// The profile that its resources keep to, beside R4.
    pub profile: Option<&'static str>,
    /// Its search parameters, from the table of `fhir-server`.
    pub params: &'static [&'static str],
    /// Parameters that US Core wants to be searched together. Here any may be.
    pub combinations: &'static [Combination],
    /// Of which a search has to name one; none where every search is answered.
    pub needs: &'static [&'static str],
    /// `_include`: the reference parameters that lead to resources of this surface.
    pub includes: &'static [&'static str],
    /// `_revinclude`: what refers to resources of this type.
    pub reverse_includes: &'static [&'static str],
}

/// Parameters that are searched together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Combination {
    /// How much US Core wants it.
    pub expectation: Expectation,
    /// The parameters.
    pub params: &'static [&'static str],
}

/// How much a guide wants something (`capabilitystatement-expectation`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// Every server has to.
    Shall,
    /// A server had better.
    Should,
}

impl Expectation {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shall => "SHALL",
            Self::Should => "SHOULD",
        }
    }
}

/// The parameters that every type has.
pub const COMMON: [&str; 3] = ["_id", "_lastUpdated", "_profile"];

/// The parameters that say what the answer to a search looks like.
pub const CONTROLS: [&str; 11] = [
    "_count",
    "_sort",
    "_summary",
    "_elements",
    "_include",
    "_include:iterate",
    "_revinclude",
    "_revinclude:iterate",
    "_total",
    "_format",
    "_pretty",
];

/// What is offered of a type.
pub(super) fn offer(kind: ResourceKind) -> &'static Offer {
    OFFERS.iter().find(|offer| offer.kind == kind).expect("every type is in the table")
}

impl Offer {
    /// Reads the parameters of a search of this type.
    ///
    /// # Errors
    /// 400 for what is not offered, 406 for another format than JSON.
    pub(super) fn understand(&self, pairs: &[(String, String)], handling: Handling) -> Result<Query, Failure> {
        let offered = Offered {
            param: &|name| COMMON.contains(&name) || self.params.contains(&name),
            include: &leads,
            reverse_include: &refers,
        };
        Query::parse_offered(self.kind.name(), pairs, handling, offered)
    }
}

/// True where a reference leads to resources of this surface, whichever type the search is about: by `:iterate` what came
/// along is followed too.
fn leads(include: &Include) -> bool {
    let of = |offer: &Offer| offer.kind.name() == include.from && offer.includes.contains(&include.param.name);
    OFFERS.iter().any(of)
}

fn refers(include: &Include) -> bool {
    let name = format!("{}:{}", include.from, include.param.name);
    OFFERS.iter().any(|offer| offer.reverse_includes.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use fhir_server::params;

    use super::*;

    #[test]
    fn every_offer_is_a_parameter_of_r4_or_us_core_and_every_type_has_one() {
        for kind in ResourceKind::ALL {
            let offer = offer(kind);
            let combined = offer.combinations.iter().flat_map(|combination| combination.params);
            for param in offer.params.iter().chain(offer.needs).chain(combined).chain(&COMMON) {
                assert!(params::lookup(kind.name(), param).is_some(), "{}.{param}", kind.name());
            }
            for include in offer.includes {
                let all = Include::parse(&format!("{}:{include}", kind.name()), false);
                assert!(all.is_ok_and(|all| all.iter().all(leads)), "{}:{include}", kind.name());
                assert!(offer.params.contains(include), "{include}");
            }
            for include in offer.reverse_includes {
                assert!(Include::parse(include, false).is_ok_and(|all| all.iter().all(refers)), "{include}");
            }
        }
    }

    /// What a resource never has is answered by none, and not refused: a client need not know which elements we fill.
    #[test]
    fn what_can_be_searched_by_a_person_has_every_parameter_of_r4_and_us_core() {
        for offer in OFFERS.iter().filter(|offer| offer.needs.is_empty()) {
            for param in params::of(offer.kind.name()) {
                assert!(offer.params.contains(&param.name), "{}.{}", offer.kind.name(), param.name);
            }
        }
    }
}
