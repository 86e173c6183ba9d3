//! Who is listed in the panel of a tenant: everybody who shares with the care team, by a consent that is in force.

use std::collections::BTreeMap;

use access::summary::SUMMARY;
use access::{Consent, PersonId, PersonSummary, Purpose, StandingKey, StoreError, TenantId};
use jiff::Timestamp;

use crate::config::Launches;
use crate::state::Server;

/// One who shares.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Who.
    pub person: PersonId,
    /// What is kept of who they are, from the first shared source that has it.
    pub summary: Option<PersonSummary>,
    /// The records that are shared, in the order of the configuration.
    pub shared: Vec<ListedRecord>,
}

/// A record that somebody shares.
#[derive(Debug, Clone)]
pub struct ListedRecord {
    /// Its source.
    pub source: String,
    /// Since when.
    pub since: Timestamp,
    /// False where the source has ended the access, and the organisation has no way of its own.
    pub is_read: bool,
}

/// Lists them by name; who has none comes last.
pub async fn list(server: &Server, tenant: &TenantId) -> Result<Vec<Listed>, StoreError> {
    let now = server.clock.now();
    let mut by_person: BTreeMap<PersonId, Vec<Consent>> = BTreeMap::new();
    for consent in server.consents.all_in_force(tenant, Purpose::CareTeam, now).await? {
        by_person.entry(consent.person.clone()).or_default().push(consent);
    }
    let mut listed = Vec::with_capacity(by_person.len());
    for (person, consents) in by_person {
        listed.push(one(server, tenant, person, &consents).await?);
    }
    listed.sort_by_cached_key(|one| {
        let name = one.summary.as_ref().map(|summary| summary.name.to_lowercase()).filter(|name| !name.is_empty());
        (name.is_none(), name, one.person.clone())
    });
    Ok(listed)
}

async fn one(server: &Server, tenant: &TenantId, person: PersonId, consents: &[Consent]) -> Result<Listed, StoreError> {
    let ours = server.config.sources.iter().filter(|source| *source.tenant == *tenant.0);
    let reachable = server.standing.sources_of(tenant, &person, server.clock.now()).await?;
    let shared: Vec<ListedRecord> = ours
        .filter_map(|source| {
            let since = consents.iter().find(|consent| consent.source == source.id)?.given;
            let is_read = reachable.contains(&source.id) || source.launches.contains(&Launches::Backend);
            Some(ListedRecord { source: source.id.clone(), since, is_read })
        })
        .collect();
    let mut summary = None;
    for record in &shared {
        let source = record.source.clone();
        let key = StandingKey { tenant: tenant.clone(), person: person.clone(), source };
        let kept = server.kept_items.lookup(&key, SUMMARY, server.clock.now()).await?;
        summary = kept.and_then(|item| PersonSummary::from_bytes(&item.content));
        if summary.is_some() {
            break;
        }
    }
    Ok(Listed { person, summary, shared })
}
