//! Whose tokens are believed, and how they are read.

use std::collections::{BTreeMap, BTreeSet};

use access::{Role, TenantId};
use url::Url;

use super::Scopes;

/// Whose tokens are believed, and how they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// `iss`, to the letter.
    pub issuer: String,
    /// What `aud` must hold.
    pub audience: String,
    /// How the claims are called.
    pub claims: ClaimNames,
    /// What the identity service's roles are here; others are none.
    pub roles: BTreeMap<String, Role>,
    /// The source whose Patient ids a patient claim holds; `None` where it writes `source/id`.
    pub patient_source: Option<String>,
    /// The FHIR base of each source, by which a `fhirUser` with a whole address is known.
    pub bases: BTreeMap<String, Url>,
    /// The tenants that there are.
    pub tenants: BTreeSet<TenantId>,
    /// The one tenant whose tokens this issuer makes. `None` where it makes those of all, and says in each whose it is.
    pub tenant: Option<TenantId>,
    /// The programs that are registered for everybody of the tenant.
    pub programs: Vec<Program>,
}

/// A program that calls for itself, with nobody behind it (SMART Backend Services).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// `client_id`.
    pub id: String,
    /// Whose people it is registered for.
    pub tenant: TenantId,
    /// In which role it acts.
    pub role: Role,
    /// The most that it is allowed, whatever its token says.
    pub scopes: Scopes,
}

/// How the claims are called that no standard names. A dot leads into an object: `realm_access.roles`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimNames {
    /// The tenant's id.
    pub tenant: String,
    /// The roles: a list, or texts with blanks between.
    pub roles: String,
    /// Accord's own id of the person.
    pub person: String,
    /// The Patient at a source.
    pub patient: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        let name = str::to_owned;
        Self { tenant: name("tenant"), roles: name("roles"), person: name("person"), patient: name("patient") }
    }
}

impl Trust {
    /// Trusts an issuer, for tokens that were made for this audience.
    pub fn new(issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        Self {
            issuer: issuer.into(),
            audience: audience.into(),
            claims: ClaimNames::default(),
            roles: BTreeMap::new(),
            patient_source: None,
            bases: BTreeMap::new(),
            tenants: BTreeSet::new(),
            tenant: None,
            programs: Vec::new(),
        }
    }

    /// The tenants whose tokens this issuer makes.
    pub(super) fn served(&self) -> Vec<TenantId> {
        self.tenant.as_ref().map_or_else(|| self.tenants.iter().cloned().collect(), |only| vec![only.clone()])
    }
}
