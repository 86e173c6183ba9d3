//! How differently two records describe a person. Pure.

use care_plan::plan::Demographics;
use fhir::FhirDate;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How differently another record describes the person, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Another birth date: perhaps somebody else.
    OtherBirth,
    /// Another gender or family name.
    Differs,
    /// The same family name in another spelling.
    Spelling,
    /// Nothing to tell.
    Same,
}

/// Compares what another record says with what the launch's own says. What one of them does not say is no difference.
pub fn likeness(own: &Demographics, other: &Demographics) -> Likeness {
    let both = |one: &Option<String>, two: &Option<String>, differ: fn(&str, &str) -> bool| {
        one.as_deref().zip(two.as_deref()).is_some_and(|(one, two)| differ(one, two))
    };
    let genders = |one: &str, two: &str| one != two && one != "unknown" && two != "unknown";
    let families = |one: &str, two: &str| fold(one) != fold(two);
    let spellings = |one: &str, two: &str| one.to_lowercase() != two.to_lowercase();
    if own.birth_date.as_ref().zip(other.birth_date.as_ref()).is_some_and(|(one, two)| !same_day(one, two)) {
        Likeness::OtherBirth
    } else if both(&own.gender, &other.gender, genders) || both(&own.family, &other.family, families) {
        Likeness::Differs
    } else if both(&own.family, &other.family, spellings) {
        Likeness::Spelling
    } else {
        Likeness::Same
    }
}

/// True where two dates can be the same day: a year agrees with each of its days.
fn same_day(one: &FhirDate, two: &FhirDate) -> bool {
    let (one, two) = (one.to_string(), two.to_string());
    let length = one.len().min(two.len());
    one.get(..length) == two.get(..length)
}

/// Letters and digits only, without case and accents: `Vega-Thornton` is `vegathornton`, `Núñez` is `nunez`.
fn fold(text: &str) -> String {
    plain(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The text without case and accents, for finding and comparing.
pub fn plain(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use fhir::{ResourceKey, SourceId};

    use super::*;

    fn person(family: &str, born: &str, gender: &str) -> Demographics {
        let source = SourceId::new("a");
        Demographics {
            key: ResourceKey { source: source.clone(), kind: "Patient".to_owned(), id: "p".to_owned() },
            source,
            family: (!family.is_empty()).then(|| family.to_owned()),
            given: Vec::new(),
            name_text: None,
            birth_date: FhirDate::parse(born),
            deceased: None,
            gender: (!gender.is_empty()).then(|| gender.to_owned()),
            record_number: None,
        }
    }

    #[test]
    fn a_difference_is_told_from_a_spelling() {
        let own = person("Vega-Thornton", "1957-05-23", "female");
        for (other, expected) in [
            (person("VEGA-THORNTON", "1957-05-23", "female"), Likeness::Same),
            (person("Vega Thornton", "1957-05", "unknown"), Likeness::Spelling),
            (person("Véga Thornton", "", ""), Likeness::Spelling),
            (person("", "1957", "female"), Likeness::Same),
            (person("Thornton", "1957-05-23", "female"), Likeness::Differs),
            (person("Vega-Thornton", "1957-05-23", "male"), Likeness::Differs),
            (person("Vega-Thornton", "1957-05-32", "female"), Likeness::Same),
            (person("Vega Thornton", "1957-05-24", "female"), Likeness::OtherBirth),
            (person("Vega-Thornton", "1958", "female"), Likeness::OtherBirth),
        ] {
            assert_eq!(likeness(&own, &other), expected, "{other:?}");
        }
    }

    #[test]
    fn names_in_other_scripts_keep_their_letters() {
        assert_eq!(fold("Núñez del Río"), "nunezdelrio");
        assert_ne!(fold("Иванова"), fold("Петрова"));
        assert_ne!(fold("王"), fold("李"));
    }
}
