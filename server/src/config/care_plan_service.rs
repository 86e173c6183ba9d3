//! Who may call the care plan service with a token.

use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

use super::{Config, IssuerConfig, WebhookConfig};

/// Who calls the care plan service at `/api/v1/care-plans` and `/fhir/r4`, and whom it calls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarePlanServiceConfig {
    /// Whose tokens are believed. Without any, only launches use the service.
    #[serde(default)]
    pub issuers: Vec<IssuerConfig>,
    /// FHIR base address of the directory in which members of teams are looked up. Without it they are entered in words.
    pub directory_url: Option<Url>,
    /// File with the bearer token that the directory wants, where it wants one.
    pub directory_token_file: Option<PathBuf>,
    /// Who is told of events by HTTP.
    #[serde(default)]
    pub webhooks: Vec<WebhookConfig>,
}

/// What is wrong with the section.
pub(super) fn faults(config: &Config, faults: &mut Vec<String>) {
    for issuer in config.issuers() {
        issuer.faults(config, faults);
    }
    directory(config, faults);
}

fn directory(config: &Config, faults: &mut Vec<String>) {
    let Some(section) = &config.care_plan_service else { return };
    let mut say = |sentence: String| faults.push(format!("care_plan_service: {sentence}"));
    match &section.directory_url {
        Some(url) if url.scheme() != "https" && !(config.development && url.scheme() == "http") => {
            say(format!("directory_url is {url}, which is not https"));
        }
        Some(url) if url.query().is_some() || !url.username().is_empty() => {
            say("directory_url must be a plain address without user name or query".to_owned());
        }
        None if section.directory_token_file.is_some() => {
            say("directory_token_file is given without directory_url; name the directory, or take it out".to_owned());
        }
        Some(_) | None => {}
    }
    if let Some(file) = section.directory_token_file.as_ref().map(|file| config.path(file)) {
        match std::fs::read_to_string(&file) {
            Err(error) => say(format!("directory_token_file {} cannot be read ({error})", file.display())),
            Ok(token) if token.trim().is_empty() => say(format!("directory_token_file {} is empty", file.display())),
            Ok(_) => {}
        }
    }
}
