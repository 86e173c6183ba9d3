//! How alike two Patients are.

use serde_json::Value;

use super::Grade;
use crate::search::fold;

/// A score from here on is probable, if nothing contradicts.
const PROBABLE: u8 = 65;
/// A score from here on is worth a look.
const POSSIBLE: u8 = 40;

/// Compares the one described with somebody who is here; `None` where they have too little in common to be told.
pub(super) fn compare(asked: &Value, here: &Value) -> Option<(Grade, u8)> {
    let born = birth_date(asked, here);
    if shares_identifier(asked, here) {
        // A number under another birth date was mistyped, or was given to somebody else.
        return Some(if born == Likeness::Different { (Grade::Probable, PROBABLE) } else { (Grade::Certain, 100) });
    }
    let sex = sex(asked, here);
    let names = names(asked).into_iter().flat_map(|asked| names(here).into_iter().map(move |here| asked.like(&here)));
    let best = names.max_by_key(|(family, given)| family.worth(30, 15) + given.worth(25, 10));
    let (family, given) = best.unwrap_or((Likeness::NotSaid, Likeness::NotSaid));
    if [family, given, born, sex].iter().all(|part| *part == Likeness::Same) {
        return Some((Grade::Certain, 99));
    }
    let score = family.worth(30, 15) + given.worth(25, 10) + born.worth(35, 15) + sex.worth(10, 0);
    let contradicted = born == Likeness::Different || given == Likeness::Different;
    match score {
        PROBABLE.. if !contradicted => Some((Grade::Probable, score)),
        POSSIBLE.. => Some((Grade::Possible, score.min(PROBABLE - 1))),
        _ => None,
    }
}

/// How one statement compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Same,
    Near,
    Different,
    NotSaid,
}

impl Likeness {
    fn worth(self, same: u8, near: u8) -> u8 {
        match self {
            Self::Same => same,
            Self::Near => near,
            Self::Different | Self::NotSaid => 0,
        }
    }
}

/// A name as words, without case, accents and punctuation.
struct Name {
    family: Vec<String>,
    given: Vec<String>,
}

impl Name {
    fn like(&self, other: &Self) -> (Likeness, Likeness) {
        let shared = |a: &String, b: &String| a.len() > 2 && a == b;
        let begun = |a: &String, b: &String| a.starts_with(b.as_str()) || b.starts_with(a.as_str());
        (alike(&self.family, &other.family, shared), alike(&self.given, &other.given, begun))
    }
}

fn alike(asked: &[String], here: &[String], near: impl Fn(&String, &String) -> bool) -> Likeness {
    if asked.is_empty() || here.is_empty() {
        Likeness::NotSaid
    } else if asked == here {
        Likeness::Same
    } else if asked.iter().any(|asked| here.iter().any(|here| near(asked, here))) {
        Likeness::Near
    } else {
        Likeness::Different
    }
}

fn names(patient: &Value) -> Vec<Name> {
    let list = patient.get("name").and_then(Value::as_array).into_iter().flatten();
    let words_of = |value: Option<&Value>| words(value.and_then(Value::as_str).unwrap_or_default());
    list.map(|name| {
        let given = name.get("given").and_then(Value::as_array).into_iter().flatten();
        Name {
            family: words_of(name.get("family")),
            given: given.flat_map(|given| words(given.as_str().unwrap_or_default())).collect(),
        }
    })
    .collect()
}

fn words(text: &str) -> Vec<String> {
    let text = fold(text);
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A date without day or month is near every date that it covers.
fn birth_date(asked: &Value, here: &Value) -> Likeness {
    let date = |patient: &Value| patient.get("birthDate").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (asked, here) = (date(asked), date(here));
    if asked.is_empty() || here.is_empty() {
        Likeness::NotSaid
    } else if asked == here && asked.len() == "2000-01-01".len() {
        Likeness::Same
    } else if asked.starts_with(&here) || here.starts_with(&asked) {
        Likeness::Near
    } else {
        Likeness::Different
    }
}

fn sex(asked: &Value, here: &Value) -> Likeness {
    let said = |patient: &Value| {
        let gender = patient.get("gender").and_then(Value::as_str).filter(|gender| *gender != "unknown");
        gender.map(str::to_owned)
    };
    match (said(asked), said(here)) {
        (Some(asked), Some(here)) if asked == here => Likeness::Same,
        (Some(_), Some(_)) => Likeness::Different,
        _ => Likeness::NotSaid,
    }
}

/// True where both bear an identifier with the same system and value; a value alone says nothing.
fn shares_identifier(asked: &Value, here: &Value) -> bool {
    let pairs = |patient: &Value| -> Vec<(String, String)> {
        let list = patient.get("identifier").and_then(Value::as_array).into_iter().flatten();
        let text = |identifier: &Value, field: &str| {
            identifier.get(field).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        list.filter_map(|identifier| Some((text(identifier, "system")?, text(identifier, "value")?))).collect()
    };
    let here = pairs(here);
    pairs(asked).iter().any(|pair| here.contains(pair))
}
