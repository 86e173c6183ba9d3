//! In which wave something was asked for.

/// How far something is from what was asked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wave {
    /// By the person.
    First,
    /// Because what came of the first refers to it, or as its origin.
    Second,
    /// Because what came of the second refers to it. What it refers to itself is not asked for.
    Third,
}

impl Wave {
    /// The wave in which what this one refers to is asked for.
    pub(crate) fn next(self) -> Option<Self> {
        match self {
            Self::First => Some(Self::Second),
            Self::Second => Some(Self::Third),
            Self::Third => None,
        }
    }
}
