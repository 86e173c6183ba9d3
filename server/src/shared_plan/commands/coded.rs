//! Concepts of forms: in words, by a code, or several in words.

use app::sections::shared_plan::{listed, one_line};
use fhir::ResourceKey;
use shared_plan::Foreign;
use shared_plan::plan::{Coded, Coding};

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

/// Concepts in words, divided by commas. `known` are lists that a form may have been drawn with: one that nobody touched
/// stays as it is, and a title of one stays whole, whatever commas it has.
pub fn in_words(text: Option<&str>, known: &[&[Coded]]) -> Vec<Coded> {
    let text = one_line(text.unwrap_or_default());
    if let Some(drawn) = known.iter().find(|list| listed(list) == text) {
        return drawn.to_vec();
    }
    let mut titles: Vec<(String, &Coded)> =
        known.iter().copied().flatten().map(|coded| (one_line(coded.title()), coded)).collect();
    // "Nurse, diabetes" before "Nurse".
    titles.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
    let is_next = |rest: &str, title: &str| {
        let after = rest.strip_prefix(title).filter(|_| !title.is_empty()).map(str::trim_start);
        after.is_some_and(|after| after.is_empty() || after.starts_with(','))
    };
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let whole = titles.iter().find(|(title, _)| is_next(rest, title));
        let length = whole.map_or_else(|| rest.find(',').unwrap_or(rest.len()), |(title, _)| title.len());
        let (word, after) = rest.split_at(length);
        match whole {
            Some((_, coded)) => found.push((*coded).clone()),
            None if word.trim().is_empty() => {}
            None => found.push(Coded::text(word.trim())),
        }
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(title: &str) -> Coded {
        let coding = Coding {
            system: "http://snomed.info/sct".to_owned(),
            code: format!("{}", title.len()),
            display: Some(title.to_owned()),
            unverified: false,
        };
        Coded { text: None, codings: vec![coding] }
    }

    #[test]
    fn a_coded_role_with_a_comma_was_torn_apart_by_any_edit() {
        let roles = [coded("Nurse"), coded("Nurse, diabetes"), coded("Physician, internal medicine")];
        let drawn = listed(&roles);
        assert_eq!(in_words(Some(&drawn), &[&roles]), roles, "nobody touched it");
        let more = format!("{drawn}, driver");
        assert_eq!(in_words(Some(&more), &[&roles]), [&roles[..], &[Coded::text("driver")]].concat());
        let fewer = "Physician, internal medicine ,Nurse, diabetes";
        assert_eq!(in_words(Some(fewer), &[&roles]), [roles[2].clone(), roles[1].clone()]);
        // What only begins like one of them is in the user's own words.
        let other = [Coded::text("Nurses"), Coded::text("Physician"), Coded::text("retired")];
        assert_eq!(in_words(Some(" Nurses,, Physician, retired"), &[&roles]), other);
        assert_eq!(in_words(None, &[&roles]), []);
    }

    #[test]
    fn a_title_of_several_lines_became_words_when_a_browser_made_one_of_it() {
        let categories = [coded("Chronic\ndisease,  long"), coded("Heart")];
        let sent = "Chronic disease, long, Heart";
        assert_eq!(listed(&categories), sent);
        assert_eq!(in_words(Some(sent), &[&categories]), categories);
        assert_eq!(in_words(Some("Chronic disease, long"), &[&categories]), categories[..1]);
    }
}
