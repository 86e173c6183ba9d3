//! The team: somebody joins, or what is said of them is changed.

use app::desk::shared_plan::organisations;
use shared_plan::Foreign;
use shared_plan::commands::{Refusal, Wrong, add_member, change_member};
use shared_plan::plan::{Member, MemberContent, Period};

use super::coded::{foreign, in_words, is};
use super::{Deed, Reading};

pub(super) fn add(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    Some(Box::new(move |plan, act| add_member(plan, said.content(&MemberContent::default()), act)))
}

pub(super) fn change(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    let id = form.fields.id::<Member>("part")?;
    Some(Box::new(move |plan, act| {
        let member = plan.member(id).ok_or(Refusal::NoSuchPart { part: "member" })?;
        change_member(plan, id, said.content(&member.content), act)
    }))
}

/// What the form says, apart from what only the member knows.
struct Said {
    name: String,
    roles: Option<String>,
    period: Period,
    behalf: Option<Foreign>,
    /// Whom the form has chosen from the provider directory.
    provider: Option<Foreign>,
    /// What the form could have shown as the organisation.
    shown: Vec<fhir::ResourceKey>,
}

impl Said {
    fn read(form: &mut Reading<'_>) -> Self {
        let known = organisations(&form.picture.snapshot);
        let provider = form.provider.clone();
        let fields = &mut form.fields;
        let behalf = fields.text("behalf").map(|chosen| known.iter().find(|(name, _, _)| name == chosen));
        if behalf == Some(None) {
            fields.wrong("behalf", Wrong::NotAChoice);
        }
        Self {
            name: fields.words("name"),
            roles: fields.text("role").map(str::to_owned),
            period: Period { start: fields.day("start"), end: fields.day("until") },
            behalf: behalf.flatten().map(|(_, key, title)| foreign(key, title)),
            provider,
            shown: known.into_iter().map(|(_, key, _)| key).collect(),
        }
    }

    /// The new content; what no form shows stays as it was.
    fn content(&self, old: &MemberContent) -> MemberContent {
        let hidden = |known: &&Foreign| !self.shown.iter().any(|key| is(known, key));
        let behalf = self.behalf.clone().or_else(|| old.on_behalf_of.as_ref().filter(hidden).cloned());
        // Whoever gets another name is somebody else: the resource was the former's.
        let known = old.resource.clone().filter(|_| old.name == self.name);
        let is_named = |provider: &&Foreign| provider.display.as_deref() == Some(self.name.as_str());
        let resource = self.provider.as_ref().filter(is_named).cloned().or(known);
        MemberContent {
            name: self.name.clone(),
            resource,
            roles: in_words(self.roles.as_deref(), &old.roles),
            period: self.period,
            on_behalf_of: behalf,
        }
    }
}
