//! `accord check`: what is wrong with a configuration (told before this runs), and what each source offers.

use std::process::ExitCode;
use std::sync::Arc;

use crate::random::SystemRandomness;
use access::Randomness;
use access::clock::SystemClock;
use fhir::SourceId;
use fhir_client::{FhirServer, Options};
use outbound::{Policy, SystemResolver};
use smart::Smart;

use super::say;
use crate::config::{Config, SourceConfig};
use crate::sources;

/// Types whose writing is worth a line.
const WRITTEN: [&str; 3] = ["Goal", "CarePlan", "CareTeam"];

/// Asks every source for its discovery document and its CapabilityStatement, and prints what they say.
pub async fn run(config: Config) -> Result<ExitCode, String> {
    let random: Arc<dyn Randomness> = Arc::new(SystemRandomness);
    let policy = Policy { origins: sources::origins(&config), development: config.development };
    let outbound = outbound::Client::new(policy, Arc::new(SystemResolver)).map_err(|error| error.to_string())?;
    let clients = sources::clients(&config, &random).map_err(|error| error.to_string())?;
    let smart = Smart::new(outbound.clone(), Arc::new(SystemClock), random);
    say(&format!("configuration: {} tenants, {} sources, no faults found", config.tenants.len(), config.sources.len()));
    let mut fine = true;
    for (source, client) in config.sources.iter().zip(clients) {
        say(&format!("\n{} ({})", source.name, source.fhir_base));
        match smart.discover(&client).await {
            Ok(discovery) => launches(source, &discovery),
            Err(error) => {
                fine = false;
                say(&format!("  launch      cannot be used: {error}"));
            }
        }
        let server = FhirServer::new(Options::new(
            SourceId::new(source.id.as_str()),
            source.fhir_base.clone(),
            outbound.clone(),
        ));
        match server.capability().await {
            Ok(capability) => offers(source, &capability),
            Err(error) => {
                fine = false;
                say(&format!("  FHIR        cannot be read: {error}"));
            }
        }
    }
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn launches(source: &SourceConfig, discovery: &smart::Discovery) {
    let yes = |listed: bool| if listed { "yes" } else { "not listed" };
    say(&format!(
        "  launch      EHR: {}, standalone: {}",
        yes(discovery.offers("launch-ehr")),
        yes(discovery.offers("launch-standalone"))
    ));
    say(&format!("  identity    OpenID Connect: {}", yes(discovery.offers("sso-openid-connect"))));
    say(&format!(
        "  scopes      SMART 2: {}, SMART 1: {}",
        yes(discovery.offers("permission-v2")),
        yes(discovery.offers("permission-v1"))
    ));
    let method = match &source.auth {
        crate::config::Auth::Public => "none (public)".to_owned(),
        crate::config::Auth::ClientSecretBasic { .. } => "client_secret_basic".to_owned(),
        crate::config::Auth::ClientSecretPost { .. } => "client_secret_post".to_owned(),
        crate::config::Auth::PrivateKeyJwt { alg, .. } => format!("private_key_jwt, {alg}"),
    };
    say(&format!("  we use      {method}"));
}

fn offers(source: &SourceConfig, capability: &fhir_client::Capability) {
    let version = if capability.fhir_version.is_empty() { "not said" } else { &capability.fhir_version };
    say(&format!("  FHIR        version {}{}", version, if capability.is_r4() { "" } else { ", which is not R4" }));
    for kind in WRITTEN {
        let (wanted, offered) = (source.writes.iter().any(|write| write == kind), capability.can(kind, "update"));
        let line = match (wanted, offered) {
            (true, true) => "is written back here",
            (true, false) => "is configured to be written back, but the server does not take it",
            (false, true) => "could be written back here; add it to `writes`",
            (false, false) => "is not taken by the server",
        };
        say(&format!("  {kind:<11} {line}"));
    }
}
