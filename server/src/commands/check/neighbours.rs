//! The services beside Accord that the configuration names: whether each answers, and is what it is taken for.

use std::time::Duration;

use care_plan_service::identity::ALGORITHMS;
use care_plan_service::relay::{Nats, NatsSettings};
use fhir::SourceId;
use fhir_client::{Capability, FhirServer, Options};
use outbound::{Client, Limits, Request};
use serde_json::{Value, json};
use smart::PublicKeys;
use url::Url;

use super::lines::labelled;
use crate::care_plans::key_source;
use crate::config::{Config, IssuerConfig};

/// How long one of them may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was found out about one of them. An `Err` says what is wrong.
pub struct Finding {
    /// Which.
    pub what: String,
    /// How it stands.
    pub says: Result<String, String>,
}

/// Asks all of them.
pub async fn look(config: &Config, outbound: &Client) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |what: &str, says: Result<String, String>| found.push(Finding { what: what.to_owned(), says });
    if let Some(url) = &config.nats_url {
        add("events", nats(config, url).await);
    }
    for issuer in config.issuers() {
        add(&format!("tokens {}", issuer.issuer), keys(config, issuer, outbound).await);
    }
    if let Some(base) = &config.terminology_url {
        let says = capability(outbound, base).await;
        add("terminology", says.map(|found| has(&found, "CodeSystem", "validate-code", "codes are checked there")));
    }
    if let Some(base) = config.directory_url() {
        add("directory", capability(outbound, base).await.map(|found| finds_people(&found)));
    }
    for webhook in config.webhooks() {
        add(&format!("webhook {}", webhook.id), receiver(outbound, &webhook.url).await);
    }
    found
}

/// The findings for people.
pub fn text(found: &[Finding]) -> String {
    let line = |finding: &Finding| match &finding.says {
        Ok(says) => labelled(0, "", &format!("{}: {says}", finding.what)),
        Err(why) => labelled(0, "", &format!("{}: WRONG: {why}", finding.what)),
    };
    found.iter().map(|finding| line(finding).trim_start().to_owned()).collect::<Vec<_>>().join("\n")
}

/// The findings for programs.
pub fn as_json(found: &[Finding]) -> Value {
    let one = |finding: &Finding| {
        let (fine, says) = match &finding.says {
            Ok(says) => (true, says),
            Err(why) => (false, why),
        };
        json!({ "neighbour": finding.what, "fine": fine, "says": says })
    };
    found.iter().map(one).collect()
}

async fn nats(config: &Config, url: &str) -> Result<String, String> {
    let settings = NatsSettings { patience: PATIENCE, ..NatsSettings::new(url, config.public_url.as_str()) };
    match Nats::look(&settings).await {
        Ok(true) => Ok(format!("NATS has the stream {}", settings.stream)),
        Ok(false) => Ok(format!("NATS is there; the stream {} is made at the start", settings.stream)),
        Err(why) => Err(format!("nats_url: {why}; events wait until it does")),
    }
}

async fn keys(config: &Config, issuer: &IssuerConfig, outbound: &Client) -> Result<String, String> {
    let set = key_source(config, issuer, outbound).fetch().await.map_err(|error| {
        let why = error.0.to_string();
        format!("its key set could not be fetched ({why}): nobody is admitted")
    })?;
    let keys = PublicKeys::read(&set).ok_or("what lies there is no key set: it must be {\"keys\": […]}")?;
    let usable = keys.usable(&ALGORITHMS);
    if usable.is_empty() {
        return Err(format!("no key of its set can be used; it needs one for {}", ALGORITHMS.join(", ")));
    }
    Ok(format!("keys for {}", usable.join(", ")))
}

async fn capability(outbound: &Client, base: &Url) -> Result<std::sync::Arc<Capability>, String> {
    let options = Options::new(SourceId::new("neighbour"), base.clone(), outbound.clone());
    let server = FhirServer::new(options);
    let asked = tokio::time::timeout(PATIENCE, server.capability()).await;
    let why = |why: String| format!("no CapabilityStatement ({why}): forms are taken without asking it");
    asked.map_err(|_| why("no answer in time".to_owned()))?.map_err(|error| why(error.to_string()))
}

/// What a server lists; one that lists no operations is tried all the same.
fn has(found: &Capability, kind: &str, operation: &str, fine: &str) -> String {
    if found.has_operation(kind, operation) {
        fine.to_owned()
    } else {
        format!("it answers, and does not list {kind}/${operation}: it is tried")
    }
}

fn finds_people(found: &Capability) -> String {
    if found.searches_by("Practitioner", "name") {
        "people are found there by their name".to_owned()
    } else {
        "it answers, and does not list a search of Practitioner by name: it is tried".to_owned()
    }
}

/// Any answer will do: what a receiver says of an event is seen by `accord outbox`.
async fn receiver(outbound: &Client, url: &Url) -> Result<String, String> {
    let request = Request::new(http::Method::HEAD, url.clone(), None);
    let request = request.limits(Limits { first_byte: PATIENCE, whole: PATIENCE, ..Limits::DISCOVERY });
    match outbound.status(request).await {
        Ok(_) => Ok("somebody answers there".to_owned()),
        Err(error) => Err(format!("{error}; events wait until it does")),
    }
}
