//! SMART scopes, both notations, and what they allow.
//!
//! Version 2: `(patient|user|system)/(Type|*).cruds`, letters in that order, each at most once; version 1: `.read`,
//! `.write`, `.*` (SMART App Launch 2.2, "Scopes and Launch Context"). A scope narrowed by a query
//! (`patient/Observation.rs?category=…`) is understood and never granted: the answer is narrower than what was asked,
//! which a client has to bear with.

/// One scope as it was asked for or granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// Access to a resource type.
    Data(DataScope),
    /// A word: `launch`, `openid`, `offline_access`, …
    Word(String),
}

/// Access to a resource type, or to all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DataScope {
    /// On whose behalf.
    pub level: Level,
    /// The type, or `*`.
    pub kind: String,
    /// What may be done.
    pub may: Permissions,
    /// The query that narrows it.
    pub query: Option<String>,
    /// As it was written; granted in the same notation.
    pub written: String,
}

/// The first part of a data scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Patient,
    User,
    System,
}

/// Some of create, read, update, delete, search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Permissions(u8);

impl Permissions {
    pub(super) const CREATE: Self = Self(1);
    pub(super) const READ: Self = Self(2);
    pub(super) const UPDATE: Self = Self(4);
    pub(super) const DELETE: Self = Self(8);
    pub(super) const SEARCH: Self = Self(16);

    pub(super) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "read" => return Some(Self(Self::READ.0 | Self::SEARCH.0)),
            "write" => return Some(Self(Self::CREATE.0 | Self::UPDATE.0 | Self::DELETE.0)),
            "*" => return Some(Self(31)),
            _ => {}
        }
        let mut letters = text.chars().peekable();
        letters.peek()?;
        let mut found = 0;
        for letter in letters {
            let bit = 1 << "cruds".find(letter)?;
            // In order and without repetition means that each bit is higher than all before it.
            if bit <= found {
                return None;
            }
            found |= bit;
        }
        Some(Self(found))
    }
}

impl Scope {
    /// Reads one scope; anything that is not a data scope is a word.
    pub(super) fn parse(text: &str) -> Self {
        DataScope::parse(text).map_or_else(|| Self::Word(text.to_owned()), Self::Data)
    }

    /// Reads a list separated by spaces.
    pub(super) fn parse_list(text: &str) -> Vec<Self> {
        text.split(' ').filter(|part| !part.is_empty()).map(Self::parse).collect()
    }

    /// As it is written.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Data(data) => &data.written,
            Self::Word(word) => word,
        }
    }

    pub(super) fn is_word(&self, wanted: &str) -> bool {
        matches!(self, Self::Word(word) if word == wanted)
    }
}

impl DataScope {
    fn parse(text: &str) -> Option<Self> {
        let (level, rest) = text.split_once('/')?;
        let level = match level {
            "patient" => Level::Patient,
            "user" => Level::User,
            "system" => Level::System,
            _ => return None,
        };
        let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query.to_owned())));
        let (kind, permissions) = rest.split_once('.')?;
        if kind != "*"
            && !(kind.starts_with(|c: char| c.is_ascii_uppercase()) && kind.chars().all(char::is_alphanumeric))
        {
            return None;
        }
        let may = Permissions::parse(permissions)?;
        Some(Self { level, kind: kind.to_owned(), may, query, written: text.to_owned() })
    }
}

/// Writes scopes as a token response does.
pub(super) fn written(scopes: &[Scope]) -> String {
    scopes.iter().map(Scope::as_str).collect::<Vec<_>>().join(" ")
}

/// Whether one of the scopes is this word.
pub(super) fn has_word(scopes: &[Scope], word: &str) -> bool {
    scopes.iter().any(|scope| scope.is_word(word))
}

/// What of the scopes asked for is granted, in the order asked and without doubles.
///
/// With a person in context the `patient/` scopes count; without, they are left out, as SMART demands that they are
/// bound to somebody. Types that the EHR shares with nobody are left out.
pub(super) fn grantable(asked: &[Scope], patient: bool, refuse_types: &[String]) -> Vec<Scope> {
    let mut granted: Vec<Scope> = Vec::new();
    for scope in asked {
        let yes = match scope {
            Scope::Data(data) => {
                let level = match data.level {
                    Level::Patient => patient,
                    Level::User => true,
                    Level::System => false,
                };
                level && data.query.is_none() && !refuse_types.contains(&data.kind)
            }
            Scope::Word(word) => match word.as_str() {
                "launch" | "launch/patient" => patient,
                "openid" | "fhirUser" | "profile" | "offline_access" | "online_access" => true,
                _ => false,
            },
        };
        if yes && !granted.contains(scope) {
            granted.push(scope.clone());
        }
    }
    granted
}

#[cfg(test)]
mod tests {
    use super::{Permissions, Scope, grantable, written};

    fn may(text: &str) -> Option<Permissions> {
        match Scope::parse(text) {
            Scope::Data(data) => Some(data.may),
            Scope::Word(_) => None,
        }
    }

    #[test]
    fn the_words_of_version_1_mean_the_letters_of_version_2() {
        assert_eq!(may("patient/Goal.read"), may("patient/Goal.rs"));
        assert_eq!(may("patient/Goal.write"), may("patient/Goal.cud"));
        assert_eq!(may("user/Goal.*"), may("user/Goal.cruds"));
    }

    #[test]
    fn letters_out_of_order_or_twice_are_no_data_scope() {
        for text in
            ["patient/Goal.sr", "patient/Goal.rr", "patient/Goal.", "patient/goal.r", "patient/Goal.x", "x/Goal.r"]
        {
            assert_eq!(may(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_bound_or_is_refused_or_unknown_is_left_out() {
        let asked = Scope::parse_list(
            "launch openid patient/Goal.rs patient/Goal.rs user/Task.r patient/Coverage.r system/Goal.r \
             patient/Observation.rs?category=vital-signs colour",
        );
        let refuse = ["Coverage".to_owned()];
        assert_eq!(written(&grantable(&asked, true, &refuse)), "launch openid patient/Goal.rs user/Task.r");
        assert_eq!(written(&grantable(&asked, false, &refuse)), "openid user/Task.r");
    }
}
