//! `accord check`: what is wrong with a configuration (told before this runs), and what each source offers, what Accord
//! will use of it, and what is missing.

mod gaps;
mod json;
mod lines;
mod neighbours;
mod report;
mod survey;
#[cfg(test)]
mod tests;

use std::process::ExitCode;
use std::sync::Arc;

use access::Randomness;
use access::clock::SystemClock;
use fhir::SourceId;
use fhir_client::{FhirServer, Options};
use outbound::{Policy, SystemResolver};
use smart::Smart;

use super::say;
use crate::config::Config;
use crate::random::SystemRandomness;
use crate::{sources, store};
use survey::Survey;

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, 80 columns wide.
    #[default]
    Text,
    /// For programs.
    Json,
}

impl Format {
    /// Finds a format by its name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Asks every source for its discovery document and its CapabilityStatement, and prints what follows from them. Looks at
/// PostgreSQL too, where the configuration names it.
///
/// Fails where a source could not be asked, and where the database could not be used.
pub async fn run(config: Config, format: Format) -> Result<ExitCode, String> {
    let random: Arc<dyn Randomness> = Arc::new(SystemRandomness);
    let policy = Policy { origins: sources::origins(&config), development: config.development };
    let outbound = outbound::Client::new(policy, Arc::new(SystemResolver)).map_err(|error| error.to_string())?;
    let clients = sources::clients(&config, &random).map_err(|error| error.to_string())?;
    let smart = Smart::new(outbound.clone(), Arc::new(SystemClock), random);
    if format == Format::Text {
        say(&report::heading(config.tenants.len(), config.sources.len()));
    }
    let database = store::look(&config).await;
    if let (Format::Text, Ok(Some(line))) = (format, &database) {
        say(line);
    }
    let beside = neighbours::look(&config, &outbound).await;
    if format == Format::Text && !beside.is_empty() {
        say(&neighbours::text(&beside));
    }
    let mut all = Vec::new();
    for (source, client) in config.sources.iter().zip(clients) {
        let id = SourceId::new(source.id.as_str());
        let server = FhirServer::new(Options::new(id, source.fhir_base.clone(), outbound.clone()));
        let (discovery, capability) = tokio::join!(smart.discover(&client), server.capability());
        let survey = Survey {
            source,
            scopes: client.extra_scopes,
            discovery: discovery.map(|found| (*found).clone()).map_err(|error| error.to_string()),
            capability: capability.map_err(|error| error.to_string()),
        };
        if format == Format::Text {
            say(&format!("\n{}", report::of(&survey)));
        }
        all.push(survey);
    }
    if format == Format::Json {
        let mut whole = json::of(&all);
        whole["neighbours"] = neighbours::as_json(&beside);
        say(&whole.to_string());
    }
    // After what the sources said: one finding does not hide the others.
    database.map_err(|error| error.to_string())?;
    let fine = beside.iter().all(|finding| finding.says.is_ok());
    let fine = fine && all.iter().all(|survey| survey.discovery.is_ok() && survey.capability.is_ok());
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
