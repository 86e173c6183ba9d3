//! Who is it: whose Patient a source has granted, and what follows when that was wrong.
//!
//! *Invariant:* what a source granted for an open launch is read, stored and linked only when the Patient there is known
//! to be the person of the launch: by the source's own grant where both records describe one person, else by a question
//! that a user answered with both records shown (smart-launch P9).
//! *Invariant:* a room reads only Patients that are linked to its own person. This is looked at when a room is opened,
//! after a source has joined it, and whenever a link was taken apart, so that no store has to know every screen. What
//! cannot be asked about then is shown no more (`rounds.rs`).
//! *Invariant:* what hangs on a person comes along when they are joined, and is shown to nobody when a record is taken out
//! of them, until a user has said whose it is.

mod apart;
mod following;
mod hanging;
mod joining;
mod patient;
mod rounds;
mod unsettled;

pub use apart::{Apart, disconnect, end_hung, is_theirs, split};
pub use following::Following;
pub use hanging::{follows, gather, gather_all, gather_for};
pub use joining::{Arrived, Confirmed, arrived, confirm, known, ties, withheld};
pub use patient::{Unread, granted, own};
pub use rounds::{follow_persons, keep_to_its_person, look_over};
pub use unsettled::{Meant, items, meant, settle, unsettled};

use access::{Link, PatientAt, PersonId, Proof, StoreError};

use crate::rooms::Room;
use crate::state::Server;

/// The Patient that a launch was made for.
pub fn home(room: &Room) -> PatientAt {
    PatientAt::new(room.launch.source.as_str(), room.launch.patient.as_str())
}

/// The person of a launch; one that is not known yet is known from now on.
pub async fn of_launch(server: &Server, room: &Room) -> Result<PersonId, StoreError> {
    let launch = &room.launch;
    let link = Link {
        at: home(room),
        how: Proof::Grant { launch: launch.id.clone() },
        who: launch.viewer.user.clone(),
        when: server.clock.now(),
    };
    server.persons.find_or_create(&launch.tenant, &link).await
}
