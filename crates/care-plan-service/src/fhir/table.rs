//! What the surface offers.

use shared_plan::fhir::ResourceKind;

/// What is offered of one type, beside `_id` and `_lastUpdated`, which every type has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The type.
    pub kind: ResourceKind,
    /// Its search parameters, from the table of `fhir-server`.
    pub params: &'static [&'static str],
    /// Of which a search has to name one; none where every search is answered.
    pub needs: &'static [&'static str],
    /// `_include`: the reference parameters that lead to resources of this surface.
    pub includes: &'static [&'static str],
    /// `_revinclude`: what refers to resources of this type.
    pub reverse_includes: &'static [&'static str],
}

/// The parameters that every type has.
pub(super) const COMMON: [&str; 2] = ["_id", "_lastUpdated"];

/// The table.
pub const OFFERS: [Offer; 7] = [
    Offer {
        kind: ResourceKind::CarePlan,
        params: &[
            "patient",
            "subject",
            "status",
            "category",
            "intent",
            "date",
            "encounter",
            "care-team",
            "condition",
            "goal",
            "activity-reference",
            "replaces",
            "instantiates-canonical",
        ],
        needs: &[],
        includes: &["patient", "subject", "care-team", "condition", "goal", "activity-reference", "replaces"],
        reverse_includes: &["Provenance:target", "Task:based-on", "CarePlan:replaces"],
    },
    Offer {
        kind: ResourceKind::Goal,
        params: &[
            "patient",
            "subject",
            "lifecycle-status",
            "achievement-status",
            "category",
            "description",
            "start-date",
            "target-date",
        ],
        needs: &[],
        includes: &["patient", "subject"],
        reverse_includes: &["Provenance:target", "CarePlan:goal"],
    },
    Offer {
        kind: ResourceKind::Task,
        params: &["patient", "subject", "status", "intent", "code", "owner", "focus", "based-on", "period", "modified"],
        needs: &[],
        includes: &["patient", "subject", "based-on", "owner", "focus"],
        reverse_includes: &["Provenance:target", "CarePlan:activity-reference"],
    },
    Offer {
        kind: ResourceKind::CareTeam,
        params: &["patient", "subject", "status", "date", "role", "participant"],
        needs: &[],
        includes: &["patient", "subject", "participant"],
        reverse_includes: &["Provenance:target", "CarePlan:care-team"],
    },
    Offer {
        kind: ResourceKind::Condition,
        params: &[
            "patient",
            "subject",
            "clinical-status",
            "verification-status",
            "category",
            "code",
            "onset-date",
            "onset-info",
            "recorded-date",
            "asserter",
        ],
        needs: &[],
        includes: &["patient", "subject", "asserter"],
        reverse_includes: &["Provenance:target", "CarePlan:condition"],
    },
    Offer {
        kind: ResourceKind::Provenance,
        params: &["target", "agent", "recorded"],
        needs: &["_id", "target"],
        includes: &["target"],
        reverse_includes: &[],
    },
    Offer {
        kind: ResourceKind::Patient,
        params: &[],
        needs: &["_id"],
        includes: &[],
        reverse_includes: &[
            "CarePlan:patient",
            "CareTeam:patient",
            "Condition:patient",
            "Goal:patient",
            "Task:patient",
        ],
    },
];

/// What is offered of a type.
pub(super) fn offer(kind: ResourceKind) -> &'static Offer {
    OFFERS.iter().find(|offer| offer.kind == kind).expect("every type is in the table")
}

impl Offer {
    /// True where a search of this type may name the parameter.
    pub(super) fn knows(&self, param: &str) -> bool {
        COMMON.contains(&param) || self.params.contains(&param)
    }
}

#[cfg(test)]
mod tests {
    use fhir_server::params;
    use fhir_server::search::Include;

    use super::*;

    #[test]
    fn every_offer_is_a_parameter_of_r4_or_us_core_and_every_type_has_one() {
        for kind in ResourceKind::ALL {
            let offer = offer(kind);
            for param in offer.params.iter().chain(offer.needs) {
                assert!(params::lookup(kind.name(), param).is_some(), "{}.{param}", kind.name());
            }
            for include in offer.includes {
                assert!(
                    Include::parse(&format!("{}:{include}", kind.name()), false).is_ok(),
                    "{}:{include}",
                    kind.name()
                );
                assert!(offer.knows(include), "{include}");
            }
            for include in offer.reverse_includes {
                assert!(Include::parse(include, false).is_ok(), "{include}");
            }
        }
    }
}
