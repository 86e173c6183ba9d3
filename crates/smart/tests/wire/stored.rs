//! What is sealed and unsealed again.

use access::LaunchId;
use smart::{Grant, PendingLaunch, Unreadable};

use crate::world::World;

#[tokio::test]
async fn a_grant_comes_back_as_it_was() {
    let world = World::public().await;
    let grant = world.launch().await.expect("a grant").grant;
    assert_eq!(Grant::from_bytes(&grant.to_bytes()), Ok(grant));
}

#[tokio::test]
async fn a_pending_launch_comes_back_as_it_was() {
    let world = World::public().await;
    let launch = LaunchId::from_random([9; 16]);
    let authorization =
        world.smart.begin(&world.client, world.ehr_start(), None, Some(launch)).await.expect("a launch");
    let pending = authorization.pending;
    assert_eq!(PendingLaunch::from_bytes(&pending.to_bytes()), Ok(pending));
}

#[test]
fn damaged_bytes_are_refused_without_being_quoted() {
    for bytes in [&b""[..], b"{}", b"null", b"\xff", br#"{"access_token": "canary"}"#] {
        assert_eq!(Grant::from_bytes(bytes), Err(Unreadable));
        assert_eq!(PendingLaunch::from_bytes(bytes), Err(Unreadable));
    }
    assert!(!format!("{Unreadable} {Unreadable:?}").contains("canary"));
}
