//! How differently two records describe a person: the comparison of `access`, and what of it the banner tells. Pure.

use access::person::likeness::{Facts, Field, Likeness as Compared, Name, compare};
use care_plan::plan::Demographics;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::look::Look;

/// How differently another record describes the person, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Another birth date: perhaps somebody else.
    OtherBirth,
    /// Another gender or name.
    Differs,
    /// The same name in another spelling.
    Spelling,
    /// Nothing to tell.
    Same,
}

/// What a record says about who somebody is: its Patient where that was read, which also holds the former names.
pub fn facts(look: &Look, person: &Demographics) -> Facts {
    match look.snapshot().resource(&person.key) {
        Some(patient) => Facts::of(&patient.read()),
        None => of_demographics(person),
    }
}

/// What the plan keeps of a Patient.
fn of_demographics(person: &Demographics) -> Facts {
    let family = person.family.clone().or_else(|| person.name_text.clone().filter(|_| person.given.is_empty()));
    let name = Name { family, given: person.given.clone() };
    Facts {
        names: vec![name].into_iter().filter(|name| *name != Name::default()).collect(),
        birth_date: person.birth_date.as_ref().map(ToString::to_string),
        sex: person.gender.clone(),
    }
}

/// Says what the banner tells of a comparison. A question before joining is strict, and also asks where a record says
/// nothing (`access::person::likeness`); the banner only tells what both say, or every short record would raise an alarm.
pub fn likeness(own: &Facts, other: &Facts) -> Likeness {
    let both_say = |field: &Field| both_say(own, other, *field);
    match compare(own, other) {
        Compared::Different(fields) => {
            let told: Vec<Field> = fields.into_iter().filter(both_say).collect();
            match told.as_slice() {
                [] => spelling(own, other),
                told if told.contains(&Field::BirthDate) => Likeness::OtherBirth,
                _ => Likeness::Differs,
            }
        }
        Compared::SpellingDiffers(_) | Compared::Same => spelling(own, other),
    }
}

/// True where both records say something of a field: what one leaves out is no difference to tell.
fn both_say(own: &Facts, other: &Facts, field: Field) -> bool {
    match field {
        Field::Family => has(own, |name| name.family.is_some()) && has(other, |name| name.family.is_some()),
        Field::Given => has(own, |name| !name.given.is_empty()) && has(other, |name| !name.given.is_empty()),
        Field::BirthDate => own.birth_date.is_some() && other.birth_date.is_some(),
        Field::Sex => true,
    }
}

/// True where a record holds a name like this.
fn has(facts: &Facts, like: impl Fn(&Name) -> bool) -> bool {
    facts.names.iter().any(like)
}

/// Another spelling of the names is told, but not by case, for the banner writes family names in capitals.
fn spelling(own: &Facts, other: &Facts) -> Likeness {
    let lower = |facts: &Facts| {
        let lower = |name: &Name| {
            let given = name.given.iter().map(|given| given.trim().to_lowercase()).collect();
            Name { family: name.family.as_deref().map(|family| family.trim().to_lowercase()), given }
        };
        Facts { names: facts.names.iter().map(lower).collect(), ..Facts::default() }
    };
    match compare(&lower(own), &lower(other)) {
        Compared::SpellingDiffers(fields) if fields.iter().any(|field| both_say(own, other, *field)) => {
            Likeness::Spelling
        }
        Compared::SpellingDiffers(_) | Compared::Same | Compared::Different(_) => Likeness::Same,
    }
}

/// The text without case and accents, for finding and comparing.
pub fn plain(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(family: &str, given: &str, born: &str, gender: &str) -> Facts {
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let given = said(given).into_iter().collect();
        let names = vec![Name { family: said(family), given }];
        Facts { names, birth_date: said(born), sex: said(gender) }
    }

    #[test]
    fn a_difference_is_told_from_a_spelling_and_silence_is_neither() {
        let own = person("Vega-Thornton", "Ana", "1957-05-23", "female");
        for (other, expected) in [
            (person("VEGA-THORNTON", "ana", "1957-05-23", "female"), Likeness::Same),
            (person("Vega Thornton", "Ana", "1957-05", "unknown"), Likeness::Spelling),
            (person("Véga Thornton", "Ana", "", ""), Likeness::Spelling),
            (person("", "Ana", "1957", "female"), Likeness::Same),
            (person("", "", "", ""), Likeness::Same),
            (person("Vega-Thornton", "", "1957-05-23", "female"), Likeness::Same),
            (person("Vega-Thornton", "Bea", "1957-05-23", "female"), Likeness::Differs),
            (person("Thornton", "Ana", "1957-05-23", "female"), Likeness::Differs),
            (person("Vega-Thornton", "Ana", "1957-05-23", "male"), Likeness::Differs),
            (person("Vega Thornton", "Ana", "1957-05-24", "female"), Likeness::OtherBirth),
            (person("Vega-Thornton", "Ana", "1958", "female"), Likeness::OtherBirth),
        ] {
            assert_eq!(likeness(&own, &other), expected, "{other:?}");
        }
    }

    #[test]
    fn a_former_name_is_no_difference() {
        let own = person("Vega", "Ana", "1957-05-23", "female");
        let mut other = person("Thornton", "Ana", "1957-05-23", "female");
        other.names.extend(own.names.clone());
        assert_eq!(likeness(&own, &other), Likeness::Same);
    }
}
