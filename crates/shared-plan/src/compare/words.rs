//! A difference in words.

use super::legible::{NAME, TEXT, ended, legible, legible_pair};
use super::{Difference, Field, Part, Said, names};

/// A difference as one sentence without its full stop: "Target of HbA1c from 7.5 to 8.0 %".
pub fn words(difference: &Difference) -> String {
    let name = match difference.part {
        Part::Plan => "the plan",
        Part::Goal(_) | Part::Target(_) | Part::Activity(_) | Part::Member(_) => &legible(&difference.name, NAME),
    };
    let (before, after) = (difference.before.as_ref(), difference.after.as_ref());
    let said = own_words(difference, name);
    said.unwrap_or_else(|| in_general(noun(difference), name, is_list(&difference.field), before, after))
}

/// A difference as one sentence with its full stop.
pub fn sentence(difference: &Difference) -> String {
    ended(words(difference))
}

/// What reads better in words of its own.
fn own_words(difference: &Difference, name: &str) -> Option<String> {
    let said = |said: &Option<Said>| said.as_ref().map(|said| legible(&said.words(), TEXT));
    let who = |who: &str| legible(who, NAME);
    let words = match (&difference.field, said(&difference.before), said(&difference.after)) {
        (Field::Itself, None, Some(after)) => format!("{} added: {after}", kind(difference.part)),
        (Field::Itself, Some(before), None) => format!("{} removed: {before}", kind(difference.part)),
        (Field::Itself, Some(before), Some(after)) => {
            format!("{} {name} moved from {before} to {after}", kind(difference.part))
        }
        (Field::Status | Field::ReviewState, Some(before), Some(after)) => {
            // A name stays as it is spelled: pH is not PH.
            let name = if difference.part == Part::Plan { "The plan" } else { name };
            format!("{name} is {after} now (was {before})")
        }
        (Field::Signature(role), None, Some(_)) => format!("Signed by {}", names::role(*role)),
        (Field::Signature(role), Some(_), None) => format!("Signature of {} is void", names::role(*role)),
        (Field::Assigned, None, Some(to)) => format!("{name} given to {to}"),
        (Field::Assigned, Some(from), None) => format!("{name} taken from {from} and given to nobody"),
        (Field::Assigned, Some(from), Some(to)) => format!("{name} given to {to} instead of {from}"),
        (Field::Completed, None, Some(day)) => format!("{name} done on {day}"),
        (Field::Completed, Some(day), None) => format!("{name} not done (was done on {day})"),
        (Field::Note, None, Some(note)) => format!("Note on {name}: {note}"),
        (Field::Answer(one), None, Some(answer)) => format!("{} on {name}: {answer}", who(one)),
        (Field::Answer(one), Some(answer), None) => {
            format!("{} on {name}: says nothing (before: {answer})", who(one))
        }
        (Field::Answer(one), Some(before), Some(after)) => {
            format!("{} on {name}: {after} (before: {before})", who(one))
        }
        (Field::Description, Some(before), Some(after)) if difference.part != Part::Plan => {
            format!("{before} is called {after} now")
        }
        (Field::AnswerPriority(one), _, _) => {
            let (before, after) = (difference.before.as_ref(), difference.after.as_ref());
            in_general(&format!("Importance to {}", who(one)), name, false, before, after)
        }
        _ => return None,
    };
    Some(words)
}

fn in_general(noun: &str, name: &str, list: bool, before: Option<&Said>, after: Option<&Said>) -> String {
    let said = |said: &Said| legible(&said.words(), TEXT);
    match (before, after) {
        (None, None) => format!("{noun} of {name}"),
        (None, Some(after)) if list => format!("{noun} of {name} added: {}", said(after)),
        (Some(before), None) if list => format!("{noun} of {name} removed: {}", said(before)),
        (Some(_), Some(after)) if list => format!("{noun} of {name} in another order: {}", said(after)),
        (None, Some(after)) => format!("{noun} of {name}: {}", said(after)),
        (Some(before), None) => format!("{noun} of {name} taken away (was {})", said(before)),
        (Some(before), Some(after)) => {
            // A unit is said once.
            let common = before.common_unit(after).is_some();
            let before = if common { before.without_unit() } else { before.words() };
            let (before, after) = legible_pair(&before, &after.words());
            format!("{noun} of {name} from {before} to {after}")
        }
    }
}

/// What a part is.
fn kind(part: Part) -> &'static str {
    match part {
        Part::Plan => "Plan",
        Part::Goal(_) => "Goal",
        Part::Target(_) => "Target",
        Part::Activity(_) => "Activity",
        Part::Member(_) => "Member of the team",
    }
}

fn noun(difference: &Difference) -> &'static str {
    match &difference.field {
        Field::Itself => kind(difference.part),
        Field::Title => "Title",
        Field::Description => "Description",
        Field::Category => "Category",
        Field::Start if matches!(difference.part, Part::Member(_)) => "First day in the team",
        Field::End if matches!(difference.part, Part::Member(_)) => "Last day in the team",
        Field::Start => "Start",
        Field::End => "End",
        Field::Custodian => "Organisation",
        Field::Addresses => "Concern",
        Field::SupportingInformation => "Supporting information",
        Field::Encounter => "Encounter",
        Field::Instantiates => "Protocol",
        Field::Replaces => "Replaced plan",
        Field::Author => "Author",
        Field::Status => "State",
        Field::StatusReason => "Reason for the state",
        Field::ReviewState => "Review",
        Field::Asked => "Reviewer",
        Field::Signature(_) => "Signature",
        Field::Approved => "Approved version",
        Field::NextReview => "Next review",
        Field::Priority => "Priority",
        Field::ExpressedBy => "Whose goal it is",
        Field::Achievement => "Achievement",
        Field::AchievementBy => "Who judged the achievement",
        Field::Answer(_) => "Answer",
        Field::AnswerPriority(_) => "Importance",
        Field::AnswerBy(_) => "Who answered",
        Field::Note => "Note",
        Field::Measure => "Measure",
        Field::Value => "Target",
        Field::Due => "Due date",
        Field::Often => "Frequency",
        Field::Reason => "Reason",
        Field::Serves => "Goal",
        Field::Planned => "Order",
        Field::Assigned => "Assignment",
        Field::Completed => "Completion",
        Field::CompletedBy => "Who reported the completion",
        Field::Outcome => "Outcome",
        Field::Performed => "Record",
        Field::Name => "Name",
        Field::Resource => "Entry in the directory",
        Field::Role => "Role",
        Field::OnBehalfOf => "Organisation",
    }
}

/// True where entries come and go.
fn is_list(field: &Field) -> bool {
    matches!(
        field,
        Field::Category
            | Field::Addresses
            | Field::SupportingInformation
            | Field::Instantiates
            | Field::Replaces
            | Field::Asked
            | Field::Note
            | Field::Reason
            | Field::Serves
            | Field::Performed
            | Field::Role
    )
}
