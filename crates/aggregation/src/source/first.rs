//! The first wave: the Patient and all searches by patient at once.

use care_plan::snapshot::{Reason, Status};
use fhir_client::FhirError;
use futures::future::join_all;

use super::Task;
use super::task::WrongVersion;
use crate::board::{SlotName, Wave};
use crate::query_plan::linkages;
use crate::sift::Sifted;
use crate::status;

impl Task {
    /// Reads the Patient and makes all searches, each with all its pages.
    pub(super) async fn first_wave(&self) {
        let searches = self.plan.searches.iter().map(|search| self.search_type(search));
        futures::join!(self.patient(), join_all(searches));
    }

    /// Asks what the server can do, where that is not known, then for statements of identity where it has them.
    pub(super) async fn linkages(&self) -> Result<(), WrongVersion> {
        let name = SlotName::whole("Linkage");
        let status = match self.connection.server.capability().await {
            Ok(stated) if stated.release().is_none() => return Err(WrongVersion(stated.fhir_version.clone())),
            Ok(stated) => {
                self.tell(|desk, _| desk.learn(&stated));
                match () {
                    () if !stated.searches_by("Linkage", "item") => Status::NotSupported,
                    () if !self.may_read("Linkage") => Status::NotPermitted(Reason::NoScope),
                    () => {
                        let query = linkages(&self.person.id, self.limits.count);
                        status::status(self.search(&name, &query, Wave::First).await)
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
        if !self.may_read("Patient") {
            return self.end(&name, Status::NotPermitted(Reason::NoScope));
        }
        let status = match self.read(&name, &self.person.id, Wave::First).await {
            Ok(()) => Status::Complete,
            // Somebody else's Patient, or no Patient at all: kept out, counted and told (checklist P4).
            Err(error @ FhirError::OtherResource) => {
                self.take(&name, Sifted::of_another_person("Patient", &self.source), Wave::First);
                status::of_error(error)
            }
            Err(error) => status::of_error(error),
        };
        self.end(&name, status);
    }

    pub(super) fn may_read(&self, kind: &str) -> bool {
        (self.connection.permitted)(kind)
    }
}
