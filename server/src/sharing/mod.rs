//! Sharing: a person lets the care team read a source's record, and takes it back.
//!
//! *Order:* what is agreed is a [`access::Sharing`] while the source is asked for access that outlasts the visit; a consent
//! when it has given it; nothing where it has not. Taking back erases in one step of the store, and only then is told to
//! whoever holds more of it: open rooms, the source.
//! *Invariant:* what is shared is the person's own grant, for the Patient that is linked to the person at that source.

mod give;
mod sheet;
mod summary;
mod take_back;

pub use give::{Allowed, Refused, give, give_by_grant};
pub use sheet::sheet;
pub use take_back::{TakenBack, end_due, take_back};

use access::{PatientAt, PersonId, StandingKey, StoreError};

use crate::person;
use crate::rooms::Room;
use crate::state::Server;

/// The person of a launch at one source, where it is known whose record that is.
#[derive(Debug, Clone)]
pub struct Shareable {
    /// The person.
    pub person: PersonId,
    /// The Patients there that are linked to the person; one, where records are kept as they should be.
    pub patients: Vec<String>,
}

/// Looks up whose record it is that a launch's person has at a source.
pub async fn shareable(server: &Server, room: &Room, source: &str) -> Result<Shareable, StoreError> {
    let person = person::of_launch(server, room).await?;
    let links = server.persons.links(&room.launch.tenant, &person).await?;
    let there = links.into_iter().filter(|link| link.at.source == source).map(|link| link.at.patient);
    Ok(Shareable { person, patients: there.collect() })
}

impl Shareable {
    /// The Patient for events; none where nobody is linked.
    pub fn at(&self, source: &str) -> Option<PatientAt> {
        self.patients.first().map(|patient| PatientAt::new(source, patient.as_str()))
    }

    /// Under which the person's standing grant and items are kept.
    pub fn key(&self, room: &Room, source: &str) -> StandingKey {
        StandingKey { tenant: room.launch.tenant.clone(), person: self.person.clone(), source: source.to_owned() }
    }
}
