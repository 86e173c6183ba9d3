//! Scopes: what was granted, and what is asked for (checklist section 4).

mod asked;
mod permission;

use std::fmt;

pub use asked::{Context, asked, unaskable};
pub use permission::{Permission, permission};

/// One granted scope, in the form of SMART 2 whatever form it came in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Access to resources.
    Data {
        /// On whose behalf.
        level: Level,
        /// Resource type, or `*`.
        kind: String,
        /// Some of `c`, `r`, `u`, `d`, `s`, in that order.
        letters: String,
        /// What narrows the scope, such as `category=…`.
        query: Option<String>,
    },
    /// Any other: `openid`, `launch/patient`, or one that we do not know.
    Other(String),
}

/// On whose behalf a scope gives access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// To the record of one patient.
    Patient,
    /// To what the user may see.
    User,
    /// To what the system may see.
    System,
}

impl Scope {
    /// Reads one scope; what does not follow the grammar is kept as [`Scope::Other`] and permits nothing.
    pub fn parse(text: &str) -> Self {
        let short = text.strip_prefix("http://smarthealthit.org/fhir/scopes/").unwrap_or(text);
        Self::data(short).unwrap_or_else(|| Self::Other(text.to_owned()))
    }

    /// Reads a list separated by spaces.
    pub fn parse_list(text: &str) -> Vec<Self> {
        text.split_ascii_whitespace().map(Self::parse).collect()
    }

    fn data(text: &str) -> Option<Self> {
        let (level, rest) = text.split_once('/')?;
        let level = match level {
            "patient" => Level::Patient,
            "user" => Level::User,
            "system" => Level::System,
            _ => return None,
        };
        let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query.to_owned())));
        let (kind, letters) = rest.split_once('.')?;
        let known_kind = kind == "*" || (!kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let letters = match letters {
            "read" => "rs",
            "write" => "cud",
            "*" => "cruds",
            letters if in_order(letters) => letters,
            _ => return None,
        };
        known_kind.then(|| Self::Data { level, kind: kind.to_owned(), letters: letters.to_owned(), query })
    }
}

/// True for a non-empty choice of the letters in the order c r u d s.
fn in_order(letters: &str) -> bool {
    let mut rest = "cruds".chars();
    !letters.is_empty() && letters.chars().all(|letter| rest.any(|known| known == letter))
}

/// True where the scopes permit an interaction (`c`, `r`, `u`, `d` or `s`) on some resources of a type.
///
/// A scope that is narrowed by a query permits it on a part of them. What is not permitted is "not shared by this source",
/// never "there is none".
pub fn permits(scopes: &[Scope], kind: &str, interaction: char) -> bool {
    scopes.iter().any(|scope| match scope {
        Scope::Data { kind: granted, letters, .. } => {
            (granted == "*" || granted == kind) && letters.contains(interaction)
        }
        Scope::Other(_) => false,
    })
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patient => "patient",
            Self::User => "user",
            Self::System => "system",
        })
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data { level, kind, letters, query } => {
                write!(f, "{level}/{kind}.{letters}")?;
                query.as_ref().map_or(Ok(()), |query| write!(f, "?{query}"))
            }
            Self::Other(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, permits};

    #[test]
    fn q1_q2_q5_both_generations_and_the_uri_form_are_read_into_one_form() {
        for (text, expected) in [
            ("patient/Goal.read", "patient/Goal.rs"),
            ("patient/Goal.write", "patient/Goal.cud"),
            ("user/*.*", "user/*.cruds"),
            ("system/Goal.cu", "system/Goal.cu"),
            ("http://smarthealthit.org/fhir/scopes/patient/Goal.rs", "patient/Goal.rs"),
            ("patient/Observation.rs?category=x|y", "patient/Observation.rs?category=x|y"),
            ("launch/patient", "launch/patient"),
        ] {
            assert_eq!(Scope::parse(text).to_string(), expected);
        }
    }

    #[test]
    fn q1_what_breaks_the_grammar_permits_nothing() {
        for text in [
            "patient/Goal.sr",
            "patient/Goal.",
            "patient/Goal",
            "patient/.rs",
            "other/Goal.rs",
            "patient/Goal.rrs",
            "patient/../x.rs",
        ] {
            assert_eq!(Scope::parse(text), Scope::Other(text.to_owned()));
            assert!(!permits(&[Scope::parse(text)], "Goal", 'r'), "{text}");
        }
    }

    #[test]
    fn q7_a_missing_scope_is_not_permitted_and_a_wildcard_permits() {
        let scopes = Scope::parse_list("openid patient/Goal.rs  patient/Task.u");
        assert!(permits(&scopes, "Goal", 'r') && permits(&scopes, "Goal", 's') && permits(&scopes, "Task", 'u'));
        assert!(!permits(&scopes, "Goal", 'u') && !permits(&scopes, "Condition", 'r'));
        assert!(permits(&Scope::parse_list("patient/*.read"), "Condition", 's'));
    }
}
