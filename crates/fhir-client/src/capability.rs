//! What a server says it can do (R4 capabilitystatement.html).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fhir::{Many, Maybe};
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
}

/// What a server offers for one resource type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// `interaction.code`: read, vread, update, create, search-type, …
    pub interactions: BTreeSet<String>,
    /// `searchParam.name`.
    pub search_params: BTreeSet<String>,
    /// `operation.name`, without the dollar sign: match, everything, …
    pub operations: BTreeSet<String>,
    /// `conditionalCreate`.
    pub conditional_create: bool,
}

impl Capability {
    /// True for R4 and R4B, which have the same elements as far as we read them; also where the server does not say.
    pub fn is_r4(&self) -> bool {
        self.fhir_version.is_empty() || self.fhir_version.starts_with("4.0.") || self.fhir_version.starts_with("4.3.")
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
            serde_json::from_str(body).map_err(|_| answer::not_fhir("JSON that does not parse"))?;
        if !matches!(statement.resource_type.as_deref(), Some("CapabilityStatement" | "Conformance")) {
            return Err(answer::not_fhir("not a CapabilityStatement"));
        }
        let mut capability = Self { fhir_version: statement.fhir_version.0.unwrap_or_default(), ..Self::default() };
        for rest in statement.rest.0.into_iter().filter(|rest| rest.mode.as_deref() != Some("client")) {
            capability.transaction |= codes(&rest.interaction).contains("transaction");
            for resource in rest.resource.0 {
                let Some(kind) = resource.kind.0 else { continue };
                let offer = capability.types.entry(kind).or_default();
                offer.interactions.extend(codes(&resource.interaction));
                offer.search_params.extend(resource.search_param.0.into_iter().filter_map(|param| param.name.0));
                let operations = resource.operation.0.into_iter().filter_map(|operation| operation.name.0);
                offer.operations.extend(operations.map(|name| name.trim_start_matches('$').to_owned()));
                offer.conditional_create |= resource.conditional_create.0 == Some(true);
            }
        }
        Ok(capability)
    }
}

impl FhirServer {
    /// What the server says it can do; asked once, then remembered.
    ///
    /// # Errors
    /// Why it could not be asked; the next call asks again.
    pub async fn capability(&self) -> Result<Arc<Capability>, FhirError> {
        let ask = || async {
            let response = self.get(self.url(&["metadata"])?, self.options().page).await?;
            Capability::parse(answer::json(&response)?).map(Arc::new)
        };
        self.capability_cell().get_or_try_init(ask).await.cloned()
    }
}

fn codes(interactions: &Many<Interaction>) -> BTreeSet<String> {
    interactions.iter().filter_map(|interaction| interaction.code.0.clone()).collect()
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Statement {
    resource_type: Maybe<String>,
    fhir_version: Maybe<String>,
    rest: Many<Rest>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Rest {
    mode: Maybe<String>,
    resource: Many<Type>,
    interaction: Many<Interaction>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Type {
    #[serde(rename = "type")]
    kind: Maybe<String>,
    interaction: Many<Interaction>,
    search_param: Many<Param>,
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
    fn a_statement_without_types_lacks_nothing() {
        let capability = Capability::parse(r#"{"resourceType":"CapabilityStatement","fhirVersion":"4.3.0"}"#).unwrap();
        assert!(capability.is_r4() && !capability.lacks("Goal"));
    }

    #[test]
    fn other_versions_are_recognised() {
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
