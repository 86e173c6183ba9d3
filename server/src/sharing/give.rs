//! A consent is given.

use std::sync::Arc;

use access::{
    AuditEvent, Consent, ConsentId, Purpose, Revoked, Sharing, StandingGrant, StandingKey, StoreError, UserKey,
    audited_change,
};
use smart::Grant;

use super::{summary, take_back};
use crate::routes::give_back;
use crate::state::Server;

/// Who allows what of which record.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// Whose record at which source.
    pub key: StandingKey,
    /// For what and until when.
    pub sharing: Sharing,
    /// Who allows it.
    pub by: UserKey,
    /// What is written down before.
    pub event: AuditEvent,
}

/// Why nothing was given.
#[derive(Debug)]
pub enum Refused {
    /// It could not be written down.
    NotWritten(StoreError),
    /// The store did not take it.
    Failed(StoreError),
}

impl Allowed {
    fn consent(&self, server: &Server) -> Consent {
        Consent {
            id: ConsentId::from_random(server.opaque.bits()),
            person: self.key.person.clone(),
            source: self.key.source.clone(),
            purpose: self.sharing.purpose,
            by: self.by.clone(),
            role: access::Role::Patient,
            given: server.clock.now(),
            until: self.sharing.until,
            revoked: None,
        }
    }
}

/// Gives a consent that needs no new access at the source.
pub async fn give(server: &Arc<Server>, allowed: Allowed) -> Result<(), Refused> {
    to_the_end(server, allowed, None).await
}

/// Gives a consent together with the access that the source has given for it.
pub async fn give_by_grant(server: &Arc<Server>, allowed: Allowed, grant: Grant) -> Result<(), Refused> {
    to_the_end(server, allowed, Some(grant)).await
}

/// In a task of its own: a browser that goes away leaves no consent without its grant behind.
async fn to_the_end(server: &Arc<Server>, allowed: Allowed, grant: Option<Grant>) -> Result<(), Refused> {
    let server = server.clone();
    let given = tokio::spawn(async move { stored(&server, &allowed, grant).await });
    given.await.unwrap_or_else(|error| Err(Refused::Failed(StoreError(Box::new(error)))))
}

async fn stored(server: &Arc<Server>, allowed: &Allowed, grant: Option<Grant>) -> Result<(), Refused> {
    let (key, consent) = (&allowed.key, allowed.consent(server));
    let change = async {
        // What is over is ended first, so that its grant is given back and not only forgotten.
        super::end_due(server).await?;
        server.consents.give(&key.tenant, &consent).await?;
        let Some(grant) = &grant else { return Ok(None) };
        match put(server, key, &consent, grant).await {
            Ok(former) => Ok(former),
            Err(error) => {
                // No consent stands that looks as if something could be read by it.
                let revoked = Revoked { by: Some(allowed.by.clone()), when: server.clock.now() };
                // It has taken the place of a former one, and with it goes what rested on that.
                if let Some(erasure) = server.consents.revoke(&key.tenant, &consent.id, &revoked).await? {
                    take_back::clear(server, erasure).await;
                }
                Err(error)
            }
        }
    };
    let done = audited_change(server.audit.as_ref(), allowed.event.clone(), change).await;
    let former = match done {
        Ok(former) => former,
        Err(error) => {
            in_background(server, &key.source, grant);
            return Err(match error {
                access::audit::Unaudited::NotWritten(error) => Refused::NotWritten(error),
                access::audit::Unaudited::Failed(error) => Refused::Failed(error),
            });
        }
    };
    in_background(server, &key.source, former);
    if consent.purpose == Purpose::CareTeam {
        summary::keep(server, key, &consent.id, consent.until).await;
    }
    Ok(())
}

/// Stores the grant under its consent, and hands over the one that it takes the place of.
async fn put(
    server: &Server,
    key: &StandingKey,
    consent: &Consent,
    grant: &Grant,
) -> Result<Option<Grant>, StoreError> {
    let now = server.clock.now();
    let former = server.standing.lookup(key, now).await?;
    let standing = StandingGrant { consent: consent.id.clone(), content: grant.to_bytes() };
    if !server.standing.put(key, &standing, now).await? {
        return Err(StoreError("the consent was over before its grant was stored".into()));
    }
    Ok(former.and_then(|former| Grant::from_bytes(&former.content).ok()))
}

/// Tells the source that a grant is not used any more, without letting anybody wait.
pub(super) fn in_background(server: &Arc<Server>, source: &str, grant: Option<Grant>) {
    let Some(grant) = grant else { return };
    let (server, source) = (server.clone(), source.to_owned());
    tokio::spawn(async move { give_back(&server, vec![(source, grant)]).await });
}
