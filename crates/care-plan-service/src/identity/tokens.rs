//! Admission by the tokens of the identity services.

use std::sync::Arc;

use access::{Clock, Role, Secret, StoreError, TenantId};
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use shared_plan::Who;

use super::admitted::{Counting, Uncounted};
use super::claims::{About, Claims, Wrong, tenant};
use super::{Admission, Admitted, Asking, Keys, NotAdmitted, PatientIdentity, RefusedToken, Trust};
use crate::{Caller, People};

/// Longest token that is looked at.
const MAX_TOKEN: usize = 16 * 1024;

/// Admits whoever brings a token of an identity service that is believed.
pub struct Tokens {
    issuers: Vec<(Trust, Keys)>,
    patients: Arc<dyn PatientIdentity>,
    clock: Arc<dyn Clock>,
}

impl Tokens {
    /// Admission by tokens that `trust` describes.
    pub fn new(trust: Trust, keys: Keys, patients: Arc<dyn PatientIdentity>, clock: Arc<dyn Clock>) -> Self {
        Self::of(vec![(trust, keys)], patients, clock)
    }

    /// Admission by the tokens of several identity services, each believed for its own only.
    pub fn of(issuers: Vec<(Trust, Keys)>, patients: Arc<dyn PatientIdentity>, clock: Arc<dyn Clock>) -> Self {
        Self { issuers, patients, clock }
    }

    async fn verified(&self, token: &Secret, trust: &Trust, keys: &Keys) -> Result<Claims, NotAdmitted> {
        let claims = keys.verify(token).await.map_err(|fault| match fault {
            Some(fault) => refused(trust.served(), &fault.to_string()),
            None => NotAdmitted::NotAsked,
        })?;
        Claims::read(&claims, trust, self.clock.now()).map_err(|wrong| {
            let named = tenant(&claims, trust).map(|tenant| vec![tenant.clone()]);
            refused(named.unwrap_or_else(|| trust.served()), &wrong.to_string())
        })
    }

    /// Whose plans the bearer reaches.
    async fn people(&self, claims: &Claims) -> Result<People, NotAdmitted> {
        if claims.is_program {
            return Ok(People::All);
        }
        let unasked = |error: StoreError| {
            tracing::error!(%error, "whose token it is could not be looked up");
            NotAdmitted::NotAsked
        };
        let nobody = || refused(vec![claims.tenant.clone()], &Wrong::Person.to_string());
        let person = match &claims.about {
            About::Nobody => None,
            // Of whom nobody can say who they are by now, nothing is here.
            About::Person(named) => {
                let now = self.patients.now(&claims.tenant, named).await.map_err(unasked)?;
                Some(now.unwrap_or_else(|| named.clone()))
            }
            About::Patient(patient) => {
                let found = self.patients.person_of(&claims.tenant, patient).await.map_err(unasked)?;
                let person = found.ok_or_else(nobody)?;
                self.patients.at_hand(&claims.tenant, &person).await.map_err(unasked)?;
                Some(person)
            }
        };
        match (person, claims.role) {
            (Some(person), _) => Ok(People::Only(person)),
            (None, Role::Clinician | Role::Coordinator) => Ok(People::ByWay),
            // Without a person, theirs are nobody's plans.
            (None, Role::Patient | Role::Carer) => Err(nobody()),
        }
    }
}

#[async_trait]
impl Admission for Tokens {
    async fn admit(&self, asking: &Asking) -> Result<Admitted, NotAdmitted> {
        self.admit_counting(asking, &Uncounted).await
    }

    async fn admit_counting(&self, asking: &Asking, counting: &dyn Counting) -> Result<Admitted, NotAdmitted> {
        if !asking.has_credentials {
            return Err(NotAdmitted::NoToken);
        }
        let token =
            asking.authorization.as_deref().and_then(bearer).ok_or_else(|| refused(Vec::new(), "no bearer token"))?;
        // What stands in a token before it is verified chooses the keys that it is verified by, and nothing else.
        let said = unverified(&token).unwrap_or_default();
        let issuer = said.get("iss").and_then(Value::as_str);
        let known = self.issuers.iter().find(|(trust, _)| issuer == Some(&trust.issuer));
        let (trust, keys) = known.ok_or_else(|| refused(Vec::new(), &Wrong::Issuer.to_string()))?;
        let claims = self.verified(&token, trust, keys).await?;
        // Whose a token is may be found out by joining what is known of them, which is work, and writes.
        counting.known(&claims.tenant, Some(&claims.user), claims.role).await?;
        let people = self.people(&claims).await?;
        let who = Who { user: Some(claims.user), role: Some(claims.role), name: claims.name, resource: None };
        let request = asking.request.clone();
        // Whose it is may change before something is kept: the store compares.
        let record = match claims.about {
            About::Patient(patient) => Some(patient),
            About::Person(_) | About::Nobody => None,
        };
        let caller = Caller { tenant: claims.tenant, who, role: claims.role, people, launch: None, record, request };
        Ok(Admitted { caller, scopes: claims.scopes })
    }
}

/// The token of an `Authorization` header; the scheme is written in any case (RFC 9110 section 11.1).
fn bearer(authorization: &str) -> Option<Secret> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim_matches(' ');
    let fine = scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= MAX_TOKEN;
    fine.then(|| Secret::new(token))
}

/// The claims of a token before anything is verified.
fn unverified(token: &Secret) -> Option<Map<String, Value>> {
    let payload = token.expose().split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

fn refused(tenants: Vec<TenantId>, why: &str) -> NotAdmitted {
    tracing::info!(why, "a token was refused");
    NotAdmitted::Refused(RefusedToken { tenants, why: why.to_owned() })
}
