//! An identity service whose tokens are taken at the doors of the care plan service.

use std::collections::BTreeMap;
use std::path::PathBuf;

use access::Role;
use serde::Deserialize;
use url::Url;

use super::{Config, Launches};

/// An identity service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerConfig {
    /// `iss` of its tokens, to the letter.
    pub issuer: String,
    /// `aud` of tokens that are made for Accord.
    pub audience: String,
    /// The one tenant whose tokens it makes. Without it those of every tenant that has no identity service of its own.
    pub tenant: Option<String>,
    /// Address of its key set.
    pub jwks_url: Option<Url>,
    /// File with its key set, where there is no address.
    pub jwks_file: Option<PathBuf>,
    /// What its roles are here; who has none of them is not admitted.
    #[serde(default)]
    pub roles: BTreeMap<String, Role>,
    /// Claim with the tenant's id.
    #[serde(default = "tenant")]
    pub tenant_claim: String,
    /// Claim with the roles. A dot leads into an object: `realm_access.roles`.
    #[serde(default = "roles")]
    pub roles_claim: String,
    /// Claim with Accord's id of the person whom a patient's or carer's token is about.
    #[serde(default = "person")]
    pub person_claim: String,
    /// Claim with the Patient whom it is about, as `{source id}/{Patient id}`.
    #[serde(default = "patient")]
    pub patient_claim: String,
    /// The source whose Patient ids stand in that claim without its id.
    pub patient_source: Option<String>,
    /// The sources at which its clinicians treat people. Without it the tenant's sources that are launched from an EHR.
    pub treats_at: Option<Vec<String>>,
    /// Where users are sent to sign in, for apps that look it up here.
    pub authorize_url: Option<Url>,
    /// Where tokens are had, for apps that look it up here.
    pub token_url: Option<Url>,
    /// Programs that are registered for everybody of the tenant.
    #[serde(default)]
    pub programs: Vec<ProgramConfig>,
}

/// A program that calls for itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramConfig {
    /// Its `client_id` at the identity service.
    pub id: String,
    /// Whose people it is registered for; needed where the identity service is that of several tenants.
    pub tenant: Option<String>,
    /// In which role it acts.
    #[serde(default = "coordinator")]
    pub role: Role,
    /// The most that it is allowed: `system/` scopes.
    pub scopes: Vec<String>,
}

fn tenant() -> String {
    "tenant".to_owned()
}

fn roles() -> String {
    "roles".to_owned()
}

fn person() -> String {
    "person".to_owned()
}

fn patient() -> String {
    "patient".to_owned()
}

fn coordinator() -> Role {
    Role::Coordinator
}

impl IssuerConfig {
    /// The tenants whose tokens it makes.
    pub fn tenants<'a>(&'a self, config: &'a Config) -> Vec<&'a str> {
        let has_its_own = |tenant: &str| config.issuers().iter().any(|issuer| issuer.tenant.as_deref() == Some(tenant));
        match &self.tenant {
            Some(tenant) => vec![tenant],
            None => config.tenants.iter().map(|tenant| tenant.id.as_str()).filter(|id| !has_its_own(id)).collect(),
        }
    }

    /// The sources at which its clinicians treat people of a tenant.
    pub fn treats_at<'a>(&'a self, config: &'a Config, tenant: &str) -> Vec<&'a str> {
        let ours = config.sources.iter().filter(|source| source.tenant == tenant);
        let treats = ours.filter(|source| match &self.treats_at {
            Some(named) => named.contains(&source.id),
            None => source.launches.contains(&Launches::Ehr),
        });
        treats.map(|source| source.id.as_str()).collect()
    }

    /// What is wrong with it.
    pub(super) fn faults(&self, config: &Config, faults: &mut Vec<String>) {
        let mut say =
            |sentence: String| faults.push(format!("care_plan_service.issuers \"{}\": {sentence}", self.issuer));
        for (key, value) in [("issuer", &self.issuer), ("audience", &self.audience)] {
            if value.trim().is_empty() {
                say(format!("{key} is empty; enter what the identity service writes into its tokens"));
            }
        }
        if config.issuers().iter().filter(|other| other.issuer == self.issuer).count() > 1 {
            say("this issuer is given twice; name each identity service once".to_owned());
        }
        if let Some(tenant) = self.tenant.as_ref().filter(|tenant| config.tenant(tenant).is_none()) {
            say(format!("tenant \"{tenant}\" is not among [[tenants]]; add it, or correct the name"));
        }
        if self.roles.is_empty() && self.programs.is_empty() {
            say("roles is empty, so that nobody is admitted; name at least one, such as nurse = \"clinician\""
                .to_owned());
        }
        self.keys(config, &mut say);
        for (key, sources) in [
            ("patient_source", self.patient_source.as_slice()),
            ("treats_at", self.treats_at.as_deref().unwrap_or_default()),
        ] {
            for source in sources.iter().filter(|source| config.source(source).is_none()) {
                say(format!("{key} names \"{source}\", which is no source: name one of [[sources]]"));
            }
        }
        for program in &self.programs {
            program.faults(self, config, &mut say);
        }
    }

    fn keys(&self, config: &Config, say: &mut impl FnMut(String)) {
        match (&self.jwks_url, &self.jwks_file) {
            (Some(_), Some(_)) => say("jwks_url and jwks_file are both given; take one of them out".to_owned()),
            (None, None) => say("jwks_url is missing; give the address of the key set, or jwks_file".to_owned()),
            (Some(url), None) if url.scheme() != "https" && !(config.development && url.scheme() == "http") => {
                say(format!("jwks_url is {url}, which is not https: whoever changes keys on the way signs as anybody"));
            }
            (Some(_), None) => {}
            (None, Some(file)) => {
                let file = config.path(file);
                match std::fs::read(&file) {
                    Err(error) => say(format!("jwks_file {} cannot be read ({error})", file.display())),
                    Ok(set) if smart::PublicKeys::read(&set).is_none() => {
                        say(format!("jwks_file {} is no key set; it must be {{\"keys\": […]}}", file.display()));
                    }
                    Ok(_) => {}
                }
            }
        }
    }
}

impl ProgramConfig {
    fn faults(&self, issuer: &IssuerConfig, config: &Config, say: &mut impl FnMut(String)) {
        let id = &self.id;
        match (self.tenant.as_deref(), issuer.tenant.as_deref()) {
            (Some(own), Some(only)) if own != only => {
                say(format!("programs \"{id}\" is of tenant \"{own}\", and this issuer is of \"{only}\" only"));
            }
            (None, None) => say(format!("programs \"{id}\" has no tenant: say whose people it is registered for")),
            (Some(own), _) if config.tenant(own).is_none() => {
                say(format!("programs \"{id}\" names the tenant \"{own}\", which is not among [[tenants]]"));
            }
            _ => {}
        }
        if !matches!(self.role, Role::Clinician | Role::Coordinator) {
            say(format!("programs \"{id}\": a program acts as \"clinician\" or \"coordinator\", and for nobody else"));
        }
        let is_systems = |scope: &str| {
            matches!(smart::Scope::parse(scope), smart::Scope::Data { level: smart::Level::System, query: None, .. })
        };
        if let Some(scope) = self.scopes.iter().find(|scope| !is_systems(scope)) {
            say(format!("programs \"{id}\" has the scope \"{scope}\"; give scopes such as system/CarePlan.rs"));
        }
        if self.scopes.is_empty() {
            say(format!("programs \"{id}\" has no scopes, so that it is allowed nothing; name some"));
        }
    }
}
