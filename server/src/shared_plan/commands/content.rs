//! What a plan says itself.

use app::desk::member_name;
use app::desk::shared_plan::SOURCE;
use shared_plan::commands::{Refusal, change_plan};
use shared_plan::plan::{Period, PlanContent};

use super::coded::{foreign, in_words};
use super::links::{Links, name_of};
use super::{Deed, Reading};

pub(super) fn change(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    Some(Box::new(move |plan, act| change_plan(plan, said.content(&plan.content)?, act)))
}

/// What the form says, apart from what only the plan knows.
pub(super) struct Said {
    title: String,
    description: Option<String>,
    category: Option<String>,
    period: Period,
    concerns: Links,
    replaces: Links,
    plan: std::sync::Arc<care_plan::ConsolidatedPlan>,
}

impl Said {
    pub(super) fn read(form: &mut Reading<'_>) -> Self {
        let Reading { fields, picture, .. } = form;
        let period = Period { start: fields.day("start"), end: fields.day("until") };
        Self {
            title: fields.words("title"),
            description: fields.text("description").map(str::to_owned),
            category: fields.text("category").map(str::to_owned),
            period,
            concerns: Links::read(fields, "concern"),
            replaces: Links::read(fields, "plan"),
            plan: picture.plan.clone(),
        }
    }

    /// The new content; what no form shows stays as it was.
    ///
    /// # Errors
    /// What it points at and is not there any more.
    pub(super) fn content(&self, old: &PlanContent) -> Result<PlanContent, Refusal> {
        let theirs = |names: &[String]| {
            let plans = self.plan.plans.iter().filter(|plan| plan.key.source.as_str() != SOURCE);
            let named = plans.filter(|plan| names.contains(&member_name(&plan.key)));
            named.map(|plan| foreign(&plan.key, &plan.title)).collect()
        };
        Ok(PlanContent {
            title: self.title.clone(),
            description: self.description.clone(),
            categories: in_words(self.category.as_deref(), &[&old.categories]),
            period: self.period,
            addresses: self.concerns.concerns(&self.plan, &old.addresses)?,
            replaces: self.replaces.apply(&old.replaces, |known| Some(name_of(known)), theirs)?,
            ..old.clone()
        })
    }
}
