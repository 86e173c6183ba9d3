//! What a form that settles was told, at the head of the page: its issue stands elsewhere then, or is not there any more.

use care_plan::decisions::Standing;
use care_plan::plan::DetectedIssue;
use leptos::prelude::*;

use super::form::{is_for, is_word_only};
use super::locked;
use crate::desk::Answer;
use crate::desk::kept::{DECIDE, DecideAnswer, UNDECIDE};
use crate::sections::Look;

/// Draws it; nothing where the form itself is there and says it.
pub fn decide_told(look: &Look, answer: Option<&Answer>) -> Option<AnyView> {
    let words = look.words();
    let answer = answer.filter(|answer| [DECIDE, UNDECIDE].contains(&&*answer.function))?;
    let said = answer.of::<DecideAnswer>(&answer.function);
    let is_good = matches!(said, Some(DecideAnswer::Kept | DecideAnswer::TakenBack));
    let issue = look.plan().issues.iter().find(|issue| is_for(issue, answer));
    // The form of an open issue, and of a decision that can be taken back, says for itself what is wrong with it.
    let says_itself = |issue: &DetectedIssue| {
        if answer.function == DECIDE {
            issue.standing.is_open() && locked(look, issue).is_none()
        } else {
            matches!(issue.standing, Standing::Decided { .. } | Standing::Voiced { .. })
        }
    };
    if !is_good && issue.is_some_and(says_itself) {
        return None;
    }
    let class = if is_good { "told told--good" } else { "told told--bad" };
    let link = issue.map(|issue| view! { " "<a href=look.issue_href(&issue.id)>{issue.title.clone()}</a> });
    let line = match (&said, issue) {
        (Some(DecideAnswer::Kept), Some(issue)) if is_word_only(look, issue) => words.decide_voiced().to_owned(),
        _ => words.decide_answer(said.as_ref()),
    };
    let typed =
        ["words", "reason"].into_iter().filter_map(|field| answer.typed(field)).filter(|text| !text.trim().is_empty());
    let typed: Vec<AnyView> = typed.map(|text| view! { <li>{text.to_owned()}</li> }.into_any()).collect();
    let typed = (!is_good && !typed.is_empty()).then(|| {
        view! { <p>{words.decide_you_typed()}</p><ul class="lines lines--marked">{typed}</ul> }
    });
    Some(
        view! {
            <div class=class role="status" tabindex="-1"><p>{line}{link}</p>{typed}</div>
        }
        .into_any(),
    )
}
