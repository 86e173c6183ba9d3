//! What is shared, as the page shows it.

use access::policy::{Context, Decision, LaunchOf, Way};
use access::{Consent, Operation, Purpose, StoreError, UserKey, decide};
use app::desk::sharing::{
    Former, GivenBy, HowEnded, InForce, LastingAccess, SharedPurpose, SharedSource, SharingSheet, SourceState,
};
use jiff::Timestamp;

use crate::config::Launches;
use crate::person;
use crate::rooms::Room;
use crate::sources;
use crate::state::Server;

/// Former consents that are listed for a purpose; the audit log has them all.
const FORMER: usize = 5;

/// Lists every source of the tenant with what the launch's person shares of it.
pub async fn sheet(server: &Server, room: &Room) -> Result<SharingSheet, StoreError> {
    let (tenant, now) = (&room.launch.tenant, server.clock.now());
    let person = person::of_launch(server, room).await?;
    let links = server.persons.links(tenant, &person).await?;
    let consents = server.consents.of_person(tenant, &person).await?;
    let reachable = server.standing.sources_of(tenant, &person, now).await?;
    let viewer = &room.launch.viewer;
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    let ours = server.config.sources.iter().filter(|source| *source.tenant == *tenant.0);
    let sources = ours.map(|config| {
        let state = match () {
            () if !links.iter().any(|link| link.at.source == config.id) => SourceState::NotConnected,
            () if !config.launches.contains(&Launches::Standalone) => SourceState::NeverLasting,
            () => SourceState::Connected,
        };
        let here: Vec<&Consent> = consents.iter().filter(|consent| consent.source == config.id).collect();
        let access = if reachable.contains(&config.id) { LastingAccess::There } else { LastingAccess::Ended };
        let purposes = Purpose::ALL.map(|purpose| SharedPurpose {
            purpose,
            now: in_force(&here, purpose, access, viewer.user.as_ref(), now),
            former: former(&here, purpose, now),
        });
        let reads_itself = config.launches.contains(&Launches::Backend);
        SharedSource { source: sources::source(config), state, reads_itself, purposes: purposes.to_vec() }
    });
    Ok(SharingSheet {
        decides: decide(Some(viewer), Operation::GiveConsent, &context) == Decision::Allowed,
        sources: sources.collect(),
    })
}

fn in_force(
    consents: &[&Consent],
    purpose: Purpose,
    access: LastingAccess,
    viewer: Option<&UserKey>,
    now: Timestamp,
) -> Option<InForce> {
    let consent = consents.iter().find(|consent| consent.purpose == purpose && consent.is_in_force(now))?;
    Some(InForce {
        id: consent.id.clone(),
        given: consent.given,
        until: consent.until,
        by: if viewer == Some(&consent.by) { GivenBy::You } else { GivenBy::ThePatient },
        access: if purpose.carries_grants() { access } else { LastingAccess::NotNeeded },
    })
}

/// Those that are over, newest first.
fn former(consents: &[&Consent], purpose: Purpose, now: Timestamp) -> Vec<Former> {
    let over = consents.iter().rev().filter(|consent| consent.purpose == purpose && !consent.is_in_force(now));
    let former = over.filter_map(|consent| match (&consent.revoked, consent.until) {
        (Some(revoked), _) => Some(Former { given: consent.given, ended: revoked.when, how: HowEnded::TakenBack }),
        (None, Some(until)) => Some(Former { given: consent.given, ended: until, how: HowEnded::ByDate }),
        // It begins in a time to come, which nobody can ask for here.
        (None, None) => None,
    });
    former.take(FORMER).collect()
}
