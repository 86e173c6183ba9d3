//! The registered sources, found by issuer or by name (checklist L1, S1).

use std::sync::Arc;

use access::TenantId;
use outbound::Origin;
use url::Url;

use crate::Client;

/// An issuer as it is compared: parsed, host in lower case, port spelled out, path in whole segments.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Issuer {
    origin: Origin,
    segments: Vec<String>,
}

impl Issuer {
    /// Reads an issuer. One with user information, a query, a fragment or a dot segment is none: a FHIR base has no such
    /// thing, and a look-alike often has.
    pub fn parse(text: &str) -> Option<Self> {
        // The URL parser would quietly drop white space and control characters, turn backslashes, and resolve dots.
        let strange = |byte: u8| byte <= b' ' || byte == 0x7f || matches!(byte, b'\\' | b'?' | b'#' | b'@');
        if text.len() > 2048 || text.bytes().any(strange) {
            return None;
        }
        let url = Url::parse(text).ok()?;
        let written = text.split_once("://")?.1;
        let (written_host, written_path) = written.split_once('/').unwrap_or((written, ""));
        // It would also leave out invisible letters of the host, and write others in another way.
        let (host, port) = (url.host_str()?, url.port_or_known_default()?);
        let same_host = written_host.eq_ignore_ascii_case(&format!("{host}:{port}"))
            || (url.port().is_none() && written_host.eq_ignore_ascii_case(host));
        if !same_host || url.path().trim_matches('/') != written_path.trim_matches('/') {
            return None;
        }
        Self::of(&url)
    }

    /// The issuer that a FHIR base stands for.
    pub fn of(base: &Url) -> Option<Self> {
        if !base.username().is_empty()
            || base.password().is_some()
            || base.query().is_some()
            || base.fragment().is_some()
        {
            return None;
        }
        let path = base.path().strip_suffix('/').unwrap_or(base.path());
        let segments = path.split('/').skip(1).map(str::to_owned).collect();
        Some(Self { origin: Origin::of(base)?, segments })
    }
}

/// All registrations of this process.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    clients: Vec<(Issuer, Arc<Client>)>,
}

impl Registry {
    /// Takes the registrations.
    ///
    /// # Errors
    /// Where a name is used twice, a tenant registers one issuer twice, or a FHIR base cannot be an issuer.
    pub fn new(clients: Vec<Client>) -> Result<Self, RegistryError> {
        let mut registry = Self::default();
        for client in clients {
            let source = client.source.clone();
            let Some(issuer) = Issuer::of(&client.fhir_base) else {
                return Err(RegistryError::NotAnIssuer { source_id: source });
            };
            if registry.by_source(&source).is_some() {
                return Err(RegistryError::SameSource { source_id: source });
            }
            if registry.clients.iter().any(|(known, other)| *known == issuer && other.tenant == client.tenant) {
                return Err(RegistryError::SameIssuer { source_id: source });
            }
            registry.clients.push((issuer, Arc::new(client)));
        }
        Ok(registry)
    }

    /// Finds the registration for the `iss` of a launch; within one tenant where the launch address names it.
    pub fn by_issuer(&self, iss: &str, tenant: Option<&TenantId>) -> Result<&Arc<Client>, UnknownIssuer> {
        let issuer = Issuer::parse(iss).ok_or(UnknownIssuer::NotRegistered)?;
        let mut found = self
            .clients
            .iter()
            .filter(|(known, client)| *known == issuer && tenant.is_none_or(|tenant| *tenant == client.tenant));
        match (found.next(), found.next()) {
            (None, _) => Err(UnknownIssuer::NotRegistered),
            (Some((_, client)), None) => Ok(client),
            (Some(_), Some(_)) => Err(UnknownIssuer::SeveralTenants),
        }
    }

    /// Finds the registration of a source by its name.
    pub fn by_source(&self, source: &str) -> Option<&Arc<Client>> {
        self.clients().find(|client| client.source == source)
    }

    /// All registrations, in the order of the configuration.
    pub fn clients(&self) -> impl Iterator<Item = &Arc<Client>> {
        self.clients.iter().map(|(_, client)| client)
    }
}

/// What is wrong with a set of registrations.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// Two sources have one name.
    #[error("source {source_id} is registered twice")]
    SameSource {
        /// The name.
        source_id: String,
    },
    /// Two sources of one tenant have one FHIR base.
    #[error("the FHIR base of source {source_id} is already registered for its tenant")]
    SameIssuer {
        /// The second of the two.
        source_id: String,
    },
    /// The FHIR base has a query, a fragment or user information, or is no web address.
    #[error("the FHIR base of source {source_id} must be a plain web address")]
    NotAnIssuer {
        /// The source.
        source_id: String,
    },
}

/// Why a launch goes nowhere. No request leaves for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnknownIssuer {
    /// Nobody registered this issuer.
    #[error("the issuer of this launch is not registered")]
    NotRegistered,
    /// Two tenants did: the launch must use the address with the tenant's name.
    #[error("the issuer of this launch belongs to several tenants")]
    SeveralTenants,
}
