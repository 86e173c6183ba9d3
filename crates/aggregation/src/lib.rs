//! All sources of one launch, side by side, into one snapshot, with progress.
//!
//! A [`Reading`] belongs to one launch. Each source that is connected is read at once, in a task of its own:
//!
//! 0. what the source said to an earlier launch that it can do makes the query plan; nobody waits for it;
//! 1. the Patient and all searches by patient, together; pages follow as they come; the CapabilityStatement beside them,
//!    where it is not known;
//! 2. what the resources refer to and nobody has sent yet, by type and in lists of ids, and where they come from
//!    (Provenance), where that did not come along;
//! 3. what those refer to. There is no fourth wave.
//!
//! *Invariant:* a source that fails, or never ends, holds back no other.
//! *Invariant:* a resource enters the snapshot only when it is about the person whom the source granted, or is about
//! nobody, such as a practitioner (smart-launch P4).
//! *Invariant:* every entry received is in the snapshot as a resource or as a problem. What its author took back
//! (`entered-in-error`, `refuted`) is in it too, and says so ([`fhir::Retraction`]).
//! *Invariant:* the order in which sources are connected and answers arrive changes nothing in the snapshot.
//!
//! A [`LocalRecord`] is kept here and not at a source, such as the shared plan: it is read beside them and is one more
//! record of the snapshot, by the same rules.
//!
//! A source says its release of FHIR in its CapabilityStatement. Until it has, its answers are read as R4, which leaves
//! out elements of other releases and takes none for another; then they are read as what they are.

mod about;
mod board;
mod limits;
mod local;
mod query_plan;
mod reading;
mod references;
mod sift;
mod source;
mod status;

pub use limits::Limits;
pub use local::LocalRecord;
pub use query_plan::{Profile, Vendor, kinds};
pub use reading::{Permitted, Progress, Reading, everything};
