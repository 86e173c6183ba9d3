//! The first wave: the Patient and all searches by patient at once.

use care_plan::snapshot::{Problem, ProblemKind, Reason, Status};
use fhir_client::{FhirError, Query, Searched};
use futures::future::join_all;

use super::Task;
use super::task::WrongVersion;
use crate::board::{Slot, SlotName};
use crate::searches::{self, Search};
use crate::sift::Sifted;
use crate::status;

impl Task {
    /// Reads the Patient and makes all searches, each with all its pages.
    pub(super) async fn first_wave(&self) {
        let searches = searches::first_wave(&self.person.id, self.limits.count);
        futures::join!(self.patient(), join_all(searches.into_iter().map(|search| self.search_type(search))));
    }

    /// Asks what the server can do, then for statements of identity where it has them.
    pub(super) async fn linkages(&self) -> Result<(), WrongVersion> {
        let name = SlotName::whole("Linkage");
        let status = match self.connection.server.capability().await {
            Ok(capability) if !capability.is_r4() => return Err(WrongVersion(capability.fhir_version.clone())),
            Ok(capability) => {
                self.tell(|desk, _| desk.learn(&capability));
                match () {
                    () if !capability.searches_by("Linkage", "item") => Status::NotSupported,
                    () if !self.may_read("Linkage") => Status::NotPermitted(Reason::NoScope),
                    () => {
                        let query = searches::linkages(&self.person.id, self.limits.count);
                        status::status(self.search(&name, &query).await.status)
                    }
                }
            }
            Err(error) => status::of_error(error),
        };
        self.end(&name, status);
        Ok(())
    }

    async fn patient(&self) {
        let name = SlotName::whole("Patient");
        let status = if self.may_read("Patient") {
            match self.connection.server.read("Patient", &self.person.id).await {
                Ok(read) => {
                    self.take(&name, Sifted::one(read.resource, &self.source, &self.person));
                    Status::Complete
                }
                // Somebody else's Patient, or no Patient at all: kept out, counted and told (checklist P4).
                Err(error @ FhirError::OtherResource) => {
                    self.take(&name, Sifted::of_another_person("Patient", &self.source));
                    status::of_error(error)
                }
                Err(error) => status::of_error(error),
            }
        } else {
            Status::NotPermitted(Reason::NoScope)
        };
        self.end(&name, status);
    }

    async fn search_type(&self, Search { broad, floor }: Search) {
        let whole = SlotName::whole(&broad.kind);
        if !self.may_read(&broad.kind) {
            return self.end(&whole, Status::NotPermitted(Reason::NoScope));
        }
        let searched = self.search(&whole, &broad).await;
        match searched.status {
            fhir_client::Status::Rejected(said) if floor.is_empty() => self.rejected(&whole, said),
            fhir_client::Status::Rejected(said) => self.search_floor(whole, floor, said).await,
            other => self.end(&whole, status::status(other)),
        }
    }

    /// Asks for the parts of a type that every server must offer, where it does not give the whole.
    async fn search_floor(&self, whole: SlotName, floor: Vec<(Option<&'static str>, Query)>, refusal: Option<String>) {
        let name = |part: Option<&str>| SlotName { part: part.map(str::to_owned), ..whole.clone() };
        self.quietly(|desk, now| {
            desk.slots.remove(&whole);
            for (part, _) in &floor {
                desk.slots.insert(name(*part), Slot::pending(now));
            }
        });
        let parts = join_all(floor.iter().map(|(part, query)| async move {
            let name = name(*part);
            let searched = self.search(&name, query).await;
            match searched.status {
                // A category that the server does not know is one that it has nothing of.
                fhir_client::Status::Rejected(_) => {
                    self.end(&name, Status::NotSupported);
                    false
                }
                other => {
                    self.end(&name, status::status(other));
                    true
                }
            }
        }))
        .await;
        if !parts.contains(&true) {
            self.quietly(|desk, now| {
                desk.slots.retain(|name, _| name.kind != whole.kind);
                desk.slots.insert(whole.clone(), Slot::pending(now));
            });
            self.rejected(&whole, refusal);
        }
    }

    /// A server takes neither the broad query nor the floor: that is a failure, and its words may say why.
    fn rejected(&self, name: &SlotName, said: Option<String>) {
        self.quietly(|desk, _| {
            if let (Some(said), Some(slot)) = (said, desk.slots.get_mut(name)) {
                slot.problems.push(Problem { about: Some(name.kind.clone()), kind: ProblemKind::Said(said) });
            }
        });
        self.end(name, Status::Failed(Reason::Http(400)));
    }

    /// Makes one search; each page enters the snapshot as it comes.
    pub(super) async fn search(&self, name: &SlotName, query: &Query) -> Searched {
        let take = &mut |page| self.take(name, Sifted::page(page, &name.kind, &self.source, &self.person));
        self.connection.server.search_pages(query, take).await
    }

    pub(super) fn may_read(&self, kind: &str) -> bool {
        (self.connection.permitted)(kind)
    }
}
