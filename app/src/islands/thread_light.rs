//! Which cards are lit, and which step back.

use std::collections::{BTreeMap, BTreeSet};

use web_sys::Element;

use super::page::all;
use super::thread_lines::{clear, draw};

/// Lights the thread of an item, or nothing; gives the number of cards lit.
pub fn light(chosen: Option<String>) -> usize {
    let cards: BTreeMap<String, Element> = all("#board article[data-key]")
        .into_iter()
        .filter_map(|card| Some((card.get_attribute("data-key")?, card)))
        .collect();
    let chosen = chosen.filter(|chosen| cards.contains_key(chosen));
    let thread = chosen.as_ref().map(|chosen| thread(&cards, chosen));
    for (key, card) in &cards {
        let on = thread.as_ref().is_some_and(|thread| thread.contains(key));
        let is_chosen = chosen.as_ref() == Some(key);
        for (class, wanted) in [("card--on", on), ("card--off", thread.is_some() && !on), ("card--chosen", is_chosen)] {
            let _ = card.class_list().toggle_with_force(class, wanted);
        }
        if let Ok(Some(link)) = card.query_selector("a[data-light]") {
            let _ = if is_chosen {
                link.set_attribute("aria-current", "true")
            } else {
                link.remove_attribute("aria-current")
            };
        }
    }
    clear();
    for (from, to, inferred) in links(&cards) {
        if let Some(thread) = &thread
            && thread.contains(&from)
            && thread.contains(&to)
        {
            draw(&cards[&from], &cards[&to], inferred);
        }
    }
    thread.map_or(0, |thread| thread.len())
}

/// Links between cards that are on the board: from, to, and whether it is inferred.
fn links(cards: &BTreeMap<String, Element>) -> Vec<(String, String, bool)> {
    let mut links = Vec::new();
    for (from, card) in cards {
        for (attribute, inferred) in [("data-to", false), ("data-to-inferred", true)] {
            let ends = card.get_attribute(attribute).unwrap_or_default();
            let ends = ends.split_whitespace().filter(|to| cards.contains_key(*to));
            links.extend(ends.map(|to| (from.clone(), to.to_owned(), inferred)));
        }
    }
    links
}

/// Up against the links, then down along them, as the plan's own thread: two goals of one concern do not light each
/// other's interventions.
fn thread(cards: &BTreeMap<String, Element>, chosen: &str) -> BTreeSet<String> {
    let links = links(cards);
    let mut lit = BTreeSet::from([chosen.to_owned()]);
    for up in [true, false] {
        let mut seen = BTreeSet::from([chosen.to_owned()]);
        let mut open = vec![chosen.to_owned()];
        while let Some(at) = open.pop() {
            for (from, to, _) in &links {
                let (here, there) = if up { (to, from) } else { (from, to) };
                if *here == at && seen.insert(there.clone()) {
                    lit.insert(there.clone());
                    open.push(there.clone());
                }
            }
        }
    }
    lit
}
