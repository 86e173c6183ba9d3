//! What the person takes or is to take, by all records.

use crate::plan::{ConsolidatedPlan, Fact, InterventionStatement, Item, Medication, Member, Settlement};

use super::report::{Report, code, date, text};

/// An order, or a statement that something is taken.
#[derive(Clone, Copy)]
pub(in crate::rules) struct Taken<'a> {
    pub(in crate::rules) item: &'a Item,
    pub(in crate::rules) member: &'a Member,
    pub(in crate::rules) says: &'a InterventionStatement,
    pub(in crate::rules) medication: &'a Medication,
}

/// Words of RxNorm's dose forms that act where they are put; what they hold hardly reaches the rest of the body.
const LOCAL: [&str; 17] = [
    "topical",
    "ophthalmic",
    "otic",
    "nasal",
    "cream",
    "ointment",
    "lotion",
    "shampoo",
    "vaginal",
    "inhal",
    "inhaler",
    "inhalant",
    "inhalation",
    "mouthwash",
    "irrigation",
    "gargle",
    "eye",
];

/// All that is taken, whatever its status.
pub(in crate::rules) fn all(plan: &ConsolidatedPlan) -> impl Iterator<Item = Taken<'_>> {
    plan.interventions.iter().flat_map(|act| {
        let members = act.item.members.iter().zip(&act.statements);
        members.filter_map(|(member, says)| {
            Some(Taken { item: &act.item, member, says, medication: says.medication.as_ref()? })
        })
    })
}

/// All that its record holds to be going on.
pub(in crate::rules) fn current(plan: &ConsolidatedPlan) -> impl Iterator<Item = Taken<'_>> {
    all(plan).filter(|taken| taken.says.is_current())
}

/// Proposes to ask who ordered these: Accord never changes an order of a medication (DESIGN, invariant 9).
pub(in crate::rules) fn ask<'a>(report: Report, taken: impl Iterator<Item = Taken<'a>>) -> Report {
    let about: Vec<_> = taken.filter(Taken::is_order).map(|taken| taken.member.key.clone()).collect();
    if about.is_empty() { report } else { report.settle(Settlement::AskPrescriber { about }) }
}

impl<'a> Taken<'a> {
    /// True for an order, false for a statement or for what somebody only proposes.
    pub(in crate::rules) fn is_order(&self) -> bool {
        self.says.kind == "MedicationRequest"
            && !matches!(self.says.intent.as_deref(), Some("proposal" | "plan" | "option"))
    }

    /// True where it has one of these ingredients.
    pub(in crate::rules) fn has(&self, ingredients: &[&str]) -> bool {
        self.medication.ingredients.iter().any(|own| ingredients.contains(&own.as_str()))
    }

    /// True for what acts where it is put: eye drops, creams, inhalers.
    pub(in crate::rules) fn is_local(&self) -> bool {
        let displays = self.says.code.coding.iter().filter_map(|coding| coding.display.as_deref());
        displays.chain([self.says.title.as_str()]).any(|name| {
            let name = name.to_lowercase();
            name.split(|c: char| !c.is_alphanumeric()).any(|word| LOCAL.contains(&word))
        })
    }

    /// Who speaks: a source's orders, or its statements of what is taken.
    pub(in crate::rules) fn voice(&self) -> (&'a fhir::SourceId, &'a str) {
        (&self.member.key.source, &self.says.kind)
    }

    /// What the record says; `differs` is the name of what differs.
    pub(in crate::rules) fn facts(&self, differs: &str) -> Vec<Fact> {
        let says = self.says;
        let mut facts = vec![text("medication", &says.title), code("status", says.status.as_deref())];
        facts.extend(self.medication.dose.as_ref().map(|dose| text("dose", dose)));
        facts.push(date("when", says.when.as_ref()));
        facts.extend(says.until.as_ref().map(|until| date("until", Some(until))));
        facts.extend(says.who.as_ref().map(|who| text("setBy", who)));
        facts.into_iter().map(|fact| if fact.name == differs { fact.differing() } else { fact }).collect()
    }
}
