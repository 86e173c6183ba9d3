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
    /// The letters of both.
    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn letters(self) -> String {
        "cruds".chars().enumerate().filter(|(bit, _)| self.0 & (1 << bit) != 0).map(|(_, letter)| letter).collect()
    }

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
/// bound to somebody. Types that the EHR shares with nobody are left out, and words that it refuses to everybody.
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
                "openid" | "fhirUser" | "profile" | "offline_access" | "online_access" => !refuse_types.contains(word),
                _ => false,
            },
        };
        if yes && !granted.contains(scope) {
            granted.push(scope.clone());
        }
    }
    granted
}

/// What of the system scopes asked for a client gets, by the scopes it is registered with: what it may not do is left
/// out, letter by letter.
pub(super) fn grantable_to_system(asked: &[Scope], registered: &[Scope], refuse_types: &[String]) -> Vec<Scope> {
    let mut granted: Vec<Scope> = Vec::new();
    for scope in asked {
        let Scope::Data(data) = scope else { continue };
        if data.level != Level::System || data.query.is_some() || refuse_types.contains(&data.kind) {
            continue;
        }
        let allowed = registered.iter().filter_map(|known| match known {
            Scope::Data(known) if known.kind == "*" || known.kind == data.kind => Some(known.may),
            _ => None,
        });
        let may = data.may.and(Permissions(allowed.fold(0, |all, may| all | may.0)));
        let given = match may {
            Permissions(0) => continue,
            may if may == data.may => scope.clone(),
            may => {
                let written = format!("system/{}.{}", data.kind, may.letters());
                Scope::Data(DataScope { may, written, ..data.clone() })
            }
        };
        if !granted.contains(&given) {
            granted.push(given);
        }
    }
    granted
}

/// Whether a text is a scope that a client can be registered with for Backend Services.
pub(crate) fn is_system_scope(text: &str) -> bool {
    matches!(Scope::parse(text), Scope::Data(data) if data.level == Level::System && data.query.is_none())
}

#[cfg(test)]
mod tests {
    use super::{Permissions, Scope, grantable, grantable_to_system, written};

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

    #[test]
    fn a_system_gets_what_it_asked_for_and_is_registered_with() {
        let registered = Scope::parse_list("system/*.rs system/Goal.u");
        let granted =
            |text: &str| written(&grantable_to_system(&Scope::parse_list(text), &registered, &["Coverage".to_owned()]));
        assert_eq!(granted("system/Patient.rs system/Goal.cruds"), "system/Patient.rs system/Goal.rus");
        assert_eq!(granted("system/Task.read system/Task.write"), "system/Task.read");
        assert_eq!(granted("system/Coverage.rs openid patient/Goal.rs user/Goal.rs launch offline_access"), "");
        assert_eq!(granted("system/Observation.rs?category=survey system/*.s"), "system/*.s");
    }
}
