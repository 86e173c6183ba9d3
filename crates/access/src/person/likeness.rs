//! Are two records about one human? A comparison of what they say; it never joins by itself.
//!
//! Two people with one name and one birthday exist in every large practice, and one person is spelled in five ways. So
//! the answer only decides what is asked: *same* needs no question where the source's own grant or match is the proof,
//! a *difference* always means an explicit question with both records shown (smart-launch P9).

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a record says about who a human is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Every name the record holds, former ones too: a maiden name at one source is not another person.
    pub names: Vec<Name>,
    /// FHIR date, partial where the source knows no more (`1957`, `1957-03`).
    pub birth_date: Option<String>,
    /// FHIR administrative gender; `unknown` says nothing.
    pub sex: Option<String>,
}

/// One name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// `family`
    pub family: Option<String>,
    /// `given`, first and middle names.
    pub given: Vec<String>,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Family name.
    Family,
    /// Given names.
    Given,
    /// Birth date.
    BirthDate,
    /// Administrative gender.
    Sex,
}

/// How alike two records are in who they are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// They say the same. Two records that say nothing say the same, which proves nothing.
    Same,
    /// They agree as far as both say: case, accents, hyphens, spaces, order and number of given names, a partial date.
    SpellingDiffers(Vec<Field>),
    /// They disagree, or the family name or birth date of one cannot be compared.
    Different(Vec<Field>),
}

/// Compares two records. Symmetric; every record is the same as itself.
pub fn compare(one: &Facts, other: &Facts) -> Likeness {
    let (family, given) = names(&one.names, &other.names);
    let found = [
        (Field::Family, family),
        (Field::Given, given),
        (Field::BirthDate, birth_dates(one.birth_date.as_deref(), other.birth_date.as_deref())),
        (Field::Sex, sexes(one.sex.as_deref(), other.sex.as_deref())),
    ];
    let those = |agreement| found.iter().filter(|(_, found)| *found == agreement).map(|(field, _)| *field).collect();
    match found.iter().map(|(_, agreement)| *agreement).max() {
        Some(Agreement::None) => Likeness::Different(those(Agreement::None)),
        Some(Agreement::Spelling) => Likeness::SpellingDiffers(those(Agreement::Spelling)),
        Some(Agreement::Full) | None => Likeness::Same,
    }
}

/// From best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    Full,
    Spelling,
    None,
}

/// The two names that fit best, one of each record.
fn names(one: &[Name], other: &[Name]) -> (Agreement, Agreement) {
    let nothing = [Name::default()];
    let one = if one.is_empty() { &nothing } else { one };
    let other = if other.is_empty() { &nothing } else { other };
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (families(a, b), givens(a, b))));
    pairs
        .min_by_key(|(family, given)| (*family.max(given), *family, *given))
        .unwrap_or((Agreement::None, Agreement::None))
}

fn families(one: &Name, other: &Name) -> Agreement {
    let text = |name: &Name| name.family.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let (one, other) = (text(one), text(other));
    if one == other {
        return Agreement::Full;
    }
    let same = |fold: fn(&str) -> String| !fold(&one).is_empty() && fold(&one) == fold(&other);
    if same(bare) || same(spelled_out) { Agreement::Spelling } else { Agreement::None }
}

fn givens(one: &Name, other: &Name) -> Agreement {
    if one.given == other.given {
        return Agreement::Full;
    }
    let alike = |fold: fn(&str) -> String| {
        let (one, other) = (parts(one, fold), parts(other, fold));
        let (only_one, only_other) = (without(&one, &other), without(&other, &one));
        // "Annemarie" and "Anne-Marie".
        one.concat() == other.concat() || covered(&only_one, &only_other) || covered(&only_other, &only_one)
    };
    if alike(bare) || alike(spelled_out) { Agreement::Spelling } else { Agreement::None }
}

fn parts(name: &Name, fold: fn(&str) -> String) -> Vec<String> {
    let words =
        name.given.iter().flat_map(|given| given.split(|letter: char| letter.is_whitespace() || is_dash(letter)));
    words.map(fold).filter(|part| !part.is_empty()).collect()
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '.')
}

/// What one has and the other has not, each as often as it is there.
fn without(one: &[String], other: &[String]) -> Vec<String> {
    let mut other = other.to_vec();
    let left = one.iter().filter(|part| match other.iter().position(|found| found == *part) {
        Some(at) => {
            other.swap_remove(at);
            false
        }
        None => true,
    });
    left.cloned().collect()
}

/// True where what is left of one record are initials of what is left of the other: a source that knows no middle name
/// does not say that there is none.
fn covered(left: &[String], other: &[String]) -> bool {
    let mut other = other.to_vec();
    left.iter().all(|part| {
        let initial = part.chars().count() == 1;
        let found = other.iter().position(|whole| initial && whole.starts_with(part.as_str()));
        found.map(|at| other.swap_remove(at)).is_some()
    })
}

fn birth_dates(one: Option<&str>, other: Option<&str>) -> Agreement {
    let (one, other) = (one.map(str::trim).unwrap_or_default(), other.map(str::trim).unwrap_or_default());
    if one == other {
        return Agreement::Full;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let begins = matches!(short.len(), 4 | 7) && long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    if begins && (long.len() == 7 || long.parse::<Date>().is_ok()) { Agreement::Spelling } else { Agreement::None }
}

fn sexes(one: Option<&str>, other: Option<&str>) -> Agreement {
    let said =
        |sex: Option<&str>| sex.map(|sex| sex.trim().to_lowercase()).filter(|sex| !sex.is_empty() && sex != "unknown");
    match (said(one), said(other)) {
        (one, other) if one == other => Agreement::Full,
        (Some(_), Some(_)) => Agreement::None,
        _ => Agreement::Spelling,
    }
}

/// Letters and digits only, without case and accents: "Müller" and "MULLER".
fn bare(text: &str) -> String {
    let lower: String = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    let mut bare = String::new();
    // Lower case may bring marks of its own.
    for letter in lower.nfkd().filter(|letter| letter.is_alphanumeric() && !is_combining_mark(*letter)) {
        match letter {
            'ß' => bare.push_str("ss"),
            'æ' => bare.push_str("ae"),
            'œ' => bare.push_str("oe"),
            'ø' => bare.push('o'),
            'ł' => bare.push('l'),
            'đ' | 'ð' => bare.push('d'),
            'þ' => bare.push_str("th"),
            'ı' => bare.push('i'),
            other => bare.push(other),
        }
    }
    bare
}

/// As [`bare`], with umlauts written as two letters: "Müller" and "Mueller".
fn spelled_out(text: &str) -> String {
    let composed: String = text.nfc().flat_map(char::to_lowercase).collect();
    let mut spelled = String::new();
    for letter in composed.chars() {
        match letter {
            'ä' | 'æ' => spelled.push_str("ae"),
            'ö' | 'ø' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            'å' => spelled.push_str("aa"),
            other => spelled.push(other),
        }
    }
    bare(&spelled)
}
