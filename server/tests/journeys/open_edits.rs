//! Edits that a process left open are looked up by housekeeping, each with a grant of its own tenant.

use access::{Clock, LaunchId, TenantId};
use fhir::{GoalFields, ResourceKey, SourceId};
use jiff::ToSpan;
use write_back::{Author, GoalEdit, Intent};

use crate::support::browser::Browser;
use crate::support::world::World;

const EHR: &str = "valley-ehr";

#[tokio::test]
async fn an_edit_that_was_cut_off_is_looked_up_with_the_grant_of_its_own_tenant_only() {
    let world = World::of_two_tenants(|_| ()).await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let patient = people[0].patient_id(EHR).expect("known");
    let plan = world.open(&browser, EHR, "castellanos", patient).await;
    let launch = LaunchId::parse(plan.launch().trim_start_matches("/l/")).expect("a launch");
    let goals = world.sandbox.ehr(EHR).store().list("Goal");
    let goal = goals.iter().find(|goal| goal["description"]["text"] == "HbA1c below 7.0 %").expect("the goal is there");
    let (base, id) = (GoalFields::of(goal, 0), goal["id"].as_str().expect("an id").to_owned());
    let edit = GoalEdit {
        goal: ResourceKey { source: SourceId::new(EHR), kind: "Goal".to_owned(), id },
        patient: patient.to_owned(),
        seen_version: goal["meta"]["versionId"].as_str().map(str::to_owned),
        mine: GoalFields { target_value: Some("6.1".to_owned()), ..base.clone() },
        base,
        target_index: 0,
        note: None,
        author: Author { name: "Dr. Castellanos".to_owned(), reference: None },
    };
    // A process ended before it had sent anything.
    let intent = Intent { launch, edit, opened: world.clock.now() - 5.minutes() };
    let intents = world.server.database.ports().intents;
    let [valley, hills] = ["valley", "hills"].map(TenantId::new);
    for tenant in [&valley, &hills] {
        intents.open(tenant, &intent).await.expect("it is stored");
    }
    world.server.keep_house().await;
    assert_eq!(intents.unfinished(&valley).await.expect("a store"), [], "it was not written, and that is known");
    // The launch, and so its grant, is the valley's.
    assert_eq!(intents.unfinished(&hills).await.expect("a store").len(), 1);
}
