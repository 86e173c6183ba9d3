//! Who may call the care plan service with a token.

use serde::Deserialize;

use super::{Config, IssuerConfig, WebhookConfig};

/// Who calls the care plan service at `/api/v1/care-plans` and `/fhir/r4`, and whom it calls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarePlanServiceConfig {
    /// Whose tokens are believed. Without any, only launches use the service.
    #[serde(default)]
    pub issuers: Vec<IssuerConfig>,
    /// Who is told of events by HTTP.
    #[serde(default)]
    pub webhooks: Vec<WebhookConfig>,
}

/// What is wrong with the section.
pub(super) fn faults(config: &Config, faults: &mut Vec<String>) {
    for issuer in config.issuers() {
        issuer.faults(config, faults);
    }
}
