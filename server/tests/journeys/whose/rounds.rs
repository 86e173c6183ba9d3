//! A record is taken out, and one of the open launches cannot be asked about at that moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use access::person::{EndedLink, Ending, HeldLink, Joined, Joining, Linking, Split, WhyEnded};
use access::{Link, PatientAt, PersonId, Persons, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;
use server::Follower;
use shared_plan::Who;
use shared_plan::ports::Said;

use super::{OTHER, THEIRS, at_home, at_other, doctor_of_both, nephrologist, start, tenant, whose};
use crate::shared_plan::stage::{Actor, send};
use crate::support::world::World;

/// The first question whose a Patient is, after a record was taken out, is not answered.
struct Stumbles {
    persons: Arc<dyn Persons>,
    next: AtomicBool,
}

#[async_trait]
impl Persons for Stumbles {
    async fn lookup(&self, tenant: &TenantId, at: &PatientAt) -> Result<Option<PersonId>, StoreError> {
        if self.next.swap(false, Ordering::SeqCst) {
            return Err(StoreError("the connection was lost".into()));
        }
        self.persons.lookup(tenant, at).await
    }

    async fn find_or_create(&self, tenant: &TenantId, link: &Link) -> Result<PersonId, StoreError> {
        self.persons.find_or_create(tenant, link).await
    }

    async fn link(&self, tenant: &TenantId, person: &PersonId, link: &Link) -> Result<Linking, StoreError> {
        self.persons.link(tenant, person, link).await
    }

    async fn join(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        other: &PersonId,
        confirmed: &Joining,
    ) -> Result<Option<Joined>, StoreError> {
        self.persons.join(tenant, person, other, confirmed).await
    }

    async fn split(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        at: &PatientAt,
        home: &PatientAt,
        ending: &Ending,
    ) -> Result<Option<Split>, StoreError> {
        let split = self.persons.split(tenant, person, at, home, ending).await;
        self.next.store(true, Ordering::SeqCst);
        split
    }

    async fn links(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Link>, StoreError> {
        self.persons.links(tenant, person).await
    }

    async fn history(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<HeldLink>, StoreError> {
        self.persons.history(tenant, person).await
    }

    async fn ended_since(&self, tenant: &TenantId, since: Timestamp) -> Result<Vec<EndedLink>, StoreError> {
        self.persons.ended_since(tenant, since).await
    }

    async fn standing(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError> {
        self.persons.standing(tenant, person).await
    }

    async fn joined_into_it(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<PersonId>, StoreError> {
        self.persons.joined_into_it(tenant, person).await
    }

    async fn joined(&self, tenant: &TenantId) -> Result<Vec<PersonId>, StoreError> {
        self.persons.joined(tenant).await
    }
}

/// Three launches of the person who keeps the rest, one of the Patient who is taken out, and a plan that all of them show.
async fn four_open() -> (World, Vec<Actor>) {
    let world = World::licensed_and_altered(|server| {
        let persons = server.persons.clone();
        server.persons = Arc::new(Stumbles { persons, next: AtomicBool::new(false) });
    })
    .await;
    let mut actors = Vec::new();
    for _ in 0..3 {
        actors.push(doctor_of_both(&world).await);
    }
    actors.push(nephrologist(&world).await);
    start(&actors[3], THEIRS).await;
    for actor in &actors {
        world.settled(&actor.page).await;
        assert!(actor.get("plan.json").await.text.contains(THEIRS));
    }
    (world, actors)
}

/// No room that is open in the process shows the plan that is in doubt, or the record that was taken out beside another.
fn nothing_wrong_is_open(world: &World, when: &str) {
    for room in world.server.rooms.all() {
        let now = world.server.clock.now();
        assert!(!format!("{:?}", room.picture(now).plan).contains(THEIRS), "{when}");
        assert!(room.launch.source == OTHER || !room.reads(&at_other()), "{when}");
    }
}

#[tokio::test]
async fn one_launch_that_could_not_be_asked_about_left_a_record_that_was_taken_out_on_the_screens_of_all() {
    let (world, actors) = four_open().await;
    let doctor = &actors[0];
    let split = doctor.get(&format!("split/{OTHER}")).await;
    let told = send(doctor, &split, &format!("/split/{OTHER}"), &[("reason", "Two people")]).await;
    assert!(told.status.is_server_error(), "it is said that something failed: {}", told.text);
    nothing_wrong_is_open(&world, "after the split");
    // The one that could not be asked about is opened anew, and shows its own.
    for actor in &actors {
        let page = actor.get("plan").await;
        assert!(page.status.is_success(), "{}", page.text);
        world.settled(&actor.page).await;
    }
    assert_eq!(world.server.rooms.all().len(), 4);
    nothing_wrong_is_open(&world, "opened anew");
}

/// Where another process takes the record out, each looks every few seconds, and once more when it keeps house.
#[tokio::test]
async fn one_launch_that_could_not_be_asked_about_ended_the_rounds_of_another_process() {
    for keeps_house in [false, true] {
        let (world, _actors) = four_open().await;
        let person = whose(&world, &at_home()).await;
        let said = Said { by: Who::clock(), at: world.server.clock.now() };
        world.server.plan_store.whose.doubt(&tenant(), &person, &at_other(), &said).await.expect("the store answers");
        let why = WhyEnded::Wrong { reason: "two people".to_owned() };
        let ending = Ending { who: None, when: world.server.clock.now(), why };
        let split = world.server.persons.split(&tenant(), &person, &at_other(), &at_home(), &ending).await;
        assert!(split.expect("the store answers").is_some());
        if keeps_house {
            world.server.keep_house().await;
        } else {
            Follower::default().look(&world.server).await.expect_err("it is told that something failed");
        }
        for room in world.server.rooms.all() {
            room.reading.settled().await;
        }
        nothing_wrong_is_open(&world, if keeps_house { "housekeeping" } else { "a look" });
    }
}
