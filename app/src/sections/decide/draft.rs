//! The message to a prescriber: drafted from what the records say and what was chosen, for somebody to copy and send.

use care_plan::plan::{DetectedIssue, Side};

use super::Choice;
use crate::sections::Look;
use crate::sections::issue_facts::value;

/// Drafts the message; `words` is what was agreed instead.
pub fn draft(look: &Look, issue: &DetectedIssue, choice: &Choice, words: Option<&str>, reason: &str) -> String {
    let says = look.words();
    let kind = says.issue(issue.code, crate::words::Reader::Professional);
    let mut lines = vec![says.message_about(&issue.title, kind)];
    let mut sides: Vec<&Side> = issue.sides.iter().collect();
    sides.sort_by_key(|side| look.order(&side.key.source));
    lines.extend(sides.into_iter().map(|side| {
        let told = side.says.iter().map(|fact| format!("{}: {}", says.fact(fact.name), value(look, fact)));
        format!("- {}: {}", look.badge(&side.key.source).name, told.collect::<Vec<_>>().join("; "))
    }));
    lines.extend(issue.facts.iter().map(|fact| format!("- {}: {}", says.fact(fact.name), value(look, fact))));
    let chosen = match choice {
        Choice::Adopt(key, _) => Some(says.message_adopted(&look.badge(&key.source).name)),
        Choice::Other => words.map(|words| says.message_other(words)),
        Choice::AskPrescriber => None,
        Choice::Keep | Choice::NotRelevant => None,
    };
    lines.extend(chosen);
    lines.push(says.settled_because(reason));
    lines.push(says.message_please().to_owned());
    lines.join("\n")
}
