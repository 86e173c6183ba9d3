//! A goal is saved.

use access::{Operation, Outcome};
use app::desk::{GoalAnswer, GoalForm, GoalMember, Keeps, LaunchDesk, SavePlace};
use app::words::words;
use care_plan_service::service::People;
use fhir::{ResourceKey, SourceId};
use write_back::{Author, GoalEdit, Refusal, WriteOutcome};

use super::Desk;
use super::told::told;
use crate::rooms::BUDGET;
use crate::routes::trouble;
use crate::shared_plan;

impl Desk {
    /// Saves what a form says of a goal: at the source that owns it, or beside it in the shared plan.
    pub(super) async fn save(&self, form: GoalForm) -> GoalAnswer {
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
            base: form.base,
            mine: form.mine,
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
                told(outcome, member.source.name)
            }
            Ok(Err(error)) => GoalAnswer::Failed { why: self.failed(&error) },
            Err(error) => GoalAnswer::Unclear { why: self.failed(&error) },
        }
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

    fn author(&self, source: &SourceId) -> Author {
        let viewer = &self.room.launch.viewer;
        let own_source = source.as_str() == self.room.launch.source;
        let reference = viewer.fhir_user.as_deref().filter(|_| own_source).and_then(relative);
        Author { name: viewer.name.clone().unwrap_or_else(|| "Accord user".to_owned()), reference }
    }

    fn failed(&self, error: &dyn std::error::Error) -> String {
        let reference = trouble::reference(&self.server, &error);
        format!("Something went wrong on our side, and nothing was sent. Reference: {reference}")
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

/// `Practitioner/17` of `https://ehr.example/fhir/Practitioner/17`.
fn relative(fhir_user: &str) -> Option<String> {
    match fhir::Target::parse(fhir_user) {
        fhir::Target::Relative { kind, id, .. } | fhir::Target::Absolute { kind, id, .. } => {
            Some(format!("{kind}/{id}"))
        }
        _ => None,
    }
}
