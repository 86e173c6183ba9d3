//! What became of an edit.

use fhir::GoalFields;
use fhir_client::FhirError;

use crate::intent::Closed;
use crate::record::Refusal;

/// What became of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteOutcome {
    /// Written; what the user wanted is at the source.
    Saved {
        /// The new version, where the source says one.
        version: Option<String>,
        /// The resource as it was read again, or as it was sent where it could not be.
        resource: String,
        /// What the user should know besides; empty where the source holds exactly what was sent.
        warnings: Vec<Warning>,
    },
    /// The form says what it said when it was drawn. Nothing was sent.
    NothingToChange,
    /// The source has changed since the form was drawn. Nothing was written; the edit may be sent again against `version`
    /// and with `theirs` as its base.
    Conflict {
        /// What the form was drawn from.
        base: GoalFields,
        /// What the source has now.
        theirs: GoalFields,
        /// What the user wants.
        mine: GoalFields,
        /// The source's version now, where it says one.
        version: Option<String>,
    },
    /// The edit must not be made, or not so. Nothing was written.
    Refused(Refusal),
    /// Sent, and it could not be proven what became of it. The intent stays open.
    Unclear(Unproven),
    /// Not written, and that is proven: never sent, rejected, or sent without an answer and the source is as it was.
    Failed(FhirError),
}

/// What a user should know of a saved edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The resource came back different from what was sent in these paths.
    ChangedBySource {
        /// Paths such as `target[0].detailQuantity.value`.
        paths: Vec<String>,
    },
    /// More than one version was made between reading and reading again: somebody else wrote too, and the source let both
    /// through. Their change may be lost.
    VersionSkipped {
        /// Version that was read before the write.
        from: String,
        /// Version that was read after it.
        to: String,
    },
    /// The source said "saved" and could not be read again. The intent stays open and is verified later.
    NotReadAgain(FhirError),
}

/// Why it is not known whether an edit was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// Sent without a clear answer, and the source could not be read again.
    #[error("the source gave no clear answer and could not be read again")]
    NotReadAgain(#[source] FhirError),
    /// Sent without a clear answer; the source has changed since, but not to what was wanted.
    #[error("the source gave no clear answer, and the record has been changed by somebody since")]
    ChangedMeanwhile,
    /// The source said "saved", but what was wanted is not there.
    #[error("the source said that it saved, but does not show the change")]
    NotThere {
        /// Paths that differ from what was sent.
        paths: Vec<String>,
    },
}

/// What looking at an open intent again brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resumed {
    /// It had been written. The intent is closed.
    Saved,
    /// It had not been written: the source is as it was. The intent is closed, its text is kept for a while.
    NotWritten,
    /// It will not be known any more. The intent is closed, its text is kept for a while.
    GivenUp,
    /// Not known yet: too young, the source could not be read, or it has changed in another way.
    StillOpen,
}

impl WriteOutcome {
    /// How the intent is closed; `None` where it stays open.
    pub(crate) fn closes_as(&self) -> Option<Closed> {
        match self {
            Self::Saved { warnings, .. } => {
                let unread = warnings.iter().any(|warning| matches!(warning, Warning::NotReadAgain(_)));
                (!unread).then_some(Closed::Saved)
            }
            Self::Conflict { .. } => Some(Closed::Conflict),
            Self::Refused(_) => Some(Closed::Refused),
            Self::NothingToChange | Self::Failed(_) => Some(Closed::NotWritten),
            Self::Unclear(_) => None,
        }
    }
}

impl Resumed {
    pub(crate) fn closes_as(&self) -> Option<Closed> {
        match self {
            Self::Saved => Some(Closed::Saved),
            Self::NotWritten => Some(Closed::NotWritten),
            Self::GivenUp => Some(Closed::Unknown),
            Self::StillOpen => None,
        }
    }
}
