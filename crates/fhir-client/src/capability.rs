//! What a server says it can do (R4 capabilitystatement.html).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fhir::{Many, Maybe, Release};
use serde::Deserialize;

use crate::{FhirError, FhirServer, answer};

/// What a server says it can do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capability {
    /// `fhirVersion`, such as `4.0.1`; empty where the server does not say.
    pub fhir_version: String,
    /// What it offers for each resource type. Empty where the server lists none, which says nothing.
    pub types: BTreeMap<String, Offer>,
    /// True where it takes transactions.
    pub transaction: bool,
    /// True where it says that it speaks several releases: only then does `Accept` name the one we mean (F1).
    pub several_versions: bool,
}

/// What a server offers for one resource type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// `interaction.code`: read, vread, update, create, search-type, …
    pub interactions: BTreeSet<String>,
    /// `searchParam.name`.
    pub search_params: BTreeSet<String>,
    /// `searchInclude`, such as `MedicationRequest:medication`.
    pub includes: BTreeSet<String>,
    /// `searchRevInclude`, such as `Provenance:target`.
    pub rev_includes: BTreeSet<String>,
    /// `operation.name`, without the dollar sign: match, everything, …
    pub operations: BTreeSet<String>,
    /// `conditionalCreate`.
    pub conditional_create: bool,
}

impl Capability {
    /// True for R4 and R4B, which have the same elements as far as we read them; also where the server does not say.
    pub fn is_r4(&self) -> bool {
        self.release() == Some(Release::R4)
    }

    /// The release of FHIR that it speaks, R4 where it does not say; `None` for one that is not read.
    pub fn release(&self) -> Option<Release> {
        if self.fhir_version.is_empty() { Some(Release::R4) } else { Release::of(&self.fhir_version) }
    }

    /// True where the server says that a search of that type may bring along what it refers to.
    pub fn includes(&self, kind: &str, path: &str) -> bool {
        self.types.get(kind).is_some_and(|offer| offer.includes.contains(path) || offer.includes.contains("*"))
    }

    /// True where the server says that a search of that type may bring along what refers to it.
    pub fn rev_includes(&self, kind: &str, path: &str) -> bool {
        self.types.get(kind).is_some_and(|offer| offer.rev_includes.contains(path) || offer.rev_includes.contains("*"))
    }

    /// True where the server lists its types and this one is not among them.
    pub fn lacks(&self, kind: &str) -> bool {
        !self.types.is_empty() && !self.types.contains_key(kind)
    }

    /// True where the server says that it does this with that type (`interaction` is a code such as `update`).
    pub fn can(&self, kind: &str, interaction: &str) -> bool {
        self.types.get(kind).is_some_and(|offer| offer.interactions.contains(interaction))
    }

    /// True where the server says that it searches that type by this parameter.
    pub fn searches_by(&self, kind: &str, param: &str) -> bool {
        self.types.get(kind).is_some_and(|offer| offer.search_params.contains(param))
    }

    /// True where the server says that it has this operation on that type (`name` without the dollar sign).
    pub fn has_operation(&self, kind: &str, name: &str) -> bool {
        self.types.get(kind).is_some_and(|offer| offer.operations.contains(name))
    }

    /// Reads a CapabilityStatement.
    ///
    /// # Errors
    /// [`FhirError::NotFhir`] where the text is something else.
    pub fn parse(body: &str) -> Result<Self, FhirError> {
        let statement: Statement =
            fhir::lenient::from_str(body).map_err(|_| answer::not_fhir("JSON that does not parse"))?;
        if !matches!(statement.resource_type.as_deref(), Some("CapabilityStatement" | "Conformance")) {
            return Err(answer::not_fhir("not a CapabilityStatement"));
        }
        let mut capability = Self { fhir_version: statement.fhir_version.0.unwrap_or_default(), ..Self::default() };
        capability.several_versions = statement.format.iter().any(|format| format.contains("fhirVersion="));
        for rest in statement.rest.0.into_iter().filter(|rest| rest.mode.as_deref() != Some("client")) {
            capability.transaction |= codes(&rest.interaction).contains("transaction");
            capability.several_versions |=
                rest.operation.iter().any(|operation| operation.name.as_deref().map(bare) == Some("versions"));
            // What is said of all types holds for each.
            let of_all: Vec<String> = rest.search_param.0.into_iter().filter_map(|param| param.name.0).collect();
            for resource in rest.resource.0 {
                let Some(kind) = resource.kind.0 else { continue };
                let offer = capability.types.entry(kind).or_default();
                offer.interactions.extend(codes(&resource.interaction));
                offer.search_params.extend(resource.search_param.0.into_iter().filter_map(|param| param.name.0));
                if !offer.search_params.is_empty() {
                    offer.search_params.extend(of_all.iter().cloned());
                }
                offer.includes.extend(resource.search_include.0);
                offer.rev_includes.extend(resource.search_rev_include.0);
                let operations = resource.operation.0.into_iter().filter_map(|operation| operation.name.0);
                offer.operations.extend(operations.map(|name| bare(&name).to_owned()));
                offer.conditional_create |= resource.conditional_create.0 == Some(true);
            }
        }
        Ok(capability)
    }
}

