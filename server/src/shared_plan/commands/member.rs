//! The team: somebody joins, or what is said of them is changed.

use app::desk::shared_plan::organisations;
use shared_plan::Foreign;
use shared_plan::commands::{Problem, Refusal, Wrong, add_member, change_member};
use shared_plan::plan::{Member, MemberContent, Period};

use super::coded::{foreign, in_words};
use super::links::name_of;
use super::{Deed, Reading};
use crate::shared_plan::Chosen;

pub(super) fn add(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    Some(Box::new(move |plan, act| add_member(plan, said.content(&MemberContent::default())?, act)))
}

pub(super) fn change(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    let id = form.fields.id::<Member>("part")?;
    Some(Box::new(move |plan, act| {
        let member = plan.member(id).ok_or(Refusal::NoSuchPart { part: "member" })?;
        change_member(plan, id, said.content(&member.content)?, act)
    }))
}

/// What the form says, apart from what only the member knows.
struct Said {
    name: String,
    roles: Option<String>,
    period: Period,
    behalf: Behalf,
    /// Whom the form has chosen from the provider directory.
    provider: Option<Chosen>,
}

/// For whom a member acts, as the form says it.
enum Behalf {
    /// It had no such field.
    NotAsked,
    /// For nobody.
    Nobody,
    /// For this organisation.
    Of(Foreign),
    /// For one of this name, which no record names any more.
    Unread(String),
}

impl Said {
    fn read(form: &mut Reading<'_>) -> Self {
        let known = organisations(&form.picture.snapshot);
        let provider = form.provider.clone();
        let fields = &mut form.fields;
        let behalf = match fields.said("behalf") {
            None => Behalf::NotAsked,
            Some("") => Behalf::Nobody,
            Some(chosen) => match known.iter().find(|(name, _, _)| name == chosen) {
                Some((_, key, title)) => Behalf::Of(foreign(key, title)),
                None => Behalf::Unread(chosen.to_owned()),
            },
        };
        Self {
            name: fields.words("name"),
            roles: fields.text("role").map(str::to_owned),
            period: Period { start: fields.day("start"), end: fields.day("until") },
            behalf,
            provider,
        }
    }

    /// The new content; what no form shows stays as it was.
    fn content(&self, old: &MemberContent) -> Result<MemberContent, Refusal> {
        let known = old.on_behalf_of.as_ref();
        let behalf = match &self.behalf {
            Behalf::NotAsked => known.cloned(),
            Behalf::Nobody => None,
            Behalf::Of(chosen) => {
                Some(known.filter(|known| name_of(known) == name_of(chosen)).unwrap_or(chosen).clone())
            }
            Behalf::Unread(name) => {
                let wrong = Problem { field: "behalf".to_owned(), wrong: Wrong::NotAChoice };
                let known = known.filter(|known| name_of(known) == *name).cloned();
                Some(known.ok_or_else(|| Refusal::Invalid(vec![wrong]))?)
            }
        };
        // Whoever gets another name is somebody else: the resource was the former's.
        let known = old.resource.clone().filter(|_| old.name == self.name);
        let is_named = |who: &&Foreign| who.display.as_deref() == Some(self.name.as_str());
        let resource = self.provider.as_ref().map(|chosen| &chosen.who).filter(is_named).cloned().or(known);
        let theirs = self.provider.as_ref().map_or(&[][..], |chosen| &chosen.roles);
        Ok(MemberContent {
            name: self.name.clone(),
            resource,
            roles: in_words(self.roles.as_deref(), &[&old.roles, theirs]),
            period: self.period,
            on_behalf_of: behalf,
        })
    }
}
