//! All sources of one launch, side by side, into one snapshot, with progress.
//!
//! A [`Reading`] belongs to one launch. Each source that is connected is read at once, in a task of its own:
//!
//! 1. the Patient and all searches by patient, together; pages follow as they come; the CapabilityStatement beside them;
//! 2. what the resources refer to and nobody has sent yet, by type and in lists of ids;
//! 3. what those refer to. There is no fourth wave.
//!
//! *Invariant:* a source that fails, or never ends, holds back no other.
//! *Invariant:* a resource enters the snapshot only when it is about the person whom the source granted, or is about
//! nobody, such as a practitioner (smart-launch P4).
//! *Invariant:* every entry received is in the snapshot as a resource or as a problem.
//! *Invariant:* the order in which sources are connected and answers arrive changes nothing in the snapshot.

mod about;
mod board;
mod limits;
mod reading;
mod references;
mod searches;
mod sift;
mod source;
mod status;

pub use limits::Limits;
pub use reading::{Permitted, Progress, Reading, everything};
pub use searches::kinds;
