//! The trend of a goal's measure, with the same numbers as a table, and the goal's notes.

use care_plan::plan::{Goal, Note, Outcome};
use leptos::prelude::*;

use super::achievement::reason;
use super::goal_card::outcome_of;
use super::look::Look;
use super::measure::{measured, standing, told};
use super::targets::bands;
use super::wide_chart::wide_chart;
use crate::parts::{SourceBadge, StatusChip};

/// Draws the trend, large, then its numbers, newest first.
pub fn goal_trend(look: &Look, goal: &Goal) -> AnyView {
    let words = look.words();
    let bands = bands(goal);
    let outcome = outcome_of(look, goal);
    let drawn = outcome.map(|outcome| {
        let stands = standing(outcome, &bands, words).map(|(text, tone)| view! { <StatusChip text tone/> });
        let large = wide_chart(look, goal, outcome);
        view! {
            <h3>{outcome.item.title.clone()}</h3>
            {measured(look, outcome, &bands, None)}
            <p>{stands}</p>
            {reason(look, goal)}
            {large}
            <details><summary>{words.numbers()}</summary>{numbers(look, outcome)}</details>
        }
    });
    let empty = outcome.is_none().then(|| view! { <p class="muted">{words.no_readings()}</p> });
    view! {
        <section class="panel" id="goal-trend" aria-labelledby="trend-heading">
            <h2 id="trend-heading">{words.trend_heading()}</h2>
            {drawn}
            {empty}
        </section>
    }
    .into_any()
}

fn numbers(look: &Look, outcome: &Outcome) -> AnyView {
    let words = look.words();
    let rows = outcome.readings.iter().rev().map(|reading| {
        let when = reading.when.as_ref().map_or_else(|| words.not_recorded().to_owned(), |when| look.date(when));
        let judged = reading.interpretation.as_deref().map(|text| words.interpretation(text).0);
        // Taken back or never made: kept in the table, told, and not drawn.
        let void = (!reading.stands()).then(|| words.status(reading.status.as_deref()).0);
        let copy = reading.duplicate_of.as_ref().map(|of| words.same_reading(&look.badge(&of.source).name));
        view! {
            <tr>
                <td class="day">{when}</td>
                <td class="figure">{told(reading, words)}" "{judged}" "{void}" "{copy}" "{reading.method.clone()}</td>
                <td><SourceBadge badge=look.badge(&reading.key.source)/></td>
            </tr>
        }
    });
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{words.when_column()}</th>
                    <th scope="col">{words.value_column()}</th>
                    <th scope="col">{words.source_column()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Draws notes, newest first.
pub fn notes(look: &Look, notes: &[Note]) -> AnyView {
    let words = look.words();
    let rows = notes.iter().map(|note| {
        let said: Vec<String> =
            [note.author.clone(), note.when.as_ref().map(|when| look.date(when))].into_iter().flatten().collect();
        view! {
            <li>
                <p class="note">{note.text.clone()}</p>
                <p class="muted"><SourceBadge badge=look.badge(&note.source)/>" "{said.join(", ")}</p>
            </li>
        }
    });
    let empty = notes.is_empty().then(|| view! { <p class="muted">{words.no_notes()}</p> });
    view! {
        <section class="panel" id="goal-notes" aria-labelledby="notes-heading">
            <h2 id="notes-heading">{words.notes()}</h2>
            {empty}
            <ul class="notes">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}
