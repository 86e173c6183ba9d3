//! How it is known that a Patient is a person's.

use serde::{Deserialize, Serialize};

use crate::LaunchId;

/// How it is known that a Patient is a person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proof {
    /// The source said so itself when it let the user in.
    Grant {
        /// The launch that the grant was for.
        launch: LaunchId,
    },
    /// The source found the person by `Patient/$match` or by an identifier.
    Match {
        /// `search.score`, where it gave one.
        score: Option<Score>,
        /// How sure the source is.
        grade: MatchGrade,
    },
    /// A user answered a question that showed both records.
    Confirmed {
        /// The question, as the audit event of its answer names it.
        question: String,
    },
}

impl Proof {
    /// True where a link may be made by this alone. Everything less needs a confirmed question.
    pub fn is_enough(&self) -> bool {
        match self {
            Self::Grant { .. } | Self::Confirmed { .. } => true,
            Self::Match { grade, .. } => match grade {
                MatchGrade::Certain => true,
                MatchGrade::Probable | MatchGrade::Possible => false,
            },
        }
    }
}

/// How sure a source is of a match (FHIR `match-grade`); `certainly-not` is no match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchGrade {
    /// `certain`
    Certain,
    /// `probable`
    Probable,
    /// `possible`
    Possible,
}

impl MatchGrade {
    /// Reads the code; an unknown one is the least that a match can be.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "certain" => Some(Self::Certain),
            "probable" => Some(Self::Probable),
            "certainly-not" => None,
            _ => Some(Self::Possible),
        }
    }
}

/// `search.score` in thousandths, 0 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(u16);

impl Score {
    /// Takes a score in thousandths; more than 1000 is none.
    pub fn of_thousandths(thousandths: u16) -> Option<Self> {
        (thousandths <= 1000).then_some(Self(thousandths))
    }

    /// In thousandths.
    pub fn thousandths(self) -> u16 {
        self.0
    }
}
