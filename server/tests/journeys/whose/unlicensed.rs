//! A record is taken out where the licence for shared plans has ended, and plans are kept from before.

use super::{OTHER, OURS, answer, doctor_of_both, nephrologist};
use crate::licence::kept;
use crate::shared_plan::stage::{Actor, DOCTOR, actor, send};
use crate::support::browser::Page;
use crate::support::world::World;

async fn on_board(actor: &Actor, world: &World) -> bool {
    world.settled(&actor.page).await;
    actor.get("plan.json").await.text.contains(OURS)
}

/// Both records were one person's when the plan was made, and their launches show it; then one is taken out.
async fn parted() -> (World, [Actor; 2], Page) {
    let world = World::start().await;
    doctor_of_both(&world).await;
    kept(&world).await;
    let (doctor, other) = (doctor_of_both(&world).await, nephrologist(&world).await);
    assert!(on_board(&doctor, &world).await && on_board(&other, &world).await);
    let split = doctor.get(&format!("split/{OTHER}")).await;
    let asked = send(&doctor, &split, &format!("/split/{OTHER}"), &[("reason", "Two people")]).await;
    (world, [doctor, other], asked)
}

#[tokio::test]
async fn without_a_licence_whose_record_was_taken_out_went_on_to_see_the_plan_of_the_one_who_stayed() {
    let (world, [doctor, other], asked) = parted().await;
    assert!(!on_board(&doctor, &world).await && !on_board(&other, &world).await, "it is in doubt");
    // A launch that was opened meanwhile had nothing to read.
    let late = actor(&world, DOCTOR).await;
    assert!(!on_board(&late, &world).await);
    let stays = answer(&doctor, &asked, OURS, "stays").await;
    assert!(stays.text.contains("is shown here again"), "{}", stays.text);
    assert!(!on_board(&other, &world).await, "it is somebody else's plan");
    assert!(on_board(&doctor, &world).await && on_board(&late, &world).await);
}

#[tokio::test]
async fn without_a_licence_a_plan_that_went_to_the_other_person_was_on_no_open_screen_of_theirs() {
    let (world, [doctor, other], asked) = parted().await;
    answer(&doctor, &asked, OURS, "record-0").await;
    assert!(on_board(&other, &world).await && !on_board(&doctor, &world).await);
}
