//! The desk of one launch: what its pages ask for, answered from its room.

mod save;
mod sheet;
mod told;

use std::sync::Arc;
use std::time::Duration;

use access::launch::OpenedBy;
use access::{AuditEvent, LaunchId, Operation, PatientAt, Role, Viewer};
use app::desk::kept::Kept;
use app::desk::shared_plan::SharedPlanDoor;
use app::desk::{Answer, GoalAnswer, GoalForm, GoalSheet, LaunchDesk, Picture, RegisteredSource, Sighting};
use app::unsettled::Unsettled;
use app::who::Ties;
use async_trait::async_trait;
use care_plan::plan::ItemId;
use care_plan::snapshot::Status;
use fhir::SourceId;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::config::Launches;
use crate::person;
use crate::rooms::Room;
use crate::state::Server;
use crate::{shared_plan, sources};

/// The desk of one launch.
pub struct Desk {
    server: Arc<Server>,
    room: Arc<Room>,
    /// The name of the request that it answers, by which its events are joined to it.
    request: Option<String>,
}

impl Desk {
    /// The desk of a room.
    pub fn of(server: &Arc<Server>, room: &Arc<Room>) -> Arc<Self> {
        Arc::new(Self { server: server.clone(), room: room.clone(), request: None })
    }

    /// The desk of a room for a request that may write.
    pub fn asked(server: &Arc<Server>, room: &Arc<Room>, request: &str) -> Arc<Self> {
        Arc::new(Self { server: server.clone(), room: room.clone(), request: Some(request.to_owned()) })
    }

    /// Waits until the snapshot is as wanted, or the budget is used up.
    async fn wait(&self, budget: Duration, enough: impl Fn(&care_plan::Snapshot) -> bool) -> Picture {
        let mut progress = self.room.reading.watch();
        let arrived = progress.wait_for(|_| enough(&self.room.reading.snapshot()));
        // A budget that is used up is no failure: the page says what is still coming.
        let _ = tokio::time::timeout(budget, arrived).await;
        self.glance()
    }

    /// The event of something that is done at one source.
    fn event(&self, operation: Operation, source: &SourceId) -> AuditEvent {
        let launch = &self.room.launch;
        let mut event = AuditEvent::new(launch.tenant.clone(), operation, self.now()).of_launch(launch);
        event.request.clone_from(&self.request);
        match self.room.reading.patient(source) {
            Some(patient) => event.at(PatientAt::new(source.as_str(), patient)),
            None => event,
        }
    }
}

#[async_trait]
impl LaunchDesk for Desk {
    fn launch(&self) -> &LaunchId {
        &self.room.launch.id
    }

    fn home(&self) -> SourceId {
        SourceId::new(self.room.launch.source.as_str())
    }

    fn viewer(&self) -> &Viewer {
        &self.room.launch.viewer
    }

    fn tenant_name(&self) -> &str {
        self.server.config.tenant(&self.room.launch.tenant.0).map_or("", |tenant| &tenant.name)
    }

    fn now(&self) -> Timestamp {
        self.server.clock.now()
    }

    fn time_zone(&self) -> &TimeZone {
        &self.room.time_zone
    }

    fn needs_banner(&self) -> bool {
        self.room.launch.banner
    }

    fn sources(&self) -> Vec<RegisteredSource> {
        let ours = self.server.config.sources.iter().filter(|source| *source.tenant == *self.room.launch.tenant.0);
        ours.map(|source| RegisteredSource {
            source: sources::source(source),
            connect: source
                .launches
                .contains(&Launches::Standalone)
                .then(|| format!("/l/{}/connect/{}", self.room.launch.id, source.id)),
        })
        .collect()
    }

    fn sighting(&self, source: &SourceId) -> Option<Sighting> {
        let sighting = self.room.sightings.of(source.as_str())?;
        let is_over = |id: &str| self.server.questions.look(&self.room.launch.id, id, self.now()).is_none();
        match &sighting {
            // Signing in there has raised another one, or the answer could not be carried out.
            Sighting::MayBe { question } if is_over(question) => Some(Sighting::NotIdentified),
            _ => Some(sighting),
        }
    }

    fn shared_plan(&self) -> SharedPlanDoor {
        shared_plan::door(&self.server, &self.room)
    }

    fn kept(&self) -> Kept {
        let may = shared_plan::may(&self.server, &self.room);
        let viewer = &self.room.launch.viewer;
        let may_decide = shared_plan::may_decide(&self.server, &self.room);
        // The person keeps an edit of their own goal; a carer none.
        let may_edit = may.write || (may.answer && viewer.role == Role::Patient);
        Kept { may_decide, may_write: may.write, may_edit, ..self.room.kept.shown() }
    }

    fn is_from_panel(&self) -> bool {
        self.room.launch.opened_by == OpenedBy::Panel
    }

    fn glance(&self) -> Picture {
        self.room.picture(self.now())
    }

    async fn person(&self, budget: Duration) -> Picture {
        let source = self.home();
        self.wait(budget, |snapshot| {
            snapshot.record(&source).is_none_or(|record| {
                let pending = record.reads.iter().any(|read| read.kind == "Patient" && read.status == Status::Pending);
                record.resources.iter().any(|resource| resource.kind() == "Patient")
                    || (!record.reads.is_empty() && !pending)
            })
        })
        .await
    }

    async fn picture(&self, budget: Duration) -> Picture {
        self.wait(budget, |snapshot| snapshot.pending() == 0).await
    }

    async fn goal(&self, item: &ItemId) -> Option<GoalSheet> {
        self.sheet(item)
    }

    async fn save_goal(&self, form: GoalForm) -> GoalAnswer {
        self.save(form).await
    }

    async fn retry(&self, source: &SourceId) -> bool {
        match self.server.audit.write(&self.event(Operation::RetrySource, source)).await {
            Ok(()) => self.room.reading.retry(source),
            Err(error) => {
                tracing::error!(%error, "a read could not be written down, so it was not begun");
                false
            }
        }
    }

    async fn ties(&self) -> Ties {
        let ties = person::ties(&self.server, &self.room).await;
        ties.unwrap_or_else(|error| {
            tracing::error!(%error, "it could not be asked whose records these are");
            Ties::default()
        })
    }

    async fn unsettled(&self) -> Unsettled {
        person::unsettled(&self.server, &self.room).await.unwrap_or_else(|error| {
            tracing::error!(%error, "it could not be asked whether shared plans wait for an answer");
            Unsettled { unknown: true, ..Unsettled::default() }
        })
    }

    async fn answer(&self, ticket: &str) -> Option<Answer> {
        self.server.tickets.lookup(&self.room.launch.id, ticket, self.now())
    }
}
