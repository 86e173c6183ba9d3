//! A column of the board in its five states: loading, empty, partial, stale (said by the list of sources) and failed.

use leptos::prelude::*;

use super::coverage::{Coverage, coverage};
use super::fingerprint::fingerprint;
use super::look::Look;
use super::show::Show;
use crate::words::Column;

/// The cards of a column and how many there are.
pub struct Cards {
    /// The cards that the filter shows.
    pub shown: Vec<AnyView>,
    /// How many there are in all.
    pub all: usize,
    /// Cards that nothing leads to, drawn apart below the others.
    pub loose: Vec<AnyView>,
}

/// Draws a column: a region named by its heading, with what the sources could not give said in its place.
pub fn column(look: &Look, column: Column, cards: Cards) -> AnyView {
    let words = look.words();
    let coverage = coverage(look.snapshot(), column);
    let Cards { shown, all, loose } = cards;
    let visible = shown.len() + loose.len();
    let key = match column {
        Column::Concerns => "concerns",
        Column::Goals => "goals",
        Column::Interventions => "interventions",
        Column::Outcomes => "outcomes",
    };
    let heading = format!("heading-{key}");
    let loose_count = loose.len();
    let loose = (loose_count > 0).then(|| {
        view! {
            <details class="loose" open=true data-key="loose" data-group="">
                <summary data-key="loose-summary" data-version=loose_count.to_string()>
                    {words.without_goal_or_reason(loose_count)}
                </summary>
                {loose}
            </details>
        }
    });
    let state = state_lines(look, &coverage, visible, all);
    let state_version = fingerprint(&(&state, all, visible));
    view! {
        <section class="column" aria-labelledby=heading data-key=key data-group="">
            <div class="column__head" data-key=format!("{key}-head") data-version=format!("{visible}-{all}")>
                <h2 id=heading.clone()>{words.column(column)}</h2>
                <span class="count">{words.shown_of(visible, all)}</span>
            </div>
            {shown}
            {loose}
            <div class="column__state" data-key=format!("{key}-state") data-version=state_version>
                {state.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            </div>
        </section>
    }
    .into_any()
}

/// What a column says about itself: that it is being read, that it is empty and by whose word, and what is missing.
fn state_lines(look: &Look, coverage: &Coverage, visible: usize, all: usize) -> Vec<String> {
    let words = look.words();
    let mut lines = Vec::new();
    if coverage.pending > 0 {
        lines.push(format!("{}…", words.more_records(coverage.pending)));
    }
    if visible == 0 && all > 0 {
        lines.push(match look.show() {
            _ if !look.sought().is_empty() => words.none_found(all),
            Show::Active | Show::All => words.none_active(all),
            show => words.none_of_filter(show).to_owned(),
        });
    } else if all == 0 && (coverage.asked > 0 || coverage.pending == 0 && coverage.gaps.is_empty()) {
        lines.push(words.none_recorded(coverage.asked));
    }
    // What a whole source lacks is said once at the top of the board; a column without cards says it again.
    let gaps = coverage.gaps.iter().filter(|gap| all == 0 || !gap.whole);
    lines.extend(gaps.map(|gap| words.lacks(&gap.name, &words.read_state(&gap.status))));
    lines
}
