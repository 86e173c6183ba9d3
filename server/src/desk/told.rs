//! What the form of a goal is told.

use app::desk::GoalAnswer;
use fhir_client::FhirError;
use write_back::{Refusal, Warning, WriteOutcome};

/// The answer to a form, of what came of its write.
pub(super) fn told(outcome: WriteOutcome, source_name: String) -> GoalAnswer {
    match outcome {
        WriteOutcome::Saved { version, warnings, .. } => {
            GoalAnswer::Saved { source_name, version, warnings: warnings.iter().map(warning).collect() }
        }
        WriteOutcome::NothingToChange => GoalAnswer::NothingToChange,
        WriteOutcome::Conflict { base, theirs, mine, version } => {
            GoalAnswer::Conflict { base, theirs, mine, version, source_name }
        }
        WriteOutcome::Refused(Refusal::Fields(problems)) => GoalAnswer::Refused {
            field: problems.first().map(|problem| problem.field.name().to_owned()),
            why: problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        },
        WriteOutcome::Refused(refusal) => GoalAnswer::Refused { field: None, why: refusal.to_string() },
        WriteOutcome::Unclear(unproven) => {
            tracing::warn!(%unproven, "a write is unproven");
            GoalAnswer::Unclear {
                why: format!(
                    "It is not known whether {source_name} saved this: {unproven}. Your text is kept here; look at the goal again before you send it once more."
                ),
            }
        }
        WriteOutcome::Failed(
            error @ (FhirError::Refused { .. } | FhirError::NotSupported { .. } | FhirError::Rejected { .. }),
        ) => {
            let said = error.said().map(|said| format!(" It says: {said}")).unwrap_or_default();
            GoalAnswer::NotTaken { source_name, why: format!("Nothing was written: {error}.{said}") }
        }
        WriteOutcome::Failed(error) => {
            let said = error.said().map(|said| format!(" It says: {said}")).unwrap_or_default();
            GoalAnswer::Failed { why: format!("Nothing was written at {source_name}: {error}.{said}") }
        }
    }
}

fn warning(warning: &Warning) -> String {
    match warning {
        Warning::ChangedBySource { paths } => {
            format!("The source changed more than was asked for: {}.", paths.join(", "))
        }
        Warning::VersionSkipped { from, to } => {
            format!(
                "Somebody else wrote at the same time (version {from} became {to}); look whether their change is still there."
            )
        }
        Warning::NotReadAgain(error) => format!("The source said that it saved, but could not be read again: {error}."),
    }
}
