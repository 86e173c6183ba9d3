//! User-access brands: which providers a source lists, for the user's choice (checklist D9).
//!
//! Being listed is no permission to talk to an endpoint: only what an operator registered can be chosen, see
//! [`BrandBundle::providers`]. Logos are not read at all, so none can be hot-linked.

mod fetch;
mod read;

use std::collections::HashSet;
use std::sync::Arc;

use access::TenantId;
use jiff::Timestamp;
use url::Url;

pub use fetch::BrandsError;
pub(crate) use fetch::KnownBrands;

use crate::{Client, Registry};

/// The providers that a source lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BrandBundle {
    /// When the list was made.
    pub timestamp: Option<Timestamp>,
    /// The organisations, in the order of the list.
    pub brands: Vec<Brand>,
}

/// An organisation as its patients know it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Brand {
    /// Its name.
    pub name: String,
    /// Other names that patients use.
    pub aliases: Vec<String>,
    /// City and state, to tell namesakes apart.
    pub places: Vec<String>,
    /// Portals where its patients sign in.
    pub portals: Vec<Portal>,
    /// FHIR servers of the organisation itself.
    pub endpoints: Vec<BrandEndpoint>,
}

/// A portal where patients sign in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Portal {
    /// Its name.
    pub name: Option<String>,
    /// Its page, for a link in words.
    pub url: Option<Url>,
    /// FHIR servers behind it.
    pub endpoints: Vec<BrandEndpoint>,
}

/// A FHIR server that a brand names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BrandEndpoint {
    /// Its base.
    pub base: Url,
    /// FHIR versions, such as `4.0.1`.
    pub fhir_versions: Vec<String>,
}

/// A provider that a user can choose: listed by a source, and registered by the operator.
#[derive(Debug, Clone)]
pub struct Provider<'a> {
    /// The organisation.
    pub brand: &'a Brand,
    /// Accord's registration at its FHIR server.
    pub client: Arc<Client>,
}

impl BrandBundle {
    /// Reads a bundle; `None` where it is no FHIR Bundle of the type `collection`. An entry that cannot be read is left
    /// out, the others stay.
    pub fn read(body: &[u8]) -> Option<Self> {
        read::bundle(body)
    }

    /// The listed providers that the tenant has registered, and no other.
    pub fn providers(&self, registry: &Registry, tenant: &TenantId) -> Vec<Provider<'_>> {
        let mut list: Vec<Provider<'_>> = Vec::new();
        // A list may be long and say everything twice, so what is known is looked up and not compared one by one.
        let mut known: HashSet<(&Brand, &str)> = HashSet::new();
        for brand in &self.brands {
            let portals = brand.portals.iter().flat_map(|portal| &portal.endpoints);
            for endpoint in brand.endpoints.iter().chain(portals) {
                let Ok(client) = registry.by_issuer(endpoint.base.as_str(), Some(tenant)) else { continue };
                if known.insert((brand, &client.source)) {
                    list.push(Provider { brand, client: Arc::clone(client) });
                }
            }
        }
        list
    }
}
