//! A carer at a question that is not theirs to answer with yes.

use std::sync::Arc;

use access::{Launch, LaunchId, Launches, PatientAt, Role, SessionHash, StoreError, TenantId, UserKey, Viewer};
use async_trait::async_trait;
use axum::http::StatusCode;

use crate::support::browser::Browser;
use crate::support::world::World;

const HOME: &str = "valley-ehr";
const OTHER: &str = "nephrology";

/// Everybody who opens a plan from Valley is a carer there; the simulated EHRs have none.
struct Carers(Arc<dyn Launches>);

#[async_trait]
impl Launches for Carers {
    async fn put(&self, launch: Launch) -> Result<(), StoreError> {
        let role = if launch.source == HOME { Role::Carer } else { launch.viewer.role };
        let viewer = Viewer { role, ..launch.viewer };
        self.0.put(Launch { viewer, ..launch }).await
    }

    async fn lookup(&self, id: &LaunchId, session: SessionHash) -> Result<Option<Launch>, StoreError> {
        self.0.lookup(id, session).await
    }

    async fn of_session(&self, session: SessionHash) -> Result<Vec<Launch>, StoreError> {
        self.0.of_session(session).await
    }

    async fn end(&self, id: &LaunchId, session: SessionHash) -> Result<bool, StoreError> {
        self.0.end(id, session).await
    }

    async fn end_launches_of_other_users(
        &self,
        session: SessionHash,
        user: Option<&UserKey>,
    ) -> Result<Vec<LaunchId>, StoreError> {
        self.0.end_launches_of_other_users(session, user).await
    }
}

/// From now on everybody who opens a plan from Valley is a carer.
pub fn everybody_at_home_is_a_carer(server: &mut server::Server) {
    server.launches = Arc::new(Carers(server.launches.clone()));
}

fn patient(ehr: &str) -> String {
    sandbox::people::whereabouts()[0].patient_id(ehr).expect("known there").to_owned()
}

#[tokio::test]
async fn p9_a_carer_made_one_of_two_known_persons_although_no_carer_may_part_them() {
    let world = World::altered(World::ehrs(), everybody_at_home_is_a_carer).await;
    // Her record at the second EHR was opened by itself, so it is a person of its own until now.
    world.open(&Browser::new(), OTHER, "solberg", &patient(OTHER)).await;
    let browser = Browser::new();
    let plan = world.open(&browser, HOME, "castellanos", &patient(HOME)).await;
    let question = world.sign_in_for(&browser, &plan, OTHER, "solberg", &patient(OTHER)).await;
    assert!(question.url.path().contains("/confirm/"), "{} {}", question.url, question.text);
    assert!(question.text.contains("as a carer you cannot"), "{}", question.text);
    assert!(!question.text.contains("value=\"yes\"") && question.text.contains("value=\"no\""), "{}", question.text);
    let whose = async |ehr: &str| {
        let at = PatientAt::new(ehr, patient(ehr));
        world.server.persons.lookup(&TenantId::new("valley"), &at).await.expect("the store answers").expect("known")
    };
    let yes = [("answer", "yes"), ("checked", "yes")];
    let refused = browser.post(&question.url, &question.url, &yes).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    assert_ne!(whose(HOME).await, whose(OTHER).await);
    // The question waits for an answer that is theirs to give.
    let told = browser.post(&question.url, &question.url, &[("answer", "no")]).await;
    assert!(told.text.contains("Nothing was joined"), "{}", told.text);
    assert_eq!(world.sandbox.ehr(OTHER).end_grants(), 1, "that of the first plan alone: the carer's was given back");
}
