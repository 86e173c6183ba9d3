//! What was found out about one source, and what Accord makes of it.

use std::sync::Arc;

use fhir_client::Capability;
use smart::{AskedFor, Discovery, Permission, Scope, permission, scopes_asked};

use crate::config::{Auth, Launches, SourceConfig};

/// What was found out about one source. An `Err` holds the sentence that says why not.
pub struct Survey<'a> {
    /// As it is configured.
    pub source: &'a SourceConfig,
    /// What is asked for beyond the usual.
    pub scopes: Vec<String>,
    /// Its discovery document.
    pub discovery: Result<Discovery, String>,
    /// Its CapabilityStatement.
    pub capability: Result<Arc<Capability>, String>,
}

impl Survey<'_> {
    /// Whether the operator configured this way to reach it.
    pub fn is_launched_by(&self, way: Launches) -> bool {
        self.source.launches.contains(&way)
    }

    /// How Accord authenticates there: the method as discovery documents name it, and the algorithm.
    pub fn method(&self) -> (&'static str, Option<&str>) {
        match &self.source.auth {
            Auth::Public => ("none", None),
            Auth::ClientSecretBasic { .. } => ("client_secret_basic", None),
            Auth::ClientSecretPost { .. } => ("client_secret_post", None),
            Auth::PrivateKeyJwt { alg, .. } => ("private_key_jwt", Some(alg)),
        }
    }

    /// The scopes that Accord will ask for; none where it is not known where to ask.
    pub fn asked(&self, context: AskedFor) -> Vec<String> {
        self.discovery.as_ref().map(|discovery| scopes_asked(discovery, context, &self.scopes)).unwrap_or_default()
    }

    /// The types that Accord will ask for, in the order in which it does.
    pub fn kinds(&self) -> Vec<String> {
        let usual = aggregation::kinds().map(str::to_owned);
        let asked = self.asked(AskedFor::Patient).into_iter().filter_map(|scope| match Scope::parse(&scope) {
            Scope::Data { kind, .. } => Some(kind),
            Scope::Other(_) => None,
        });
        let mut kinds: Vec<String> = Vec::new();
        for kind in usual.chain(asked).chain(self.source.writes.iter().cloned()) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// What Accord may do with a type, by what it asks for, what the source says it can, and what is configured.
    ///
    /// What a source grants in the end is known only when a user has launched.
    pub fn permission(&self, kind: &str, interaction: char) -> Permission {
        let asked: Vec<Scope> = self.asked(AskedFor::Patient).iter().map(|scope| Scope::parse(scope)).collect();
        let policy = |kind: &str, interaction| match interaction {
            'r' | 's' => true,
            'u' => self.source.writes.iter().any(|written| written == kind),
            _ => false,
        };
        permission(&asked, |kind, interaction| self.announces(kind, interaction), policy, kind, interaction)
    }

    /// Whether the source says that it does this; one that lists no types at all says nothing, and is tried.
    pub fn announces(&self, kind: &str, interaction: char) -> bool {
        let Ok(capability) = &self.capability else { return false };
        let code = match interaction {
            'c' => "create",
            'r' => "read",
            'u' => "update",
            'd' => "delete",
            _ => "search-type",
        };
        capability.types.is_empty() || capability.can(kind, code)
    }

    /// Whether resources of a type can be read in one way or the other.
    pub fn reads(&self, kind: &str) -> bool {
        ['s', 'r'].into_iter().any(|interaction| self.permission(kind, interaction) == Permission::Yes)
    }

    /// Whether it offers `Patient/$match`.
    pub fn matches_people(&self) -> bool {
        self.capability.as_ref().is_ok_and(|capability| capability.has_operation("Patient", "match"))
    }

    /// Whether it gives tokens without a user, as far as it says.
    pub fn gives_backend_tokens(&self) -> bool {
        self.discovery.as_ref().is_ok_and(|discovery| {
            let grants = &discovery.extras.grant_types;
            // Many servers leave the list out; then nothing speaks against it.
            (grants.is_empty() || grants.iter().any(|grant| grant == "client_credentials"))
                && (discovery.capabilities.is_empty() || discovery.offers("client-confidential-asymmetric"))
        })
    }
}
