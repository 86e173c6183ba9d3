//! Somebody joins a team: looked up in the provider directory, chosen, or entered in words.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use care_plan_service::neighbours::directory::{DIRECTORY, Directory, Provider, Unasked};
use shared_plan::plan::{Member, Plan};
use shared_plan::ports::{Kind, Selection};

use crate::shared_plan::stage::{COORDINATOR, PERSON, actor, send, start};
use crate::support::world::World;

/// Two of one name; or no answer.
#[derive(Default)]
struct Two {
    away: AtomicBool,
}

#[async_trait]
impl Directory for Two {
    async fn find(&self, words: &str) -> Result<Vec<Provider>, Unasked> {
        if self.away.load(Ordering::SeqCst) {
            return Err(Unasked("no answer in time".to_owned()));
        }
        let ana = |id: &str, role: &str, active| Provider {
            id: id.to_owned(),
            name: "Ana Ruiz <b>".to_owned(),
            roles: vec![role.to_owned()],
            organisation: Some("Valley".to_owned()),
            npi: Some("1234567893".to_owned()),
            active,
        };
        let found = vec![ana("secret-id-1", "Dietitian", true), ana("secret-id-2", "Nurse", false)];
        Ok(if words == "Ruiz" { found } else { Vec::new() })
    }
}

async fn world(directory: &Arc<Two>) -> World {
    let directory = directory.clone();
    World::licensed_and_altered(move |server| server.directory = Some(directory)).await
}

/// The newest member of the only plan.
async fn newest(world: &World) -> Member {
    let selection = Selection { kind: Kind::Plan, person: None, statuses: Vec::new(), changed_since: None };
    let tenant = access::TenantId::new("valley");
    let found = world.server.plan_store.documents.list(&tenant, &selection, None, 1).await.expect("an answer");
    let plan = <Plan as shared_plan::Kept>::from_document(&found[0]).expect("a plan");
    plan.team.members.last().expect("a member").clone()
}

#[tokio::test]
async fn who_was_chosen_from_the_directory_is_pointed_at_and_its_ids_are_on_no_page() {
    let world = world(&Arc::default()).await;
    let coordinator = actor(&world, COORDINATOR).await;
    let plan = start(&coordinator).await;
    let empty = coordinator.below(&plan, "team/new").await;
    assert!(empty.text.contains("Look somebody up"), "{}", empty.text);
    let found = coordinator.below(&plan, "team/new?find=Ruiz").await;
    for said in ["Ana Ruiz &lt;b&gt;", "Dietitian", "NPI 1234567893", "does not practise any more"] {
        assert!(found.text.contains(said), "{said}: {}", found.text);
    }
    let pick = found
        .text
        .split("href=\"?find=Ruiz&amp;pick=")
        .nth(1)
        .or_else(|| found.text.split("href=\"?find=Ruiz&pick=").nth(1));
    let pick = pick.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("a link: {}", found.text));
    let picked = coordinator.below(&plan, &format!("team/new?find=Ruiz&pick={pick}")).await;
    assert!(picked.text.contains("is filled in below"), "{}", picked.text);
    let saved = send(&coordinator, &picked, "/write/add-member", &[]).await;
    assert!(saved.text.contains("Ana Ruiz"), "{}", saved.text);
    let member = newest(&world).await;
    let resource = member.content.resource.expect("it is pointed at");
    assert_eq!((resource.source.as_str(), resource.id.as_str()), (DIRECTORY, "secret-id-1"));
    assert_eq!(member.content.roles[0].title(), "Dietitian");
    for page in [&found, &picked, &saved] {
        assert!(
            !page.text.contains("secret-id"),
            "{}: the directory's ids are none of the browser's business",
            page.url
        );
    }
}

#[tokio::test]
async fn whoever_is_given_another_name_after_all_is_somebody_else() {
    let world = world(&Arc::default()).await;
    let coordinator = actor(&world, COORDINATOR).await;
    let plan = start(&coordinator).await;
    let found = coordinator.below(&plan, "team/new?find=Ruiz").await;
    let pick = found.text.split("pick=").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    let picked = coordinator.below(&plan, &format!("team/new?find=Ruiz&pick={pick}")).await;
    send(&coordinator, &picked, "/write/add-member", &[("name", "Her sister Eva")]).await;
    let member = newest(&world).await;
    assert_eq!((member.content.name.as_str(), member.content.resource), ("Her sister Eva", None));
}

#[tokio::test]
async fn a_directory_that_is_down_says_so_and_leaves_words() {
    let directory = Arc::<Two>::default();
    let world = world(&directory).await;
    let coordinator = actor(&world, COORDINATOR).await;
    let plan = start(&coordinator).await;
    let found = coordinator.below(&plan, "team/new?find=Ruiz").await;
    let pick = found.text.split("pick=").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    let picked = coordinator.below(&plan, &format!("team/new?find=Ruiz&pick={pick}")).await;
    directory.away.store(true, Ordering::SeqCst);
    let away = coordinator.below(&plan, "team/new?find=Ruiz").await;
    assert!(away.text.contains("cannot be asked at the moment"), "{}", away.text);
    // Who was chosen cannot be said any more: nothing is saved in silence, and nothing that was typed is lost.
    let refused = send(&coordinator, &picked, "/write/add-member", &[]).await;
    assert!(refused.text.contains("Not saved") && refused.text.contains("Ana Ruiz &lt;b&gt;"), "{}", refused.text);
    let words = send(&coordinator, &away, "/write/add-member", &[("name", "Ana Ruiz"), ("find", ""), ("provider", "")]);
    words.await;
    let member = newest(&world).await;
    assert_eq!((member.content.name.as_str(), member.content.resource), ("Ana Ruiz", None));
}

#[tokio::test]
async fn who_may_not_change_the_team_cannot_search_the_directory() {
    let world = world(&Arc::default()).await;
    let coordinator = actor(&world, COORDINATOR).await;
    let plan = start(&coordinator).await;
    let person = actor(&world, PERSON).await;
    let page = person.below(&plan, "team/new?find=Ruiz").await;
    assert!(!page.text.contains("Dietitian"), "{}", page.text);
}
