//! What the page about sharing shows, and what its forms are told.

use access::{ConsentId, Purpose};
use care_plan::snapshot::Source;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is shared of a person's records, and what may be decided about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SharingSheet {
    /// True where the viewer is the person, who alone decides.
    pub decides: bool,
    /// The tenant's sources, in the order of the configuration.
    pub sources: Vec<SharedSource>,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSource {
    /// Id, name and badge.
    pub source: Source,
    /// What sharing there would need.
    pub state: SourceState,
    /// True where the organisation reads there by a registration of its own, which no consent here ends.
    pub reads_itself: bool,
    /// Every purpose, in the order of [`Purpose::ALL`].
    pub purposes: Vec<SharedPurpose>,
}

/// Whether a source's record can be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    /// It is known whose record this is there.
    Connected,
    /// It must be connected first: nobody has shown yet which record there is this person's.
    NotConnected,
    /// The source gives no access but to those who open it from their own system.
    NeverLasting,
}

/// One purpose at one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPurpose {
    /// The purpose.
    pub purpose: Purpose,
    /// The consent that is in force.
    pub now: Option<InForce>,
    /// Those that were, newest first.
    pub former: Vec<Former>,
}

/// A consent that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// Its id, which the form that takes it back names.
    pub id: ConsentId,
    /// Since when.
    pub given: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// By whom.
    pub by: GivenBy,
    /// What the source says to it.
    pub access: LastingAccess,
}

/// Who gave a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenBy {
    /// The viewer.
    You,
    /// The person; for the viewer somebody else, or the same one by a sign-in at another source.
    ThePatient,
}

/// Whether the access that a consent needs is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastingAccess {
    /// The purpose needs none.
    NotNeeded,
    /// It is there.
    There,
    /// The source has ended it: nothing is read although it was agreed.
    Ended,
}

/// A consent that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Since when it was in force.
    pub given: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// How.
    pub how: HowEnded,
}

/// How a consent ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowEnded {
    /// It was taken back, or replaced by a newer one.
    TakenBack,
    /// By its date.
    ByDate,
}

/// What a form of the page was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharingAnswer {
    /// It is shared now.
    Given {
        /// Where.
        source_name: String,
        /// For what.
        purpose: Purpose,
    },
    /// It is not shared any more.
    TakenBack {
        /// Where.
        source_name: String,
        /// For what.
        purpose: Purpose,
        /// True where the organisation goes on reading there by a registration of its own.
        reads_itself: bool,
    },
    /// It was over already.
    WasOver,
    /// The end date is no day from today on.
    BadDate,
    /// The source gave no access that outlasts the visit, so nothing is shared.
    NoLastingAccess {
        /// Where.
        source_name: String,
    },
    /// Somebody who is not the person signed in there, so nothing is shared.
    NotThePerson {
        /// Where.
        source_name: String,
    },
    /// The source must be connected first.
    ConnectFirst {
        /// Where.
        source_name: String,
    },
    /// It is not known well enough who decides.
    NobodyDecides,
}

/// Name under which a form of the page is told its answer.
pub const SHARING: &str = "sharing";
