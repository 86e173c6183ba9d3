//! Admission by the tokens of an identity service.

use std::sync::Arc;

use access::{Clock, Role, Secret};
use async_trait::async_trait;
use shared_plan::Who;

use super::claims::{About, Claims, Wrong};
use super::{Admission, Admitted, Keys, NotAdmitted, PatientIdentity, Trust};
use crate::{Caller, People};

/// Longest token that is looked at.
const MAX_TOKEN: usize = 16 * 1024;

/// Admits whoever brings a token of the identity service.
pub struct Tokens {
    trust: Trust,
    keys: Keys,
    patients: Arc<dyn PatientIdentity>,
    clock: Arc<dyn Clock>,
}

impl Tokens {
    /// Admission by tokens that `trust` describes.
    pub fn new(trust: Trust, keys: Keys, patients: Arc<dyn PatientIdentity>, clock: Arc<dyn Clock>) -> Self {
        Self { trust, keys, patients, clock }
    }

    /// Whose plans the bearer reaches.
    async fn people(&self, claims: &Claims) -> Result<People, NotAdmitted> {
        let person = match &claims.about {
            About::Nobody => None,
            About::Person(person) => Some(person.clone()),
            About::Patient(patient) => {
                let found = self.patients.person_of(&claims.tenant, patient).await.map_err(|error| {
                    tracing::error!(%error, "whose token it is could not be looked up");
                    NotAdmitted::NotAsked
                })?;
                Some(found.ok_or_else(|| refused(&Wrong::Person))?)
            }
        };
        match (person, claims.role) {
            (Some(person), _) => Ok(People::Only(person)),
            (None, Role::Clinician | Role::Coordinator) => Ok(People::All),
            // Without a person, theirs are nobody's plans.
            (None, Role::Patient | Role::Carer) => Err(refused(&Wrong::Person)),
        }
    }
}

#[async_trait]
impl Admission for Tokens {
    async fn admit(&self, authorization: Option<&str>) -> Result<Admitted, NotAdmitted> {
        let token = bearer(authorization.ok_or(NotAdmitted::Refused)?).ok_or_else(|| refused(&"no bearer token"))?;
        let claims = self.keys.verify(&token).await.map_err(|fault| match fault {
            Some(fault) => refused(&fault),
            None => NotAdmitted::NotAsked,
        })?;
        let claims = Claims::read(&claims, &self.trust, self.clock.now()).map_err(|wrong| refused(&wrong))?;
        let people = self.people(&claims).await?;
        let who = Who { user: Some(claims.user), role: Some(claims.role), name: claims.name, resource: None };
        let caller = Caller { tenant: claims.tenant, who, role: claims.role, people, launch: None, request: None };
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

fn refused(why: &impl std::fmt::Display) -> NotAdmitted {
    tracing::info!(%why, "a token was refused");
    NotAdmitted::Refused
}
