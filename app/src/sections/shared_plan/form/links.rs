//! Boxes for what a part of the plan points at. The form says what it offers, so that only what somebody saw and unticked is
//! taken away.

use leptos::prelude::*;

use super::Form;
use crate::desk::Answer;

/// A box that a form offers.
pub struct Offer {
    names: Vec<String>,
    words: AnyView,
    linked: bool,
}

impl Offer {
    /// A box with its words. It stands for all these names, which are never empty and hold no blanks: records that come or
    /// go make other names the first.
    pub fn new(names: Vec<String>, words: impl IntoView + 'static, linked: bool) -> Self {
        Self { names, words: words.into_any(), linked }
    }

    fn is(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }
}

impl Form<'_> {
    /// A group of boxes, those marked that are linked. In a form that is drawn once more they are as they were sent, where
    /// they had been offered, else as they are now. Nothing where there is nothing to offer.
    pub fn links(&self, field: &str, legend: impl Into<String>, offers: Vec<Offer>) -> Option<AnyView> {
        let lost = self.lost(field, &offers);
        let now = offers.iter().filter(|offer| offer.linked).flat_map(|offer| offer.names.clone());
        self.keep(field, &now.collect::<Vec<_>>());
        if offers.is_empty() && lost.is_none() && self.wrong(field).is_none() {
            return None;
        }
        let wrong = self.wrong(field);
        let wrong = wrong.map(|why| view! { <p class="field__wrong" id=self.id(&format!("{field}-wrong"))>{why}</p> });
        let (_, described) = self.marks(field, false);
        let boxes = offers.into_iter().map(|offer| {
            let checked = self.is_ticked(field, &offer);
            let offered = offer.names.join(" ");
            let first = offer.names.into_iter().next().unwrap_or_default();
            view! {
                <div class="choice"><label>
                    <input type="checkbox" name=field.to_owned() value=first checked=checked/>
                    <span>{offer.words}</span>
                </label><input type="hidden" name=format!("{field}-offered") value=offered/></div>
            }
        });
        let group = view! {
            <fieldset class="choices" id=self.id(field) aria-describedby=described>
                <legend>{legend.into()}</legend>
                {boxes.collect_view()}
                {lost}
                {wrong}
            </fieldset>
        };
        Some(group.into_any())
    }

    fn is_ticked(&self, field: &str, offer: &Offer) -> bool {
        let Some(answer) = self.typed().filter(|answer| was_offered(answer, field, offer)) else { return offer.linked };
        let mine = offer.names.iter().any(|name| answer.chose(field, name));
        let Some(former) = self.late() else { return mine };
        let before = former.lookup(&self.name(), field).is_some_and(|all| all.iter().any(|name| offer.is(name)));
        if mine == before { offer.linked } else { mine }
    }

    /// What was ticked and is not offered any more goes along unseen, until somebody was told that it is not there: what it
    /// was may be read again by then.
    fn lost(&self, field: &str, offers: &[Offer]) -> Option<AnyView> {
        let answer = self.typed().filter(|_| self.wrong(field).is_none())?;
        let ticked = answer.typed.iter().filter(|(name, _)| name == field).map(|(_, value)| value);
        let lost: Vec<String> = ticked.filter(|value| !offers.iter().any(|offer| offer.is(value))).cloned().collect();
        let offered = format!("{field}-offered");
        let mut all = Vec::new();
        for value in lost {
            let names = (answer.typed.iter())
                .find(|(name, names)| *name == offered && names.split_whitespace().any(|one| one == value))
                .map_or_else(|| value.clone(), |(_, names)| names.clone());
            all.push(view! {
                <input type="hidden" name=field.to_owned() value=value/>
                <input type="hidden" name=offered.clone() value=names/>
            });
        }
        (!all.is_empty()).then(|| all.collect_view().into_any())
    }
}

fn was_offered(answer: &Answer, field: &str, offer: &Offer) -> bool {
    let field = format!("{field}-offered");
    let offered = answer.typed.iter().filter(|(name, _)| *name == field);
    offered.flat_map(|(_, names)| names.split_whitespace()).any(|name| offer.is(name))
}
