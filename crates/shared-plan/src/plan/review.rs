//! Review and sign-off.

use access::Role;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Version, Who};

/// Where a plan stands in its review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Review {
    /// The state.
    pub state: ReviewState,
    /// The roles that were asked; each of them has to sign. Empty where nobody is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Role>,
    /// Who has signed what they were asked for. Emptied when the content changes: a signature is for what was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<SignOff>,
    /// The version that everybody had signed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Version>,
    /// The approval from which the plan was sent to review once more: it stands again where that is taken back and nothing
    /// was changed meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<Approval>,
    /// When it is to be reviewed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Date>,
}

/// Who was asked, and has signed: all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Approval {
    /// The roles that were asked.
    pub asked: Vec<Role>,
    /// Their signatures.
    pub signed: Vec<SignOff>,
}

/// The states of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// Being written; never approved.
    Draft,
    /// Lies with those who were asked.
    InReview,
    /// Everybody who was asked has signed what stands there.
    Approved,
    /// Approved once, and not signed as it stands: it was changed since, or given back by a reviewer.
    Revised,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignOff {
    /// In which role.
    pub role: Role,
    /// Who.
    pub by: Who,
    /// When.
    pub at: Timestamp,
}

impl ReviewState {
    /// The word in events.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Approved => "approved",
            Self::Revised => "revised",
        }
    }
}

impl Review {
    /// The review of a new plan.
    pub fn new() -> Self {
        Self {
            state: ReviewState::Draft,
            asked: Vec::new(),
            signed: Vec::new(),
            approved: None,
            former: None,
            next: None,
        }
    }

    /// The roles that were asked and have not signed yet.
    pub fn missing(&self) -> impl Iterator<Item = Role> {
        self.asked.iter().copied().filter(|role| !self.signed.iter().any(|signed| signed.role == *role))
    }

    /// What becomes of it when the content changes.
    pub(crate) fn content_changed(&mut self) {
        self.signed.clear();
        self.former = None;
        if self.state == ReviewState::Approved {
            self.state = ReviewState::Revised;
            // Who had signed is asked for nothing until the plan is sent to review again.
            self.asked.clear();
        }
    }

    /// Asks roles to sign what stands there.
    pub(crate) fn send(&mut self, asked: Vec<Role>) {
        let approved = self.state == ReviewState::Approved;
        let former = Approval { asked: std::mem::take(&mut self.asked), signed: std::mem::take(&mut self.signed) };
        (self.state, self.asked, self.former) = (ReviewState::InReview, asked, approved.then_some(former));
    }

    /// What becomes of it when a reviewer gives the plan back: nobody's signature stands, that of a former approval neither.
    pub(crate) fn give_back(&mut self) {
        self.state = if self.approved.is_some() { ReviewState::Revised } else { ReviewState::Draft };
        self.asked.clear();
        self.signed.clear();
        self.former = None;
    }

    /// What becomes of it when whoever sent the plan takes it back: as it was before, where nothing was changed since.
    pub(crate) fn take_back(&mut self) {
        match self.former.take() {
            Some(Approval { asked, signed }) => {
                (self.state, self.asked, self.signed) = (ReviewState::Approved, asked, signed);
            }
            None => self.give_back(),
        }
    }
}

impl Default for Review {
    fn default() -> Self {
        Self::new()
    }
}
