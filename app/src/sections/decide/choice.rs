//! What can be chosen about an issue. Nothing is chosen beforehand.

use care_plan::plan::{DetectedIssue, IssueCode, Settlement, Side};
use fhir::ResourceKey;

use crate::desk::member_name;
use crate::words::IssueKind;

/// Most records among which one can be chosen; more are only told.
const MOST: usize = 12;

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// What this record says counts; the position within it, where it is a part.
    Adopt(ResourceKey, Option<usize>),
    /// Both stay, or it stays as it is, on purpose.
    Keep,
    /// No issue for this person.
    NotRelevant,
    /// Something else, in the user's words.
    Other,
    /// Whoever prescribed it is asked.
    AskPrescriber,
}

impl Choice {
    /// The word in forms.
    pub fn code(&self) -> String {
        match self {
            Self::Adopt(key, None) => format!("adopt-{}", member_name(key)),
            Self::Adopt(key, Some(part)) => format!("adopt-{}-{part}", member_name(key)),
            Self::Keep => "keep".to_owned(),
            Self::NotRelevant => "not-relevant".to_owned(),
            Self::Other => "other".to_owned(),
            Self::AskPrescriber => "ask-prescriber".to_owned(),
        }
    }
}

/// What can be chosen about an issue, in the order of the page.
pub fn choices(issue: &DetectedIssue) -> Vec<Choice> {
    let mut choices = Vec::new();
    if is_of_one_thing(issue.code) && (2..=MOST).contains(&issue.sides.len()) {
        choices.extend(issue.sides.iter().map(|side: &Side| Choice::Adopt(side.key.clone(), side.part)));
    }
    choices.extend([Choice::Other, Choice::Keep]);
    choices.extend(is_of_order(issue).then_some(Choice::AskPrescriber));
    choices.push(Choice::NotRelevant);
    choices
}

/// True where it is about a medication that is ordered: Accord changes no order.
pub fn is_of_order(issue: &DetectedIssue) -> bool {
    issue.sides.iter().any(|side| side.key.kind.starts_with("Medication"))
        || issue.settle.iter().any(|settlement| matches!(settlement, Settlement::AskPrescriber { .. }))
}

/// True where its sides answer one question differently, so that one of them can count.
fn is_of_one_thing(code: IssueCode) -> bool {
    use IssueCode as Code;
    IssueKind::of(code) == IssueKind::Difference
        && !matches!(
            code,
            Code::MedicationAgainstAllergy
                | Code::MedicationAgainstMeasure
                | Code::ForInactiveCondition
                | Code::DueBeforeStart
                | Code::PersonMismatch
        )
}
