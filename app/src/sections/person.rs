//! Who the plan is about: the patient banner (order, case and pattern as the NHS CUI guides found safe).

use care_plan::ConsolidatedPlan;
use care_plan::plan::{Deceased, Demographics};
use leptos::prelude::*;

use super::fingerprint::fingerprint;
use super::look::Look;

/// Draws the person: FAMILY, Given; born with age, or died with age at death; gender; record number with its source.
pub fn person(look: &Look) -> AnyView {
    let words = look.words();
    let version = fingerprint(&(&look.plan().people, look.today()));
    let Some(one) = look.plan().people.first() else {
        return view! {
            <div class="person" id="person" data-live="" data-version=version>
                <p class="person__name">{words.person_unknown()}</p>
                <p class="muted">{words.person_reading()}</p>
            </div>
        }
        .into_any();
    };
    let fact = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let number = one
        .record_number
        .clone()
        .map(|number| fact(words.record_number(), format!("{number} ({})", look.badge(&one.source).tag)));
    let differing: Vec<String> = (look.plan().people.iter().skip(1))
        .filter(|other| differs(one, other))
        .map(|other| {
            format!(
                "{}: {}, {} {}",
                look.badge(&other.source).tag,
                name(other, words.person_unknown()),
                words.born(),
                born(look, other)
            )
        })
        .collect();
    view! {
        <div class=if one.deceased.is_some() { "person person--died" } else { "person" } id="person" data-live="" data-version=version>
            <p class="person__name">{name(one, words.person_unknown())}</p>
            <dl class="person__facts">
                {fact(words.born(), born(look, one))}
                {one.deceased.as_ref().map(|deceased| fact(words.died(), died(look, one, deceased)))}
                {fact(words.gender_label(), words.gender(one.gender.as_deref()))}
                {number}
            </dl>
            {(!differing.is_empty()).then(|| view! { <p class="person__also">{format!("{}: {}", words.also(), differing.join("; "))}</p> })}
        </div>
    }
    .into_any()
}

/// Initials, given names first: all that a page's title says of the person. Letters only.
pub fn initials(plan: &ConsolidatedPlan) -> Option<String> {
    let one = plan.people.first()?;
    let letter = |text: &String| text.chars().find(|letter| letter.is_alphabetic());
    let given = one.given.first().and_then(letter);
    let family = one.family.as_ref().and_then(letter);
    let letters: String = [given, family].into_iter().flatten().flat_map(char::to_uppercase).collect();
    (!letters.is_empty()).then_some(letters)
}

/// `FAMILY, Given Second`.
pub fn name(person: &Demographics, unknown: &str) -> String {
    let given = person.given.join(" ");
    match (&person.family, given.is_empty(), &person.name_text) {
        (Some(family), false, _) => format!("{}, {given}", family.to_uppercase()),
        (Some(family), true, _) => family.to_uppercase(),
        (None, _, Some(text)) => text.clone(),
        (None, false, None) => given,
        (None, true, None) => unknown.to_owned(),
    }
}

/// Birth date with the age of a living person.
pub fn born(look: &Look, person: &Demographics) -> String {
    let words = look.words();
    let Some(born) = &person.birth_date else { return words.not_recorded().to_owned() };
    match words.age(born, look.today()).filter(|_| person.deceased.is_none()) {
        Some(age) => format!("{} ({age})", look.date(born)),
        None => look.date(born),
    }
}

fn died(look: &Look, person: &Demographics, deceased: &Deceased) -> String {
    let words = look.words();
    let Deceased::On(day) = deceased else { return words.died_undated().to_owned() };
    let age = person.birth_date.as_ref().zip(day.first_day(look.zone())).and_then(|(born, on)| words.age(born, on));
    age.map_or_else(|| look.date(day), |age| format!("{} ({age})", look.date(day)))
}

/// True where two records describe somebody so differently that the reader should look.
fn differs(one: &Demographics, other: &Demographics) -> bool {
    let folded = |text: &Option<String>| text.as_deref().map(str::to_lowercase);
    let both = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && folded(a) != folded(b);
    both(&one.family, &other.family)
        || one.birth_date.is_some() && other.birth_date.is_some() && one.birth_date != other.birth_date
}
