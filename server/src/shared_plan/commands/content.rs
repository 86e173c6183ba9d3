//! What a plan says itself.

use app::desk::member_name;
use shared_plan::Foreign;
use shared_plan::commands::change_plan;
use shared_plan::plan::{Period, PlanContent};

use super::coded::{concerns, foreign, in_words, is};
use super::{Deed, Reading};

pub(super) fn change(form: &mut Reading<'_>) -> Option<Deed> {
    let said = Said::read(form);
    Some(Box::new(move |plan, act| change_plan(plan, said.content(&plan.content), act)))
}

/// What the form says, apart from what only the plan knows.
pub(super) struct Said {
    title: String,
    description: Option<String>,
    category: Option<String>,
    period: Period,
    chosen: Vec<String>,
    plan: std::sync::Arc<care_plan::ConsolidatedPlan>,
    replaces: Vec<Foreign>,
}

impl Said {
    pub(super) fn read(form: &mut Reading<'_>) -> Self {
        let Reading { fields, picture, .. } = form;
        let period = Period { start: fields.day("start"), end: fields.day("until") };
        let plans = fields.all("plan");
        let replaced = picture.plan.plans.iter().filter(|plan| plans.contains(&member_name(&plan.key).as_str()));
        Self {
            title: fields.words("title"),
            description: fields.text("description").map(str::to_owned),
            category: fields.text("category").map(str::to_owned),
            period,
            chosen: fields.all("concern").into_iter().map(str::to_owned).collect(),
            plan: picture.plan.clone(),
            replaces: replaced.map(|plan| foreign(&plan.key, &plan.title)).collect(),
        }
    }

    /// The new content; what no form shows stays as it was.
    pub(super) fn content(&self, old: &PlanContent) -> PlanContent {
        let chosen: Vec<&str> = self.chosen.iter().map(String::as_str).collect();
        let shown = |foreign: &Foreign| self.plan.plans.iter().any(|plan| is(foreign, &plan.key));
        let stays = old.replaces.iter().filter(|replaced| !shown(replaced)).cloned();
        PlanContent {
            title: self.title.clone(),
            description: self.description.clone(),
            categories: in_words(self.category.as_deref(), &old.categories),
            period: self.period,
            addresses: concerns(&self.plan, &chosen, &old.addresses),
            replaces: stays.chain(self.replaces.iter().cloned()).collect(),
            ..old.clone()
        }
    }
}
