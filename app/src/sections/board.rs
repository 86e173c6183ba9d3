//! The board: four columns, and what they lack.

use std::collections::BTreeSet;

use care_plan::plan::{Intervention, Item, ItemId};
use leptos::prelude::*;

use super::column::{Cards, column};
use super::concern_card::concern_card;
use super::current::{IsCurrent, is_current};
use super::filters::filter_notice;
use super::fingerprint::fingerprint;
use super::goal_card::goal_card;
use super::intervention_card::intervention_card;
use super::look::{Lit, Look};
use super::outcome_card::outcome_card;
use super::person::initials;
use super::shared_plan::door_line;
use super::show::Show;
use super::sought::Searched;
use super::withheld::withheld;
use crate::words::Column;

/// Draws the board. It stands in the page and is drawn again, alone, when the reading goes on.
///
/// Before it is known whose plan this is, there is nothing on it but why.
pub fn board(look: &Look) -> AnyView {
    let content = withheld(look).unwrap_or_else(|| columns(look));
    let picture = look.picture();
    let title = look.words().title(look.words().care_plan(), initials(look).as_deref());
    view! {
        <div
            class="board"
            id="board"
            data-live=""
            data-revision=picture.revision.to_string()
            data-pending=picture.pending.to_string()
            data-title=title
        >
            {content}
        </div>
    }
    .into_any()
}

fn columns(look: &Look) -> AnyView {
    let plan = look.plan();
    let concerns = Cards {
        shown: current(look, &plan.concerns, |concern| &concern.item, concern_card),
        all: plan.concerns.len(),
        loose: Vec::new(),
    };
    let goals = Cards {
        shown: current(look, &plan.goals, |goal| &goal.item, goal_card),
        all: plan.goals.len(),
        loose: Vec::new(),
    };
    let reached: BTreeSet<&ItemId> = plan.links.iter().map(|link| &link.to).collect();
    let (placed, loose): (Vec<&Intervention>, Vec<&Intervention>) = plan
        .interventions
        .iter()
        .partition(|intervention| reached.contains(&intervention.item.id) || !intervention.reasons.is_empty());
    let interventions = Cards {
        shown: current(look, placed, |intervention| &intervention.item, intervention_card),
        all: plan.interventions.len(),
        loose: current(look, loose, |intervention| &intervention.item, intervention_card),
    };
    let outcomes = Cards {
        shown: current(look, &plan.outcomes, |outcome| &outcome.item, outcome_card),
        all: plan.outcomes.len(),
        loose: Vec::new(),
    };
    let columns = [&concerns, &goals, &interventions, &outcomes];
    let shown = columns.iter().map(|cards| cards.shown.len() + cards.loose.len()).sum();
    let filtered = filter_notice(look, shown, columns.iter().map(|cards| cards.all).sum());
    view! {
        {notice(look)}
        {filtered}
        {column(look, Column::Concerns, concerns)}
        {column(look, Column::Goals, goals)}
        {column(look, Column::Interventions, interventions)}
        {column(look, Column::Outcomes, outcomes)}
    }
    .into_any()
}

/// Draws the cards that the filters show; a lit item is always shown.
fn current<'a, T: IsCurrent + Searched + 'a>(
    look: &Look,
    items: impl IntoIterator<Item = &'a T>,
    item: fn(&T) -> &Item,
    draw: fn(&Look, &T) -> AnyView,
) -> Vec<AnyView> {
    let (today, zone) = (look.today(), look.zone());
    let of_status = |it: &T| match look.show() {
        Show::All => true,
        Show::Active => is_current(it, today, zone),
        show => show.wants(look, &item(it).id),
    };
    let shown = |it: &&T| look.lit(&item(it).id) == Lit::Chosen || of_status(it) && look.finds(*it);
    items.into_iter().filter(shown).map(|it| draw(look, it)).collect()
}

/// Says at the top what is missing from the board, and offers the rest to readers without script.
pub(crate) fn notice(look: &Look) -> AnyView {
    let words = look.words();
    let records = look.records();
    let lines: Vec<String> =
        records.iter().filter_map(|record| words.missing_record(&record.source.name, &record.status())).collect();
    let problems: usize = records.iter().map(|record| record.problems.len()).sum();
    let pending = look.picture().pending;
    let version = fingerprint(&(&lines, problems, pending));
    let missing = (!lines.is_empty() || problems > 0).then(|| {
        let problems = (problems > 0).then(|| words.problems(problems) + ".");
        view! {
            <div class="notice notice--bad" role="group" aria-labelledby="not-whole">
                <h2 id="not-whole">{words.not_whole()}</h2>
                <ul>{lines.into_iter().chain(problems).map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                <a href=look.path("sources")>{words.see_sources()}</a>
            </div>
        }
    });
    let more = (pending > 0).then(|| {
        view! { <p class="notice">{words.more_records(pending)}". "<a href="">{words.reload()}</a></p> }
    });
    let door = look.shared_plan().leads_somewhere().then(|| door_line(look));
    view! { <div class="board__notice" data-key="notice" data-version=version>{missing}{more}{door}</div> }.into_any()
}
