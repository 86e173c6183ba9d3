//! The query plan: what one source is asked, derived from what it says it can do, what every US Core server must do, and
//! what is known of its vendor (smart-launch F11, F13; mcc-digest section 10).
//!
//! Each type is asked for with the person alone, which most servers allow and which brings everything. Where a server
//! refuses that (400), the floor that every US Core server must offer is asked for instead, at once where the refusal is
//! known. What the server says it does not have is not asked for.
//!
//! The plan is made before the first request, from what is known then: the CapabilityStatement of an earlier launch, or
//! none. It never waits for it.

mod floor;
mod profile;
mod types;

use std::collections::BTreeSet;

use fhir_client::{Capability, Query};

pub(crate) use floor::Part;
pub use profile::{Profile, Vendor};
pub use types::kinds;
use types::{INCLUDES, TYPES, Type};

/// `_revinclude` that brings where each resource comes from.
const PROVENANCE: &str = "Provenance:target";

/// How one type is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Search {
    pub(crate) kind: &'static str,
    /// Ways to ask, each for a server that refuses the one before.
    pub(crate) steps: Vec<Step>,
    /// True where a server that refuses all of them does not have the search.
    pub(crate) optional: bool,
}

/// One way to ask for a type: searches that are made at once, and that together are what it brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) parts: Vec<Part>,
    /// True where the Provenance of what is found comes along.
    pub(crate) with_provenance: bool,
    /// True where it asks for the whole type with the patient alone.
    pub(crate) is_broad: bool,
}

/// What one source is asked in the first wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryPlan {
    /// The searches, the slow ones first.
    pub(crate) searches: Vec<Search>,
    /// Types that the source says it does not have.
    pub(crate) unsupported: Vec<&'static str>,
    /// Types that the grant does not cover.
    pub(crate) withheld: Vec<&'static str>,
}

/// What a plan is made from.
pub(crate) struct Known<'a> {
    /// What the source said it can do, where that is known in time.
    pub(crate) stated: Option<&'a Capability>,
    /// Types of which it has refused the whole before.
    pub(crate) refused: BTreeSet<String>,
    /// What is known of its vendor.
    pub(crate) profile: &'a Profile,
    /// Which types the grant covers.
    pub(crate) permitted: &'a dyn Fn(&str) -> bool,
}

impl QueryPlan {
    /// The plan for the person who is `patient` at the source.
    pub(crate) fn of(known: &Known<'_>, patient: &str, count: u32) -> Self {
        let mut plan = Self { searches: Vec::new(), unsupported: Vec::new(), withheld: Vec::new() };
        for kind in TYPES {
            match known.param(kind) {
                _ if !(known.permitted)(kind.name) => plan.withheld.push(kind.name),
                None => plan.unsupported.push(kind.name),
                Some(param) => plan.searches.push(known.search(kind, param, patient, count)),
            }
        }
        plan
    }
}

