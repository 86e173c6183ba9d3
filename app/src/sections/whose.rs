//! Whose plan this is: what the source that the launch was made from says of its own patient (smart-launch C5). Pure.

use care_plan::plan::Demographics;
use care_plan::snapshot::{Source, Status};

use super::look::Look;

/// Whether it is known whose plan this is.
///
/// *Invariant:* nothing clinical is drawn unless it is [`Whose::Known`]. Another source's Patient never stands in.
#[derive(Debug, Clone, PartialEq)]
pub enum Whose<'a> {
    /// The Patient of the launch's own source, read with the launch's own grant.
    Known(&'a Demographics),
    /// The source says that another Patient has taken this one's place: what it shows may be somebody else's, and what is
    /// written would be lost (smart-launch P12).
    Replaced(&'a Source),
    /// Still being read.
    Pending,
    /// Could not be read.
    Unknown {
        /// The launch's own source; `None` where nobody registered it (any more).
        source: Option<&'a Source>,
        /// How the reading of the Patient went.
        status: Status,
    },
}

/// Finds out whose plan this is.
pub fn whose(look: &Look) -> Whose<'_> {
    let registered = || look.sources().iter().map(|registered| &registered.source).find(|it| &it.id == look.home());
    let Some(record) = look.snapshot().record(look.home()) else {
        return Whose::Unknown { source: registered(), status: Status::NotConnected };
    };
    let is_patient = |person: &&Demographics| {
        person.source == record.source.id && record.patient.as_ref().is_none_or(|id| *id == person.key.id)
    };
    if let Some(person) = look.plan().people.iter().find(is_patient) {
        return if person.replaced { Whose::Replaced(&record.source) } else { Whose::Known(person) };
    }
    let read = record.reads.iter().find(|read| read.kind == "Patient").map(|read| read.status.clone());
    match record.state.clone().or(read).unwrap_or_else(|| record.status()) {
        Status::Pending => Whose::Pending,
        status => Whose::Unknown { source: Some(&record.source), status },
    }
}
