//! What a user asks for.

use fhir::{GoalFields, ResourceKey};
use serde::{Deserialize, Serialize};

/// A change to one goal at one source, as a form sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalEdit {
    /// The Goal.
    pub goal: ResourceKey,
    /// `Patient` id at that source of the person on the screen (smart-launch P3).
    pub patient: String,
    /// `meta.versionId` of what the form was drawn from; `None` where the source gives no versions.
    pub seen_version: Option<String>,
    /// What the form was drawn from.
    pub base: GoalFields,
    /// What the user wants. A field that equals `base` is not touched; one that is empty there is removed.
    pub mine: GoalFields,
    /// Position in `Goal.target` of the target that value and due date belong to.
    pub target_index: usize,
    /// A progress note to append.
    pub note: Option<String>,
    /// Who writes the note.
    pub author: Author,
}

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Name as people read it.
    pub name: String,
    /// Reference such as `Practitioner/17`, only where it is one *at the source that owns the goal*: the user's id at
    /// another source would name a stranger there.
    pub reference: Option<String>,
}

impl GoalEdit {
    /// The edit as it is worked on: texts trimmed, line ends as FHIR has them, empty texts gone.
    pub(crate) fn tidy(mut self) -> Self {
        self.base = self.base.tidy();
        self.mine = self.mine.tidy();
        self.note = self.note.map(|note| note.replace("\r\n", "\n").trim().to_owned()).filter(|note| !note.is_empty());
        self
    }

    /// True where neither a field nor a note says anything new.
    pub(crate) fn is_empty(&self) -> bool {
        self.base == self.mine && self.note.is_none()
    }
}
