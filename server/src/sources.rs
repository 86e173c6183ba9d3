//! From configured sources to registrations of `smart` and badges of the screens.

use std::sync::Arc;

use access::{Randomness, Secret, TenantId};
use care_plan::snapshot::Source;
use fhir::SourceId;
use outbound::Origin;
use smart::{Client, ClientAuth, SigningKey};

use crate::config::{Auth, Config, SourceConfig};
use crate::keys::{self, KeyFileError};

/// Accord's registration at every configured source.
pub fn clients(config: &Config, random: &Arc<dyn Randomness>) -> Result<Vec<Client>, KeyFileError> {
    config.sources.iter().map(|source| client(config, source, random)).collect()
}

fn client(config: &Config, source: &SourceConfig, random: &Arc<dyn Randomness>) -> Result<Client, KeyFileError> {
    let auth = match &source.auth {
        Auth::Public => ClientAuth::Public,
        Auth::ClientSecretBasic { secret_file } => ClientAuth::SecretBasic(secret(config, secret_file)?),
        Auth::ClientSecretPost { secret_file } => ClientAuth::SecretPost(secret(config, secret_file)?),
        Auth::PrivateKeyJwt { key_file, alg, .. } => {
            ClientAuth::PrivateKeyJwt(keys::load_or_make(&config.path(key_file), alg, config.development, random)?)
        }
    };
    let mut redirect_uri = config.public_url.clone();
    redirect_uri.set_path(&format!("/callback/{}", source.id));
    Ok(Client {
        source: source.id.clone(),
        tenant: TenantId::new(source.tenant.as_str()),
        fhir_base: source.fhir_base.clone(),
        client_id: source.client_id.clone(),
        auth,
        redirect_uri,
        extra_scopes: scopes(source),
        allowed_origins: source.allowed_origins.iter().filter_map(Origin::of).collect(),
        other_keys: other_keys(config, &source.auth)?,
        assume_s256: source.assume_s256,
    })
}

/// The keys that are published beside the one that signs.
fn other_keys(config: &Config, auth: &Auth) -> Result<Vec<SigningKey>, KeyFileError> {
    let Auth::PrivateKeyJwt { next_key_file, previous_key_file, .. } = auth else { return Ok(Vec::new()) };
    [next_key_file, previous_key_file].into_iter().flatten().map(|file| keys::load(&config.path(file))).collect()
}

/// What the reading asks for, what may be written, and what the operator adds.
fn scopes(source: &SourceConfig) -> Vec<String> {
    let read = aggregation::kinds().map(|kind| format!("patient/{kind}.rs"));
    let written = source.writes.iter().map(|kind| format!("patient/{kind}.u"));
    read.chain(written).chain(source.scopes.iter().cloned()).collect()
}

fn secret(config: &Config, file: &std::path::Path) -> Result<Secret, KeyFileError> {
    let file = config.path(file);
    let text = std::fs::read_to_string(&file).map_err(|cause| KeyFileError::Unreadable { file, cause })?;
    Ok(Secret::new(text.trim()))
}

/// Every origin that Accord may send a request to.
pub fn origins(config: &Config) -> Vec<Origin> {
    config
        .sources
        .iter()
        .flat_map(|source| std::iter::once(&source.fhir_base).chain(&source.allowed_origins))
        .chain(&config.terminology_url)
        .chain(config.issuers().iter().filter_map(|issuer| issuer.jwks_url.as_ref()))
        .chain(config.directory_url())
        .chain(config.webhooks().iter().map(|webhook| &webhook.url))
        .filter_map(Origin::of)
        .collect()
}

/// The source as screens show it.
pub fn source(config: &SourceConfig) -> Source {
    Source {
        id: SourceId::new(config.id.as_str()),
        name: config.name.clone(),
        tag: config.badge(),
        base: Some(config.fhir_base.to_string()),
    }
}
