//! Whether a resource may be changed: the right one, about the right person, and understood.

use fhir::Target;
use serde_json::Value;

use crate::check::FieldProblem;
use crate::edit::GoalEdit;
use crate::json::{self, Unreadable};
use crate::path::{member, position};

/// Why an edit is not sent. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something in the form is not as it must be.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    Fields(Vec<FieldProblem>),
    /// The source answered with another resource than was asked for.
    #[error("The source answered with another record than the one on the screen.")]
    OtherResource,
    /// The goal is about somebody else than the person on the screen (smart-launch P3), or does not say about whom.
    #[error("At the source, this goal is not about the person on the screen.")]
    OtherPatient,
    /// `lifecycleStatus` is `entered-in-error`.
    #[error("At the source, this goal is marked as entered in error.")]
    EnteredInError,
    /// A modifier extension, which may turn the meaning of what it stands in (smart-launch W2).
    #[error("The goal carries a statement that changes its meaning and that we do not know ({path}).")]
    ModifierExtension {
        /// Where.
        path: String,
    },
    /// `implicitRules`: the content follows rules that we do not know.
    #[error("The goal follows rules that we do not know (implicitRules).")]
    ImplicitRules,
    /// There is no such target any more.
    #[error("The goal has no target number {} at the source.", .index + 1)]
    NoTarget {
        /// Position that was asked for, from 0.
        index: usize,
    },
    /// An element is of a shape that the change does not fit.
    #[error("The change does not fit what the source holds in {path}.")]
    Shape {
        /// Where.
        path: String,
    },
    /// A key stands twice: writing would lose one of the two.
    #[error("The source holds {key} twice in one place; a change would lose one of the two.")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// Not JSON.
    #[error("The source answered with something that is not a record.")]
    NotJson,
}

/// Reads a goal as the source has it now, for a change of it.
pub(crate) fn open(raw: &str, edit: &GoalEdit, base_url: Option<&str>) -> Result<Value, Refusal> {
    let goal = json::parse(raw).map_err(|unreadable| match unreadable {
        Unreadable::NotJson => Refusal::NotJson,
        Unreadable::DuplicateKey(key) => Refusal::DuplicateKey { key },
    })?;
    if goal["resourceType"] != edit.goal.kind.as_str() || goal["id"] != edit.goal.id.as_str() {
        return Err(Refusal::OtherResource);
    }
    if !is_about(&goal["subject"], &edit.patient, base_url) {
        return Err(Refusal::OtherPatient);
    }
    if goal["lifecycleStatus"] == "entered-in-error" {
        return Err(Refusal::EnteredInError);
    }
    if goal.get("implicitRules").is_some() || goal.get("_implicitRules").is_some() {
        return Err(Refusal::ImplicitRules);
    }
    if let Some(path) = modifier_extension("", &goal) {
        return Err(Refusal::ModifierExtension { path });
    }
    Ok(goal)
}

/// True where a subject names this Patient of this server, and nothing else.
fn is_about(subject: &Value, patient: &str, base_url: Option<&str>) -> bool {
    match subject["reference"].as_str().map(Target::parse) {
        Some(Target::Relative { kind, id, .. }) => kind == "Patient" && id == patient,
        Some(Target::Absolute { base, kind, id, .. }) => {
            let here = base_url.is_some_and(|url| url.trim_end_matches('/') == base);
            here && kind == "Patient" && id == patient
        }
        Some(Target::Contained(_) | Target::Urn(_) | Target::Other(_)) | None => false,
    }
}

/// Finds the first modifier extension. Contained resources are their own statements and are not changed.
fn modifier_extension(path: &str, value: &Value) -> Option<String> {
    match value {
        Value::Object(members) => members.iter().find_map(|(name, value)| {
            let path = member(path, name);
            let empty = value.as_array().is_some_and(Vec::is_empty);
            match name.as_str() {
                "modifierExtension" if !empty => Some(path),
                _ if path == "contained" => None,
                _ => modifier_extension(&path, value),
            }
        }),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| modifier_extension(&position(path, index), item))
        }
        _ => None,
    }
}
