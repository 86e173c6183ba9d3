//! A screen in one process follows what another has changed in the database that both share.

use server::Follower;

use crate::licence;
use crate::shared_plan::stage::{DOCTOR, actor, add_goal, start};
use crate::support::shared::Shared;
use crate::support::world::World;

const GOAL: &str = "HbA1c that both can live with";

#[tokio::test]
async fn what_another_process_had_changed_was_on_no_open_screen_of_this_one() {
    let world = World::licensed().await;
    let doctor = actor(&world, DOCTOR).await;
    let mut follower = Follower::default();
    follower.look(&world.server).await.expect("the store answers");
    // By another service over the same store: nothing here hears of it.
    licence::kept(&world).await;
    let before = doctor.get("plan?show=all").await;
    assert!(!before.text.contains(GOAL), "{}", before.text);
    follower.look(&world.server).await.expect("the store answers");
    world.settled(&doctor.page).await;
    let after = doctor.get("plan?show=all").await;
    assert!(after.text.contains(GOAL), "{}", after.text);
}

#[tokio::test]
async fn what_a_screen_shows_already_is_not_read_again_at_every_look() {
    let world = World::licensed().await;
    let doctor = actor(&world, DOCTOR).await;
    let plan = start(&doctor).await;
    add_goal(&doctor, &plan, GOAL, "7.5").await;
    world.settled(&doctor.page).await;
    let shown = world.snapshot(&doctor.page).expect("open");
    let mut follower = Follower::default();
    for _ in 0..3 {
        follower.look(&world.server).await.expect("the store answers");
    }
    world.settled(&doctor.page).await;
    let now = world.snapshot(&doctor.page).expect("open");
    assert!(std::sync::Arc::ptr_eq(&shown, &now), "nothing was read");
}

#[tokio::test]
async fn of_two_processes_on_one_database_each_shows_what_the_other_has_changed() {
    let Some(shared) = Shared::prepared().await else { return };
    let world = World::sharing(shared).await;
    let second = world.second().await;
    let front = world.shared.as_ref().expect("it shares").front.clone();
    front.to(0);
    let here = actor(&world, DOCTOR).await;
    front.to(1);
    let there = actor(&world, crate::shared_plan::stage::COORDINATOR).await;
    second.settled(there.page.launch().trim_start_matches("/l/")).await;
    let plan = start(&there).await;
    add_goal(&there, &plan, GOAL, "7.5").await;
    front.to(0);
    let before = here.get("plan?show=all").await;
    assert!(!before.text.contains(GOAL), "nobody has looked yet");
    Follower::default().look(&world.server).await.expect("the database answers");
    world.settled(&here.page).await;
    let after = here.get("plan?show=all").await;
    assert!(after.text.contains(GOAL), "{}", after.text);
}
