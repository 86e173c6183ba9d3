//! The desk of one launch: what its pages ask for, answered from its room.

use std::sync::Arc;
use std::time::Duration;

use ::shared_plan::overlay::{Overlay, OverlayStatus};
use access::launch::OpenedBy;
use access::{AuditEvent, LaunchId, Operation, Outcome, PatientAt, Role, Viewer};
use app::desk::kept::Kept;
use app::desk::shared_plan::{SOURCE, SharedPlanDoor};
use app::desk::{
    Answer, GoalAnswer, GoalFields, GoalForm, GoalMember, GoalSheet, Keeps, LaunchDesk, NotKept, Picture,
    RegisteredSource, SavePlace, Sighting, member_name,
};
use app::unsettled::Unsettled;
use app::who::Ties;
use app::words::words;
use async_trait::async_trait;
use care_plan::plan::{Confidentiality, Item, ItemId};
use care_plan::snapshot::{Record, Status};
use care_plan_service::service::People;
use fhir::{ResourceKey, SourceId};
use fhir_client::FhirError;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use write_back::{Author, GoalEdit, Refusal, Warning, WriteOutcome};

use crate::config::Launches;
use crate::person;
use crate::rooms::{BUDGET, Room};
use crate::routes::trouble;
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

    /// A goal's resource as forms show it: an entry for each of its targets, one where it has none.
    fn members(&self, key: &ResourceKey) -> Vec<GoalMember> {
        let snapshot = self.room.reading.snapshot();
        let (Some(record), Some(resource)) = (snapshot.record(&key.source), snapshot.resource(key)) else {
            return Vec::new();
        };
        let goal: fhir::Goal = resource.read();
        let locked = self.locked(record, &goal);
        let entry = |index: usize| {
            let target = goal.target.get(index);
            let quantity = target.and_then(|target| {
                let range = target.detail_range.as_ref();
                target.detail_quantity.as_ref().or_else(|| range?.high.as_ref()).or_else(|| range?.low.as_ref())
            });
            let measure = target.and_then(|target| target.measure.as_ref()).and_then(|measure| measure.label());
            GoalMember {
                name: member_name(key),
                source: record.source.clone(),
                version: resource.version().map(ToOwned::to_owned),
                base: from_write_back(write_back::GoalFields::read(resource, index)),
                target: index,
                has_target: target.is_some(),
                measure: measure.map(ToOwned::to_owned),
                unit: quantity.and_then(|quantity| quantity.unit.clone().0.or_else(|| quantity.code.clone().0)),
                locked: locked.clone(),
                keeps: self.keeps(key, index, &goal),
            }
        };
        (0..goal.target.len().max(1)).map(entry).collect()
    }

    /// Why a goal of this source takes no change, said before anyone types.
    fn locked(&self, record: &Record, goal: &fhir::Goal) -> Option<String> {
        let (name, id) = (&record.source.name, record.source.id.as_str());
        if id == SOURCE {
            return Some("This goal is one of the shared plan, where it is changed.".to_owned());
        }
        if !shared_plan::may_change_goals(&self.room) {
            return Some(
                "As a carer you read goals here; they are changed by the person and those who treat them.".to_owned(),
            );
        }
        let config = self.server.config.source(id)?;
        if !config.writes.iter().any(|kind| kind == "Goal") {
            return Some(format!("{name} takes no changes of goals from here."));
        }
        if !self.room.may(id, "Goal", 'u') {
            return Some(format!("{name} has not permitted you to change goals."));
        }
        let offered = self.room.reading.server(&record.source.id).and_then(|server| server.known_capability());
        if let Some(stated) = offered.as_ref().filter(|stated| !stated.is_r4()) {
            return Some(format!("{name} speaks FHIR {}, which is only read here.", stated.fhir_version));
        }
        if offered.is_some_and(|capability| !capability.types.is_empty() && !capability.can("Goal", "update")) {
            return Some(format!("The server of {name} takes no changes of goals."));
        }
        (goal.lifecycle_status.as_deref() == Some("entered-in-error"))
            .then(|| format!("At {name} this goal is marked as entered in error."))
    }

    /// Whether an edit of a target of this goal can be kept in the shared plan. What a source labels as confidential is not
    /// copied there, and what was entered in error is not wanted otherwise.
    fn keeps(&self, key: &ResourceKey, target: usize, goal: &fhir::Goal) -> Keeps {
        let kept = self.kept();
        let is_meant = key.source.as_str() != SOURCE && goal.lifecycle_status.as_deref() != Some("entered-in-error");
        let plan = self.glance().plan;
        let mut members = plan.goals.iter().flat_map(|goal| &goal.item.members);
        let is_normal = members.any(|one| one.key == *key && one.confidentiality == Confidentiality::Normal);
        let is_standing = |overlay: &&Overlay| overlay.status == OverlayStatus::Standing;
        let is_own = |overlay: &Overlay| matches!(overlay.by.role, Some(Role::Patient | Role::Carer));
        let is_theirs = kept.on_key(key, target).filter(is_standing).is_some_and(|overlay| !is_own(overlay));
        let reasons = [
            (is_meant, NotKept::NotMeant),
            (self.shared_plan() == SharedPlanDoor::Open, NotKept::NotLicensed),
            (kept.may_edit, NotKept::Role),
            (kept.is_read, NotKept::NotRead),
            (is_normal, NotKept::Labelled),
            (!kept.waiting.is_on(key, target), NotKept::Waits),
            (kept.may_write || !is_theirs, NotKept::OfTheTeam),
        ];
        reasons.into_iter().find(|(is_so, _)| !is_so).map_or(Keeps::Yes, |(_, why)| Keeps::No(why))
    }

    /// The member that a form names, looked up in this launch's own plan.
    pub fn named(&self, item: &str, member: &str) -> Option<ResourceKey> {
        let picture = self.glance();
        let goal = picture.plan.goals.iter().find(|goal| goal.item.id.0 == item)?;
        goal.item.members.iter().map(|found| &found.key).find(|key| member_name(key) == member).cloned()
    }

    fn author(&self, source: &SourceId) -> Author {
        let viewer = &self.room.launch.viewer;
        let own_source = source.as_str() == self.room.launch.source;
        let reference = viewer.fhir_user.as_deref().filter(|_| own_source).and_then(relative);
        Author { name: viewer.name.clone().unwrap_or_else(|| "Accord user".to_owned()), reference }
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
        let picture = self.glance();
        let goal = picture.plan.goals.iter().find(|goal| &goal.item.id == item)?;
        let Item { id, members, .. } = &goal.item;
        Some(GoalSheet {
            item: id.clone(),
            members: members.iter().flat_map(|member| self.members(&member.key)).collect(),
        })
    }

    async fn save_goal(&self, form: GoalForm) -> GoalAnswer {
        let refused = |why: &str| GoalAnswer::Refused { field: None, why: why.to_owned() };
        if self.named(&form.item, &form.member).is_none() {
            // The sources may just be read again.
            self.picture(BUDGET).await;
        }
        let Some(key) = self.named(&form.item, &form.member) else {
            return refused("This goal is not in the plan any more. Go back to the plan and open it again.");
        };
        if !self.room.is_known(&self.glance()) {
            return refused("It is not known any more whose record this is. Close this and open the person once more.");
        }
        let (members, target) = (self.members(&key), form.target);
        let keeping = form.place == SavePlace::InSharedPlan;
        let Some(member) = members.into_iter().find(|member| !keeping || member.target == target) else {
            return refused("This goal is not in the plan any more. Go back to the plan and open it again.");
        };
        if keeping {
            return match member.keeps {
                Keeps::Yes => self.keep_goal(&key, &member, form).await,
                Keeps::No(why) => refused(words().not_kept(why).unwrap_or("It cannot be kept in the shared plan.")),
            };
        }
        if let Some(why) = member.locked {
            return refused(&why);
        }
        let patient = self.room.reading.snapshot().record(&key.source).and_then(|record| record.patient.clone());
        let (Some(patient), Some(fhir)) = (patient, self.room.reading.server(&key.source)) else {
            return refused("This source is not connected any more. Connect it again, then save.");
        };
        let event = self.event(Operation::ChangeGoal, &key.source);
        if let Err(error) = self.server.audit.write(&event).await {
            return GoalAnswer::Failed { why: self.failed(&error) };
        }
        let edit = GoalEdit {
            author: self.author(&key.source),
            patient,
            seen_version: form.version,
            base: to_write_back(form.base),
            mine: to_write_back(form.mine),
            target_index: form.target,
            note: form.note,
            goal: key.clone(),
        };
        let writer = self.server.writer.clone();
        let (tenant, launch) = (self.room.launch.tenant.clone(), self.room.launch.id.clone());
        // In a task of its own: a closed page does not stop a write half-way.
        let written = tokio::spawn(async move { writer.save_goal(&tenant, &launch, &fhir, edit).await }).await;
        if let Some(outcome) = not_done(&written) {
            // The first event stands: the log says more than what was done, never less.
            if let Err(error) = self.server.audit.write(&event.with(outcome)).await {
                tracing::error!(%error, "what came of a change could not be written down");
            }
        }
        match written {
            Ok(Ok(outcome)) => {
                self.bring_up_to_date(&key, &outcome).await;
                self.answer_of(outcome, member.source.name)
            }
            Ok(Err(error)) => GoalAnswer::Failed { why: self.failed(&error) },
            Err(error) => GoalAnswer::Unclear { why: self.failed(&error) },
        }
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

impl Desk {
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

    /// Shows what the source has now: the goal as it came back, or as it is read again.
    ///
    /// Where it cannot be read, and where nothing was written, the page keeps what it has. Reading the whole source once
    /// more would take the goal off the screen until it has come, and with it the form that holds what was typed.
    async fn bring_up_to_date(&self, key: &ResourceKey, outcome: &WriteOutcome) {
        let now = match outcome {
            WriteOutcome::Saved { resource, .. } => fhir::Resource::parse(&key.source, resource).ok(),
            WriteOutcome::NothingToChange | WriteOutcome::Refused(_) | WriteOutcome::Failed(_) => return,
            WriteOutcome::Conflict { .. } | WriteOutcome::Unclear(_) => {
                let Some(server) = self.room.reading.server(&key.source) else { return };
                let Ok(read) = server.read(&key.kind, &key.id).await else { return };
                Some(read.resource)
            }
        };
        if now.is_none_or(|resource| self.room.reading.put(resource).is_err()) {
            self.room.reading.retry(&key.source);
        }
    }

    fn failed(&self, error: &dyn std::error::Error) -> String {
        let reference = trouble::reference(&self.server, &error);
        format!("Something went wrong on our side, and nothing was sent. Reference: {reference}")
    }

    /// Keeps an edit beside the goal, and shows it before it answers.
    async fn keep_goal(&self, key: &ResourceKey, member: &GoalMember, form: GoalForm) -> GoalAnswer {
        let caller = match shared_plan::caller(&self.server, &self.room, self.request.clone()).await {
            Ok(caller) => caller,
            Err(error) => return GoalAnswer::Failed { why: self.failed(&error) },
        };
        let answer = shared_plan::lay(&self.server, &self.room, &caller, (key, member), form).await;
        if let (GoalAnswer::Kept { .. }, People::Only(person)) = (&answer, &caller.people) {
            shared_plan::read_again(&self.server, &caller.tenant, person);
            self.picture(BUDGET).await;
        }
        answer
    }

    fn answer_of(&self, outcome: WriteOutcome, source_name: String) -> GoalAnswer {
        match outcome {
            WriteOutcome::Saved { version, warnings, .. } => {
                GoalAnswer::Saved { source_name, version, warnings: warnings.iter().map(warning).collect() }
            }
            WriteOutcome::NothingToChange => GoalAnswer::NothingToChange,
            WriteOutcome::Conflict { base, theirs, mine, version } => GoalAnswer::Conflict {
                base: from_write_back(base),
                theirs: from_write_back(theirs),
                mine: from_write_back(mine),
                version,
                source_name,
            },
            WriteOutcome::Refused(Refusal::Fields(problems)) => GoalAnswer::Refused {
                field: problems.first().map(|problem| problem.field.name().to_owned()),
                why: problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            },
            WriteOutcome::Refused(refusal) => GoalAnswer::Refused { field: None, why: refusal.to_string() },
            WriteOutcome::Unclear(unproven) => {
                tracing::warn!(%unproven, "a write is unproven");
                GoalAnswer::Unclear {
                    why: format!(
                        "It is not known whether {source_name} saved this: {unproven}. Your text is kept here; look at the goal again before you send it once more."
                    ),
                }
            }
            WriteOutcome::Failed(
                error @ (FhirError::Refused { .. } | FhirError::NotSupported { .. } | FhirError::Rejected { .. }),
            ) => {
                let said = error.said().map(|said| format!(" It says: {said}")).unwrap_or_default();
                GoalAnswer::NotTaken { source_name, why: format!("Nothing was written: {error}.{said}") }
            }
            WriteOutcome::Failed(error) => {
                let said = error.said().map(|said| format!(" It says: {said}")).unwrap_or_default();
                GoalAnswer::Failed { why: format!("Nothing was written at {source_name}: {error}.{said}") }
            }
        }
    }
}

/// What the log says besides of a change that is not known to be done.
fn not_done<E, J>(written: &Result<Result<WriteOutcome, E>, J>) -> Option<Outcome> {
    match written {
        Ok(Ok(WriteOutcome::Saved { .. } | WriteOutcome::NothingToChange)) => None,
        Ok(Ok(WriteOutcome::Refused(Refusal::OtherPatient))) => Some(Outcome::PatientMismatch),
        _ => Some(Outcome::Failed),
    }
}

fn warning(warning: &Warning) -> String {
    match warning {
        Warning::ChangedBySource { paths } => {
            format!("The source changed more than was asked for: {}.", paths.join(", "))
        }
        Warning::VersionSkipped { from, to } => {
            format!(
                "Somebody else wrote at the same time (version {from} became {to}); look whether their change is still there."
            )
        }
        Warning::NotReadAgain(error) => format!("The source said that it saved, but could not be read again: {error}."),
    }
}

fn from_write_back(fields: write_back::GoalFields) -> GoalFields {
    GoalFields { achievement: fields.achievement, target_value: fields.target_value, due: fields.due }
}

fn to_write_back(fields: GoalFields) -> write_back::GoalFields {
    write_back::GoalFields { achievement: fields.achievement, target_value: fields.target_value, due: fields.due }
}

/// `Practitioner/17` of `https://ehr.example/fhir/Practitioner/17`.
fn relative(fhir_user: &str) -> Option<String> {
    match fhir::Target::parse(fhir_user) {
        fhir::Target::Relative { kind, id, .. } | fhir::Target::Absolute { kind, id, .. } => {
            Some(format!("{kind}/{id}"))
        }
        _ => None,
    }
}
