//! Two records that may be one person's, side by side. What differs is said in words.

use access::person::likeness::{Facts, Likeness, compare};
use leptos::prelude::*;

use super::look::Look;
use crate::parts::SourceBadge;
use crate::who::{Described, PersonQuestion};

/// Draws the comparison: a row for each thing that tells one human from another, the word of the comparison last.
pub fn side_by_side(look: &Look, question: &PersonQuestion) -> AnyView {
    let words = look.words();
    let (own, other) = (&question.own, &question.other);
    let head = |described: &Described| {
        let badge = look.badge(&described.source.id);
        view! { <th scope="col"><SourceBadge badge/>" "<span aria-hidden="true">{described.source.name.clone()}</span></th> }
    };
    let row = |label: &'static str, of: &dyn Fn(&Described) -> Vec<String>, told: Option<(Likeness, String)>| {
        let class = match &told {
            Some((Likeness::Same, _)) | None => "",
            Some((Likeness::SpellingDiffers(_) | Likeness::Different(_), _)) => "differs",
        };
        let cell = |described: &Described| {
            let lines = of(described);
            let lines = if lines.is_empty() { vec![words.not_recorded().to_owned()] } else { lines };
            let lines = lines.into_iter().map(|line| view! { <span class="side__line">{line}</span> });
            view! { <td data-label=described.source.name.clone()>{lines.collect_view()}</td> }
        };
        let told = told.map_or_else(|| words.not_compared_row().to_owned(), |(_, told)| told);
        view! {
            <tr class=class>
                <th scope="row">{label}</th>
                {cell(own)}
                {cell(other)}
                <td data-label=words.compared_column()>{told}</td>
            </tr>
        }
    };
    let names = |described: &Described| -> Vec<String> {
        let name = |(text, used_as): &(String, Option<String>)| match words.name_use(used_as.as_deref()) {
            Some(used_as) => format!("{text} ({used_as})"),
            None => text.clone(),
        };
        described.names.iter().map(name).collect()
    };
    let born = |described: &Described| described.birth_date.iter().map(|born| look.date(born)).collect();
    let gender = |described: &Described| described.sex.iter().map(|code| words.gender(Some(code))).collect();
    let numbers =
        |described: &Described| described.identifiers.iter().map(|(kind, ending)| words.number(kind, ending)).collect();
    let cities = |described: &Described| described.cities.clone();
    let only_names = |facts: &Facts| Facts { names: facts.names.clone(), ..Facts::default() };
    let only_birth = |facts: &Facts| Facts { birth_date: facts.birth_date.clone(), ..Facts::default() };
    let only_sex = |facts: &Facts| Facts { sex: facts.sex.clone(), ..Facts::default() };
    let told = |only: &dyn Fn(&Facts) -> Facts, several: bool| {
        let (one, two) = (only(&own.facts), only(&other.facts));
        let found = compare(&one, &two);
        let silent = one == Facts::default() || two == Facts::default();
        let word = if silent { words.not_compared().to_owned() } else { words.compared(&found, several) };
        Some((found, word))
    };
    view! {
        <table class="side" aria-label=words.confirm_table()>
            <thead>
                <tr>
                    <th scope="col">{words.what_column()}</th>
                    {head(own)}
                    {head(other)}
                    <th scope="col">{words.compared_column()}</th>
                </tr>
            </thead>
            <tbody>
                {row(words.names_row(), &names, told(&only_names, true))}
                {row(words.birth_row(), &born, told(&only_birth, false))}
                {row(words.gender_label(), &gender, told(&only_sex, false))}
                {row(words.numbers_row(), &numbers, None)}
                {row(words.city_row(), &cities, None)}
            </tbody>
        </table>
    }
    .into_any()
}
