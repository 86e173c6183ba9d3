//! Allergies of each source in the banner. Four states that must never look alike: known, none known, not recorded, not
//! available; and a fifth while a record is being read.

use care_plan::plan::AllergyState;
use care_plan::snapshot::{Record, Status};
use leptos::prelude::*;
use shared_plan::fhir::OWN;

use super::fingerprint::fingerprint;
use super::look::Look;
use super::whose::{Whose, whose};
use crate::parts::SourceBadge;

/// Draws what each connected source says about allergies.
pub fn allergies(look: &Look) -> AnyView {
    let words = look.words();
    let lists = &look.plan().allergies;
    // Allergies are told of a known person only.
    let known = matches!(whose(look), Whose::Known(_));
    // The shared plan keeps no allergies, whoever asks: that says nothing of the person.
    let is_source = |record: &&Record| record.source.id.as_str() != OWN && record.status() != Status::NotConnected;
    let connected = look.records().into_iter().filter(|record| known && is_source(record));
    let rows: Vec<(_, &'static str, String)> = connected
        .map(|record| {
            let source = &record.source.id;
            let pending =
                (record.reads.iter()).any(|read| read.kind == "AllergyIntolerance" && read.status == Status::Pending);
            let pending = pending || record.reads.is_empty() && record.status() == Status::Pending;
            let state = lists.iter().find(|list| &list.source == source).map(|list| &list.state);
            let (class, text) = match state {
                Some(AllergyState::Known(known)) => ("allergy allergy--known", known_words(known)),
                _ if pending => ("allergy allergy--unavailable", words.allergies_reading().to_owned()),
                Some(AllergyState::NoneKnown) => ("allergy allergy--none", words.allergies_none_known().to_owned()),
                Some(AllergyState::NotRecorded) => ("allergy", words.allergies_not_recorded().to_owned()),
                Some(AllergyState::Unavailable) | None => {
                    ("allergy allergy--unavailable", words.allergies_unavailable().to_owned())
                }
            };
            (look.badge(source), class, text)
        })
        .collect();
    let version = fingerprint(&rows);
    let rows =
        rows.into_iter().map(|(badge, class, text)| view! { <li class=class><SourceBadge badge/>" "{text}</li> });
    view! {
        <div class="allergies" id="allergies" data-live="" data-version=version>
            {known.then(|| view! {
                <span class="allergies__label" id="allergies-label">{words.allergies()}</span>
                <ul aria-labelledby="allergies-label">{rows.collect_view()}</ul>
            })}
        </div>
    }
    .into_any()
}

/// Substances with their reactions.
fn known_words(known: &[(String, Option<String>)]) -> String {
    let said = known.iter().map(|(substance, reaction)| match reaction {
        Some(reaction) => format!("{substance} ({reaction})"),
        None => substance.clone(),
    });
    said.collect::<Vec<_>>().join(", ")
}
