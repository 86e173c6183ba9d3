//! Who may call the care plan service with a token.

use std::collections::BTreeMap;
use std::path::PathBuf;

use access::Role;
use serde::Deserialize;
use url::Url;

use super::Config;

/// The identity service whose tokens are taken at `/api/v1/care-plans` and `/fhir/r4`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarePlanServiceConfig {
    /// `iss` of its tokens, to the letter.
    pub issuer: String,
    /// `aud` of tokens that are made for Accord.
    pub audience: String,
    /// Address of its key set.
    pub jwks_url: Option<Url>,
    /// File with its key set, where there is no address.
    pub jwks_file: Option<PathBuf>,
    /// What its roles are here; who has none of them is not admitted.
    #[serde(default)]
    pub roles: BTreeMap<String, Role>,
    /// Claim with the tenant's id.
    #[serde(default = "tenant")]
    pub tenant_claim: String,
    /// Claim with the roles. A dot leads into an object: `realm_access.roles`.
    #[serde(default = "roles")]
    pub roles_claim: String,
    /// Claim with Accord's id of the person whom a patient's or carer's token is about.
    #[serde(default = "person")]
    pub person_claim: String,
    /// Claim with the Patient whom it is about, as `{source id}/{Patient id}`.
    #[serde(default = "patient")]
    pub patient_claim: String,
    /// The source whose Patient ids stand in that claim without its id.
    pub patient_source: Option<String>,
}

fn tenant() -> String {
    "tenant".to_owned()
}

fn roles() -> String {
    "roles".to_owned()
}

fn person() -> String {
    "person".to_owned()
}

fn patient() -> String {
    "patient".to_owned()
}

/// What is wrong with the section.
pub(super) fn faults(config: &Config, faults: &mut Vec<String>) {
    let Some(section) = &config.care_plan_service else { return };
    let mut say = |sentence: String| faults.push(format!("care_plan_service: {sentence}"));
    for (key, value) in [("issuer", &section.issuer), ("audience", &section.audience)] {
        if value.trim().is_empty() {
            say(format!("{key} is empty; enter what the identity service writes into its tokens"));
        }
    }
    if section.roles.is_empty() {
        say("roles is empty, so that nobody is admitted; name at least one, such as nurse = \"clinician\"".to_owned());
    }
    match (&section.jwks_url, &section.jwks_file) {
        (Some(_), Some(_)) => say("jwks_url and jwks_file are both given; take one of them out".to_owned()),
        (None, None) => say("jwks_url is missing; give the address of the key set, or jwks_file".to_owned()),
        (Some(url), None) if url.scheme() != "https" && !(config.development && url.scheme() == "http") => {
            say(format!("jwks_url is {url}, which is not https: whoever changes keys on the way signs as anybody"));
        }
        (Some(_), None) => {}
        (None, Some(file)) => {
            let file = config.path(file);
            match std::fs::read(&file) {
                Err(error) => say(format!("jwks_file {} cannot be read ({error})", file.display())),
                Ok(set) if smart::PublicKeys::read(&set).is_none() => {
                    say(format!("jwks_file {} is no key set; it must be {{\"keys\": […]}}", file.display()));
                }
                Ok(_) => {}
            }
        }
    }
    if let Some(source) = section.patient_source.as_ref().filter(|source| config.source(source).is_none()) {
        say(format!("patient_source names \"{source}\", which is no source: name one of [[sources]]"));
    }
}
