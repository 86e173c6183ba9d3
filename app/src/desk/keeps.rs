//! Whether an edit that a source does not take can be kept in the shared plan, and if not, why: said before anyone types.

/// Whether an edit of one target of a goal can be kept in the shared plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// It can, beside what the source says.
    Yes,
    /// It cannot.
    No(NotKept),
}

/// Why an edit cannot be kept in the shared plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKept {
    /// The organisation has no licence for shared plans, or none any more.
    NotLicensed,
    /// The viewer's role changes no goals.
    Role,
    /// What is kept in the shared plan has not been read.
    NotRead,
    /// A record labels the goal as confidential: it is not copied.
    Labelled,
    /// An edit was kept before, and nobody knows any more whether for this person.
    Waits,
    /// The care team has kept an edit there, which the person does not change.
    OfTheTeam,
    /// It is not wanted otherwise: it is a goal of the shared plan itself, or was entered in error.
    NotMeant,
}

impl Keeps {
    /// True where it can be kept.
    pub fn is_possible(self) -> bool {
        self == Self::Yes
    }
}
