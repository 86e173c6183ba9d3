//! Who the plan is about: the patient banner (order, case and pattern as the NHS CUI guides found safe).

use access::PersonSummary;
use care_plan::plan::{Deceased, Demographics};
use leptos::prelude::*;

use super::fingerprint::fingerprint;
use super::likeness::{Likeness, facts, likeness};
use super::look::Look;
use super::whose::{Whose, whose};
use crate::words::Reader;

/// Draws the person as the launch's own source describes them: FAMILY, Given; born with age, or died with age at death;
/// gender; record number with its source. Below it what other records say differently.
pub fn person(look: &Look) -> AnyView {
    let words = look.words();
    let people = look.people();
    let whose = whose(look);
    let version = fingerprint(&(&people, &whose, look.today()));
    let one = match whose {
        Whose::Known(person) => person,
        Whose::Replaced(source) => {
            return nobody(version, words.person_unknown(), words.withheld_replaced(&source.name));
        }
        Whose::Pending => return nobody(version, words.person_unknown(), words.person_reading().to_owned()),
        Whose::Unknown { source, status } => {
            let name = source.map_or(look.home().as_str(), |source| &source.name);
            return nobody(version, words.person_not_known(), words.lacks(name, &words.no_patient(&status)));
        }
    };
    let fact = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let number_label = match look.reader() {
        Reader::Professional => words.record_number(),
        Reader::Person => words.own_record_number(),
    };
    let number = one
        .record_number
        .clone()
        .map(|number| fact(number_label, format!("{number} ({})", look.badge(&one.source).tag)));
    let own = facts(look, one);
    let compared = |other: &Demographics| likeness(&own, &facts(look, other));
    let others: Vec<(Likeness, &Demographics)> =
        people.iter().filter(|other| other.key != one.key).map(|other| (compared(other), *other)).collect();
    let told = |wanted: Likeness, tell: &dyn Fn(&Demographics) -> String| {
        let told: Vec<String> =
            others.iter().filter(|(likeness, _)| *likeness == wanted).map(|(_, other)| tell(other)).collect();
        (!told.is_empty()).then(|| told.join("; "))
    };
    let with_source = |other: &Demographics, text: String| format!("{}: {text}", look.badge(&other.source).name);
    let name_of = |other: &Demographics| name(other, words.person_unknown());
    let births = told(Likeness::OtherBirth, &|other| {
        with_source(other, format!("{}, {} {}", name_of(other), words.born(), born(look, other)))
    });
    let births = births.map(|others| {
        let own = with_source(one, format!("{} {}", words.born(), born(look, one)));
        view! { <p class="person__alarm"><strong>{words.other_birth()}</strong>" "{own}"; "{others}". "{words.other_birth_do()}</p> }
    });
    let differing = told(Likeness::Differs, &|other| {
        let gender = (other.gender != one.gender).then(|| words.gender(other.gender.as_deref()));
        with_source(other, [Some(name_of(other)), gender].into_iter().flatten().collect::<Vec<_>>().join(", "))
    });
    let differing =
        differing.map(|others| view! { <p class="person__also">{format!("{}: {others}", words.also())}</p> });
    let spelled = told(Likeness::Spelling, &|other| with_source(other, name_of(other)));
    let spelled =
        spelled.map(|others| view! { <p class="person__spelled">{format!("{}: {others}", words.also())}</p> });
    view! {
        <div class=if one.deceased.is_some() { "person person--died" } else { "person" } id="person" data-live="" data-version=version>
            <p class="person__name">{name(one, words.person_unknown())}</p>
            <dl class="person__facts">
                {fact(words.born(), born(look, one))}
                {one.deceased.as_ref().map(|deceased| fact(words.died(), died(look, one, deceased)))}
                {fact(words.gender_label(), words.gender(one.gender.as_deref()))}
                {number}
            </dl>
            {births}
            {differing}
            {spelled}
        </div>
    }
    .into_any()
}

/// The banner without a person.
fn nobody(version: String, name: &'static str, why: String) -> AnyView {
    view! {
        <div class="person" id="person" data-live="" data-version=version>
            <p class="person__name">{name}</p>
            <p class="muted">{why}</p>
        </div>
    }
    .into_any()
}

/// Initials, given names first: all that a page's title says of the person. Letters only.
pub fn initials(look: &Look) -> Option<String> {
    let Whose::Known(one) = whose(look) else { return None };
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

/// What a panel keeps of a person: who they are, and nothing about their health.
pub fn summary(person: &Demographics) -> PersonSummary {
    PersonSummary {
        name: name(person, ""),
        birth_date: person.birth_date.as_ref().map(ToString::to_string),
        sex: person.gender.clone(),
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
