//! By which way the person of a launch is reached now.

use access::launch::OpenedBy;
use access::policy::Way;
use access::{PatientAt, StoreError};

use crate::config::Launches;
use crate::rooms::Room;
use crate::state::Server;

/// Asks the store each time: a consent that was taken back a moment ago opens nothing any more.
///
/// A launch of the panel stands as long as its own source does: what is shared elsewhere does not say who the person is.
pub async fn of(server: &Server, room: &Room) -> Result<Way, StoreError> {
    let launch = &room.launch;
    if launch.opened_by == OpenedBy::OwnGrant {
        return Ok(Way::OwnGrant);
    }
    let lent = server.standing.lent_to(&launch.tenant, &launch.id, server.clock.now()).await?;
    if lent.iter().any(|key| key.source == launch.source) {
        return Ok(Way::SharedGrant);
    }
    let home = server.config.source(&launch.source);
    if !home.is_some_and(|source| source.launches.contains(&Launches::Backend)) {
        return Ok(Way::None);
    }
    let at = PatientAt::new(launch.source.as_str(), launch.patient.as_str());
    let known = server.persons.lookup(&launch.tenant, &at).await?.is_some();
    Ok(if known { Way::Backend } else { Way::None })
}