impl FhirServer {
    /// What the server says it can do; asked once, then remembered, and by all users of the source for an hour. One who
    /// cannot be asked now is taken at what it said within the last day.
    ///
    /// # Errors
    /// Why it could not be asked; the next call asks again.
    pub async fn capability(&self) -> Result<Arc<Capability>, FhirError> {
        let crate::Options { remembered, clock, .. } = self.options();
        let ask = || async {
            if let Some(stated) = remembered.fresh(clock.now()) {
                return Ok(stated);
            }
            match self.ask_capability().await {
                Ok(stated) => {
                    remembered.state(&stated, clock.now());
                    Ok(stated)
                }
                Err(error) => remembered.usable(clock.now()).ok_or(error),
            }
        };
        let stated = self.capability_cell().get_or_try_init(ask).await?;
        Ok(self.corrected(Arc::clone(stated)))
    }
}

impl FhirServer {
    async fn ask_capability(&self) -> Result<Arc<Capability>, FhirError> {
        let response = self.get(self.url(&["metadata"])?, self.options().page).await?;
        Capability::parse(answer::json(&response)?).map(Arc::new)
    }
}

/// The name of an operation without the dollar sign.
fn bare(name: &str) -> &str {
    name.trim_start_matches('$')
}

fn codes(interactions: &Many<Interaction>) -> BTreeSet<String> {
    interactions.iter().filter_map(|interaction| interaction.code.0.clone()).collect()
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Statement {
    resource_type: Maybe<String>,
    fhir_version: Maybe<String>,
    format: Many<String>,
    rest: Many<Rest>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Rest {
    mode: Maybe<String>,
    resource: Many<Type>,
    interaction: Many<Interaction>,
    search_param: Many<Param>,
    operation: Many<Param>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Type {
    #[serde(rename = "type")]
    kind: Maybe<String>,
    interaction: Many<Interaction>,
    search_param: Many<Param>,
    search_include: Many<String>,
    search_rev_include: Many<String>,
    operation: Many<Param>,
    conditional_create: Maybe<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Interaction {
    code: Maybe<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Param {
    name: Maybe<String>,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_statement_says_version_types_interactions_and_parameters() {
        let capability = Capability::parse(
            r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server",
            "interaction":[{"code":"transaction"}],"resource":[{"type":"Goal","conditionalCreate":true,
            "interaction":[{"code":"read"},{"code":"update"},17],"searchParam":[{"name":"patient"}]},
            {"type":"Patient","operation":[{"name":"$match"},{"name":"everything"},{}]}]}]}"#,
        )
        .unwrap();
        assert!(capability.has_operation("Patient", "match") && capability.has_operation("Patient", "everything"));
        assert!(!capability.has_operation("Goal", "match"));
        assert!(capability.is_r4() && capability.transaction);
        assert!(capability.can("Goal", "update") && !capability.can("Goal", "create"));
        assert!(capability.searches_by("Goal", "patient") && !capability.searches_by("Goal", "item"));
        assert!(capability.lacks("Linkage") && !capability.lacks("Goal"));
    }

    #[test]
    fn f11_what_may_come_along_and_what_holds_for_all_types_is_read() {
        let capability = Capability::parse(
            r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server",
            "searchParam":[{"name":"_id"}],"operation":[{"name":"versions"}],"resource":[{"type":"Goal",
            "searchParam":[{"name":"patient"}],"searchRevInclude":["Provenance:target"]},{"type":"MedicationRequest",
            "searchInclude":["MedicationRequest:medication"]}]}]}"#,
        )
        .unwrap();
        assert!(capability.rev_includes("Goal", "Provenance:target") && capability.searches_by("Goal", "_id"));
        assert!(capability.includes("MedicationRequest", "MedicationRequest:medication"));
        assert!(!capability.includes("Goal", "Goal:patient") && capability.several_versions);
        assert!(!capability.searches_by("MedicationRequest", "_id"), "a list that is empty says nothing");
    }

    #[test]
    fn a_statement_without_types_lacks_nothing() {
        let capability = Capability::parse(r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.3.0"}"#).unwrap();
        assert!(capability.is_r4() && !capability.lacks("Goal"));
    }

    #[test]
    fn other_versions_are_recognised() {
        let release = |version: &str| {
            let body = format!(r#"{{"resourceType":"CapabilityStatement","fhirVersion":"{version}"}}"#);
            Capability::parse(&body).unwrap().release()
        };
        assert_eq!((release("3.0.2"), release("5.0.0")), (Some(Release::Stu3), Some(Release::R5)));
        assert_eq!((release("1.0.2"), release("4.6.0")), (None, None));
        for version in ["1.0.2", "3.0.2", "5.0.0", "4.6.0"] {
            let body = format!(r#"{{"resourceType":"CapabilityStatement","fhirVersion":"{version}"}}"#);
            assert!(!Capability::parse(&body).unwrap().is_r4(), "{version}");
        }
    }

    #[test]
    fn another_document_is_not_a_statement() {
        assert!(Capability::parse(r#"{"resourceType":"Bundle"}"#).is_err());
        assert!(Capability::parse("<html>").is_err());
    }
}
