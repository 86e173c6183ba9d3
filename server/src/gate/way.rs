//! By which way the person of a launch is reached now.

use access::StoreError;
use access::launch::OpenedBy;
use access::policy::Way;

use crate::config::Launches;
use crate::rooms::Room;
use crate::state::Server;

/// Asks the store each time: a consent that was taken back a moment ago opens nothing any more.
pub async fn of(server: &Server, room: &Room) -> Result<Way, StoreError> {
    let launch = &room.launch;
    if launch.opened_by == OpenedBy::OwnGrant {
        return Ok(Way::OwnGrant);
    }
    if !server.standing.lent_to(&launch.id, server.clock.now()).await?.is_empty() {
        return Ok(Way::SharedGrant);
    }
    let home = server.config.source(&launch.source);
    let backend = home.is_some_and(|source| source.launches.contains(&Launches::Backend));
    Ok(if backend { Way::Backend } else { Way::None })
}
