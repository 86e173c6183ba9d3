//! A form whose edit is kept in the shared plan goes on from what stands there, and takes nothing of it away unseen.
//!
//! An edit that is revised is replaced as a whole. Whatever stands beside the record and was not touched by whoever fills in
//! the form must therefore be in the form when it is sent, whoever wrote it, and also where it came to stand there after
//! the form was drawn.

use leptos::prelude::*;
use shared_plan::overlay::{EditedField, Overlay, OverlayStatus};

use super::goal_form::{FUNCTION, Fill};
use crate::desk::{Answer, GoalAnswer, GoalFields};

/// What an overlay lays over a record, as a form holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Laid {
    fields: GoalFields,
    note: String,
    reason: String,
}

impl Laid {
    /// Of an overlay over what the record says; nothing where it has ended.
    pub(super) fn of(overlay: &Overlay, base: &GoalFields) -> Option<Self> {
        if overlay.status != OverlayStatus::Standing {
            return None;
        }
        let wants = |field, now: &Option<String>| match overlay.says(field) {
            Some(to) => to.map(str::to_owned),
            None => now.clone(),
        };
        let fields = GoalFields {
            achievement: wants(EditedField::Achievement, &base.achievement),
            target_value: wants(EditedField::TargetValue, &base.target_value),
            due: wants(EditedField::Due, &base.due),
        };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Some(Self { fields, note: text(&overlay.note), reason: text(&overlay.reason) })
    }

    /// Fills a form in with it: all of it where the form is new, what was not touched where an answer brings it back.
    pub(super) fn fill(&self, fill: Fill, overlay: &Overlay, answer: Option<&Answer>) -> Fill {
        let all = |fill: Fill| Fill {
            mine: self.fields.clone(),
            note: self.note.clone(),
            reason: self.reason.clone(),
            ..fill
        };
        let Some(answer) = answer else { return all(fill) };
        match answer.of::<GoalAnswer>(FUNCTION) {
            Some(GoalAnswer::Saved { .. } | GoalAnswer::Kept { .. }) => return all(fill),
            Some(GoalAnswer::NothingToChange) => return Fill { mine: self.fields.clone(), ..fill },
            _ if answer.typed("overlay") == Some(overlay.version.to_string().as_str()) => return fill,
            _ => {}
        }
        let field = |name: &str, mine: &Option<String>, base: &Option<String>, laid: &Option<String>| {
            let is_untouched = match answer.typed(&laid_name(name)) {
                Some(shown) => one_line(shown) == one_line(mine.as_deref().unwrap_or_default()),
                None => mine == base,
            };
            if is_untouched { laid.clone() } else { mine.clone() }
        };
        let (mine, base, laid) = (&fill.mine, &fill.base, &self.fields);
        let mine = GoalFields {
            achievement: field("achievement", &mine.achievement, &base.achievement, &laid.achievement),
            target_value: field("target_value", &mine.target_value, &base.target_value, &laid.target_value),
            due: field("due", &mine.due, &base.due, &laid.due),
        };
        let shown = |name: &str| one_line(answer.typed(&laid_name(name)).unwrap_or_default());
        let (note, reason) = (one_line(&fill.note), one_line(&fill.reason));
        let note = if note == shown("note") {
            self.note.clone()
        } else if note.contains(&one_line(&self.note)) || shown("note") == one_line(&self.note) {
            fill.note.clone()
        } else {
            // Two have written: both notes stand there, and whoever sends the form strikes out what is not wanted.
            format!("{}\n\n{}", self.note, fill.note)
        };
        let reason = if reason == shown("reason") { self.reason.clone() } else { fill.reason.clone() };
        Fill { mine, note, reason, ..fill }
    }

    /// What the form was drawn with, so that it is known when it comes back what was touched.
    pub(super) fn hidden(&self) -> AnyView {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let fields = [
            ("achievement", text(&self.fields.achievement)),
            ("target_value", text(&self.fields.target_value)),
            ("due", text(&self.fields.due)),
            ("note", self.note.clone()),
            ("reason", self.reason.clone()),
        ];
        let inputs = fields.map(|(name, value)| view! { <input type="hidden" name=laid_name(name) value=value/> });
        inputs.into_iter().collect_view().into_any()
    }
}

fn laid_name(field: &str) -> String {
    format!("laid_{field}")
}

/// A text as it can be compared with what a browser sent of it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
