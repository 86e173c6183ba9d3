//! Why a command is not carried out.

use access::Role;

use crate::Id;
use crate::plan::{Activity, Goal};

/// Why a command is not carried out. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What was sent cannot stand as it is.
    #[error("{} of the fields cannot stand as they are", .0.len())]
    Invalid(Vec<Problem>),
    /// The plan is completed, revoked or was entered in error.
    #[error("the plan is closed")]
    Closed,
    /// The plan has no such part.
    #[error("the plan has no such {part}")]
    NoSuchPart {
        /// Its kind: `goal`, `activity`, `member`.
        part: &'static str,
    },
    /// From one state there is no way to the other.
    #[error("{part} that is {from} may not become {to}")]
    MayNotBecome {
        /// `a plan`, `a goal`, `an activity`.
        part: &'static str,
        /// Code of the state it is in.
        from: &'static str,
        /// Code of the state that was asked for.
        to: &'static str,
    },
    /// In this state the part says nothing new any more.
    #[error("{part} that is {state} is not changed")]
    Settled {
        /// `a goal`, `an activity`.
        part: &'static str,
        /// Code of its state.
        state: &'static str,
    },
    /// These activities and goals are open, and nothing was said about them.
    #[error("{}: say of each what becomes of it", left_open(.activities.len(), .goals.len()))]
    LeftOpen {
        /// Still to be done.
        activities: Vec<Id<Activity>>,
        /// Still to be reached, or given up.
        goals: Vec<Id<Goal>>,
    },
    /// The plan does not lie with reviewers.
    #[error("the plan is not in review")]
    NotInReview,
    /// The plan lies with reviewers already.
    #[error("the plan is in review already")]
    InReview,
    /// The plan has not been signed by all.
    #[error("the plan is not approved")]
    NotApproved,
    /// This role was not asked.
    #[error("this role was not asked to sign")]
    NotAsked(Role),
    /// This role has signed what stands there.
    #[error("this role has signed already")]
    AlreadySigned(Role),
    /// It would be the same as before.
    #[error("nothing would change")]
    Unchanged,
}

fn left_open(activities: usize, goals: usize) -> String {
    match (activities, goals) {
        (activities, 0) => format!("{activities} activities are open"),
        (0, goals) => format!("{goals} goals are open"),
        (activities, goals) => format!("{activities} activities and {goals} goals are open"),
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field, as a JSON pointer into what was sent: `/targets/0/due`.
    pub field: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It must say something.
    Empty,
    /// It is longer, or more, than is kept.
    TooLong {
        /// How many characters or entries are kept.
        at_most: usize,
    },
    /// The end comes before the start.
    EndBeforeStart,
    /// What it points at is not there.
    PointsNowhere,
    /// The lower value is above the higher.
    LowAboveHigh,
    /// It is not a code of the expected shape, or a system that is not a URI.
    NotACode,
    /// The same stands there twice.
    Twice,
    /// It lies after today.
    InTheFuture,
    /// It lies before today.
    InThePast,
    /// It is no number.
    NotANumber,
    /// It is a number that can be read in two ways.
    TwoReadings,
    /// It is no unit of UCUM.
    NotAUnit,
    /// Two units stand there where one has to: as words and as code, or at both ends of a range.
    UnitsDiffer,
    /// It is no date.
    NotADate,
    /// Nothing that may be chosen here.
    NotAChoice,
}

impl Wrong {
    /// The word in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too-long",
            Self::EndBeforeStart => "end-before-start",
            Self::PointsNowhere => "points-nowhere",
            Self::LowAboveHigh => "low-above-high",
            Self::NotACode => "not-a-code",
            Self::Twice => "twice",
            Self::InTheFuture => "in-the-future",
            Self::InThePast => "in-the-past",
            Self::NotANumber => "not-a-number",
            Self::TwoReadings => "two-readings",
            Self::NotAUnit => "not-a-unit",
            Self::UnitsDiffer => "units-differ",
            Self::NotADate => "not-a-date",
            Self::NotAChoice => "not-a-choice",
        }
    }

    /// The same as a sentence.
    pub fn words(self) -> String {
        match self {
            Self::Empty => "This must not be empty.".to_owned(),
            Self::TooLong { at_most } => format!("This is too long: at most {at_most} are kept."),
            Self::EndBeforeStart => "The end comes before the start.".to_owned(),
            Self::PointsNowhere => "This points at something that is not there.".to_owned(),
            Self::LowAboveHigh => "The lower value is above the higher one.".to_owned(),
            Self::NotACode => "This is not a code with the URI of its system.".to_owned(),
            Self::Twice => "This stands there twice.".to_owned(),
            Self::InTheFuture => "This lies in the future.".to_owned(),
            Self::InThePast => "This lies in the past.".to_owned(),
            Self::NotANumber => "This is not a number.".to_owned(),
            Self::TwoReadings => {
                "This can be read in two ways. Write a point before the decimals and nothing between the thousands, such as 7.5 or 10000."
                    .to_owned()
            }
            Self::NotAUnit => "This is not a code of UCUM.".to_owned(),
            Self::UnitsDiffer => "These are two different units.".to_owned(),
            Self::NotADate => "This is not a date.".to_owned(),
            Self::NotAChoice => "This cannot be chosen here.".to_owned(),
        }
    }
}
