//! Who is told of events by HTTP.

use std::collections::BTreeSet;
use std::path::PathBuf;

use care_plan_service::neighbours::webhook::{LEAST_BYTES, SigningSecret};
use serde::Deserialize;
use shared_plan::EventKind;
use url::Url;

use super::Config;

/// A receiver of a tenant's events (`docs/events.md`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookConfig {
    /// Its name here, such as `portal`: its queue is kept under it, so that its address may change.
    pub id: String,
    /// The tenant whose events it gets.
    pub tenant: String,
    /// Where they are sent.
    pub url: Url,
    /// File with what both sides know.
    pub secret_file: Option<PathBuf>,
    /// Variable of the environment that holds it, where there is no file.
    pub secret_env: Option<String>,
    /// File with what both sides knew until lately: signed with too, until the receiver has the new one.
    pub previous_secret_file: Option<PathBuf>,
    /// The events it gets; all where none is named.
    #[serde(default)]
    pub events: Vec<EventKind>,
}

impl WebhookConfig {
    /// What it is signed with.
    ///
    /// # Errors
    /// A sentence that says what to mend, without the secret.
    pub fn secrets(&self, config: &Config) -> Result<Vec<SigningSecret>, String> {
        let first = match (&self.secret_file, &self.secret_env) {
            (Some(file), None) => in_file(config, "secret_file", file)?,
            (None, Some(name)) => {
                let text = std::env::var(name).map_err(|_| format!("secret_env: {name} is not in the environment"))?;
                parsed("secret_env", &text)?
            }
            (Some(_), Some(_)) => return Err("secret_file and secret_env are both given; take one out".to_owned()),
            (None, None) => {
                return Err(
                    "secret_file is missing; make one by: echo whsec_$(head -c 32 /dev/urandom | base64)".to_owned()
                );
            }
        };
        let previous = self.previous_secret_file.as_ref().map(|file| in_file(config, "previous_secret_file", file));
        Ok([Some(first), previous.transpose()?].into_iter().flatten().collect())
    }
}

fn in_file(config: &Config, key: &str, file: &std::path::Path) -> Result<SigningSecret, String> {
    let file = config.path(file);
    let text =
        std::fs::read_to_string(&file).map_err(|error| format!("{key} {} cannot be read ({error})", file.display()))?;
    parsed(key, &text)
}

fn parsed(key: &str, text: &str) -> Result<SigningSecret, String> {
    let why = || format!("{key} holds no secret of {LEAST_BYTES} bytes or more, as text or as whsec_ and base64");
    SigningSecret::parse(text).ok_or_else(why)
}

/// What is wrong with the receivers.
pub(super) fn faults(config: &Config, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for webhook in config.webhooks() {
        let WebhookConfig { id, tenant, url, .. } = webhook;
        let mut say = |sentence: String| faults.push(format!("care_plan_service.webhooks.{id}: {sentence}"));
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            say("the id may hold lower-case letters, digits and hyphens".to_owned());
        }
        if !seen.insert((tenant, id)) {
            say("the id is given twice; every receiver of a tenant needs an id of its own".to_owned());
        }
        if config.tenant(tenant).is_none() {
            say(format!("tenant \"{tenant}\" is not among [[tenants]]; add it, or correct the name"));
        }
        if url.scheme() != "https" && !(config.development && url.scheme() == "http") {
            say(format!("url is {}, which is not https: who is told of whom must not travel unprotected", bare(url)));
        }
        if !url.username().is_empty() || url.password().is_some() {
            say("url holds a user name; what both sides know is signed with instead".to_owned());
        }
        if let Err(why) = webhook.secrets(config) {
            say(why);
        }
    }
}

/// The origin: the rest of the address may be a secret of its own.
fn bare(url: &Url) -> String {
    url.origin().ascii_serialization()
}
