//! Concepts of forms: in words, by a code, or several in words.

use app::desk::shared_plan::SOURCE;
use app::sections::shared_plan::points_at;
use care_plan::ConsolidatedPlan;
use fhir::ResourceKey;
use shared_plan::plan::{About, Coded, Coding};
use shared_plan::{Foreign, Id};

use crate::shared_plan::Fields;

/// What the field `description` says, with the code that may stand beside it. What was known of the code stays.
pub fn described(fields: &Fields<'_>) -> Coded {
    let coding = match (fields.text("code"), fields.text("system")) {
        (None, None) => None,
        (code, system) => Some(Coding {
            system: system.unwrap_or_default().to_owned(),
            code: code.unwrap_or_default().to_owned(),
            display: None,
            unverified: false,
        }),
    };
    Coded { text: fields.text("description").map(str::to_owned), codings: coding.into_iter().collect() }
}

/// The new concept with what stands in the old one and in no form: displays, further codes.
pub fn kept(new: Coded, old: &Coded) -> Coded {
    let same = |one: &Coding, other: &Coding| (&one.system, &one.code) == (&other.system, &other.code);
    match (new.codings.first(), old.codings.first()) {
        (Some(now), Some(before)) if same(now, before) => Coded { codings: old.codings.clone(), ..new },
        _ => new,
    }
}

/// Concepts in words, divided by commas. One that stands there already stays as it is.
pub fn in_words(text: Option<&str>, old: &[Coded]) -> Vec<Coded> {
    let words = text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
    words
        .map(|word| old.iter().find(|known| known.title() == word).cloned().unwrap_or_else(|| Coded::text(word)))
        .collect()
}

/// A resource of a source as the plan points at it.
pub fn foreign(key: &ResourceKey, display: &str) -> Foreign {
    Foreign {
        source: key.source.to_string(),
        kind: key.kind.clone(),
        id: key.id.clone(),
        version: None,
        display: Some(display.to_owned()),
    }
}

/// The concerns that a form has chosen: each resource of each. What the plan points at and no form shows stays.
pub fn concerns(plan: &ConsolidatedPlan, chosen: &[&str], old: &[About]) -> Vec<About> {
    let shown = |about: &About| {
        let all = plan.concerns.iter().flat_map(|concern| &concern.item.members);
        all.into_iter().any(|member| is_about(about, &member.key))
    };
    let mut about: Vec<About> = old.iter().filter(|about| !shown(about)).cloned().collect();
    for concern in plan.concerns.iter().filter(|concern| chosen.contains(&concern.item.id.0.as_str())) {
        for member in &concern.item.members {
            let known = old.iter().find(|about| is_about(about, &member.key)).cloned();
            let new = known.unwrap_or_else(|| new_about(&member.key, &concern.item.title));
            if !about.contains(&new) {
                about.push(new);
            }
        }
    }
    about
}

/// A concern that was entered here is pointed at as one of ours.
fn new_about(key: &ResourceKey, title: &str) -> About {
    let own = (key.source.as_str() == SOURCE && key.kind == "Condition").then(|| Id::parse(&key.id)).flatten();
    own.map_or_else(|| About::Foreign(foreign(key, title)), About::Concern)
}

fn is_about(about: &About, key: &ResourceKey) -> bool {
    points_at(std::slice::from_ref(about), key)
}

/// True where the plan points at this resource.
pub fn is(foreign: &Foreign, key: &ResourceKey) -> bool {
    foreign.source == key.source.as_str() && foreign.kind == key.kind && foreign.id == key.id
}