impl Known<'_> {
    /// The parameter that names the person in a search of the type; `None` where the source says that it has no such search.
    fn param(&self, kind: &Type) -> Option<&'static str> {
        let Some(stated) = self.stated else { return kind.by.first().copied() };
        if stated.lacks(kind.name) || stated.release().is_some_and(|release| release.lacks(kind.name)) {
            return None;
        }
        let Some(offer) = stated.types.get(kind.name) else { return kind.by.first().copied() };
        if !offer.interactions.is_empty() && !offer.interactions.contains("search-type") {
            return None;
        }
        if offer.search_params.is_empty() {
            return kind.by.first().copied();
        }
        kind.by.iter().copied().find(|param| offer.search_params.contains(*param))
    }

    fn search(&self, kind: &Type, param: &str, patient: &str, count: u32) -> Search {
        let person = if param == "patient" { patient.to_owned() } else { format!("Patient/{patient}") };
        let whole = Query::of(kind.name).with(param, person);
        let step = |parts: Vec<Part>, is_broad| Step { parts, with_provenance: false, is_broad };
        let mut steps: Vec<Step> = Vec::new();
        if kind.name == "DocumentReference" {
            steps.extend(floor::documents(&whole).into_iter().map(|part| step(vec![part], false)));
        } else {
            if !self.profile.floor_at_once.contains(kind.name) && !self.refused.contains(kind.name) {
                steps.push(step(vec![(None, whole.clone())], true));
            }
            let floor = floor::of(kind.name, &whole, self.profile);
            steps.extend((!floor.is_empty()).then(|| step(floor, false)));
        }
        if steps.is_empty() {
            steps.push(step(vec![(None, whole)], true));
        }
        // Who announces what comes along and refuses it all the same is asked without it.
        let rich: Vec<Step> = steps.iter().filter_map(|step| self.enriched(kind.name, step)).collect();
        steps.splice(0..0, rich);
        for part in steps.iter_mut().flat_map(|step| &mut step.parts) {
            part.1.params.push(("_count".to_owned(), count.to_string()));
        }
        Search { kind: kind.name, steps, optional: kind.optional }
    }

    /// The step with all that the source says may come along.
    fn enriched(&self, kind: &str, step: &Step) -> Option<Step> {
        let includes = includes(self.stated, self.profile, self.permitted, kind);
        let with_provenance = self.brings_provenance(kind);
        if includes.is_empty() && !with_provenance {
            return None;
        }
        let rich = |(name, query): &Part| {
            let mut query = query.clone();
            for path in &includes {
                query = query.with("_include", *path);
            }
            (*name, if with_provenance { query.with("_revinclude", PROVENANCE) } else { query })
        };
        Some(Step { parts: step.parts.iter().map(rich).collect(), with_provenance, ..step.clone() })
    }

    /// True where the source says that Provenance comes along with a search of the type, and the grant covers it.
    fn brings_provenance(&self, kind: &str) -> bool {
        (self.permitted)("Provenance") && self.stated.is_some_and(|stated| announces_provenance(stated, kind))
    }
}

/// What the source says may come along with a search of the type, of what a plan needs and the grant covers.
pub(crate) fn includes(
    stated: Option<&Capability>,
    profile: &Profile,
    permitted: &dyn Fn(&str) -> bool,
    kind: &str,
) -> Vec<&'static str> {
    let paths = INCLUDES.iter().filter(|(of, _)| *of == kind && profile.includes).flat_map(|(_, paths)| *paths);
    let brings = |path: &str| match path.rsplit(':').next() {
        Some("medication") => "Medication",
        Some("organization") => "Organization",
        _ => "Practitioner",
    };
    let may_come = |path: &&str| permitted(brings(path)) && stated.is_some_and(|stated| stated.includes(kind, path));
    paths.copied().filter(may_come).collect()
}

/// The search for statements of identity. R4 gives it no `patient` parameter, so it is asked only where the server says
/// that it knows `item`: a server that ignored the parameter would send everybody's.
pub(crate) fn linkages(patient: &str, count: u32) -> Query {
    Query::of("Linkage").with("item", format!("Patient/{patient}")).with("_count", count.to_string())
}

/// The search for resources by their ids.
pub(crate) fn by_ids(kind: &str, ids: &[String]) -> Query {
    Query::of(kind).with("_id", ids.join(",")).with("_count", ids.len().to_string())
}

/// The search for where resources come from, by what they are.
pub(crate) fn provenance_of(targets: &[String], count: u32) -> Query {
    Query::of("Provenance").with("target", targets.join(",")).with("_count", count.to_string())
}

/// A search once more, for where what it finds comes from.
pub(crate) fn again_with_provenance(query: &Query) -> Query {
    query.clone().with("_revinclude", PROVENANCE)
}

/// True where the source says that Provenance may come along with a search of the type.
pub(crate) fn announces_provenance(stated: &Capability, kind: &str) -> bool {
    stated.rev_includes(kind, PROVENANCE) && !stated.lacks("Provenance")
}

#[cfg(test)]
mod tests;
