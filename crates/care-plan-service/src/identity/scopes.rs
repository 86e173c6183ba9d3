//! What a token allows, in the words of SMART (SMART App Launch 2.2, "Scopes and Launch Context").

use smart::{Level, Scope};

use crate::People;

/// The scopes of a token, each once, as they were written: `patient/CarePlan.rs`, `user/*.read`, …
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

impl Scopes {
    /// Reads the value of a `scope` claim.
    pub fn parse(text: &str) -> Self {
        let mut scopes = Vec::new();
        for scope in text.split_ascii_whitespace() {
            if !scopes.iter().any(|known| known == scope) {
                scopes.push(scope.to_owned());
            }
        }
        Self(scopes)
    }

    /// Each scope.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// True where this very scope was granted.
    pub fn contains(&self, scope: &str) -> bool {
        self.iter().any(|granted| granted == scope)
    }

    /// True where one of them allows an interaction (`c`, `r`, `u`, `d`, `s`) with a type, to a caller who reaches `people`.
    ///
    /// - A `patient/` scope is bound to one person: to a caller who has named nobody it gives nothing.
    /// - A `user/` scope is for users, a `system/` scope for programs that are registered: each gives the other nothing.
    /// - A scope narrowed by a query gives nothing here: what it leaves out could not be told from what does not exist.
    pub fn allow(&self, people: &People, kind: &str, letter: char) -> bool {
        self.iter().any(|scope| match Scope::parse(scope) {
            Scope::Data { level, kind: granted, letters, query: None } => {
                level_counts(level, people) && (granted == "*" || granted == kind) && letters.contains(letter)
            }
            Scope::Data { query: Some(_), .. } | Scope::Other(_) => false,
        })
    }

    /// True where there are scopes of resources, and all of them are a program's.
    pub(super) fn are_a_programs(&self) -> bool {
        let mut levels = self.iter().filter_map(|scope| match Scope::parse(scope) {
            Scope::Data { level, .. } => Some(level),
            Scope::Other(_) => None,
        });
        levels.next() == Some(Level::System) && levels.all(|level| level == Level::System)
    }

    /// What of them stays below what a program is registered with, letter by letter.
    pub(super) fn within(&self, most: &Self) -> Self {
        let mut both = Vec::new();
        for (mine, theirs) in self.iter().flat_map(|mine| most.iter().map(move |theirs| (mine, theirs))) {
            let (
                Scope::Data { level: Level::System, kind, letters, query: None },
                Scope::Data { level: Level::System, kind: their_kind, letters: their_letters, query: None },
            ) = (Scope::parse(mine), Scope::parse(theirs))
            else {
                continue;
            };
            let kind = match (kind.as_str(), their_kind.as_str()) {
                ("*", narrow) | (narrow, "*") => narrow.to_owned(),
                (one, other) if one == other => one.to_owned(),
                _ => continue,
            };
            let letters: String = letters.chars().filter(|letter| their_letters.contains(*letter)).collect();
            if !letters.is_empty() {
                both.push(format!("system/{kind}.{letters}"));
            }
        }
        Self::parse(&both.join(" "))
    }
}

fn level_counts(level: Level, people: &People) -> bool {
    match (level, people) {
        (Level::System, People::All)
        | (Level::User, People::ByWay | People::Only(_))
        | (Level::Patient, People::Only(_)) => true,
        (Level::System, People::ByWay | People::Only(_))
        | (Level::User, People::All)
        | (Level::Patient, People::All | People::ByWay) => false,
    }
}

#[cfg(test)]
mod tests {
    use access::PersonId;

    use super::*;

    #[test]
    fn a_scope_counts_for_those_whose_level_it_is() {
        let one = People::Only(PersonId::from_random([1; 16]));
        for (scopes, by) in [
            ("user/Goal.r", [true, true, false]),
            ("patient/Goal.r", [true, false, false]),
            ("system/Goal.r", [false, false, true]),
            ("user/*.read patient/Goal.u", [true, true, false]),
            ("user/Goal.r?category=dietary", [false, false, false]),
            ("openid", [false, false, false]),
        ] {
            let got =
                [&one, &People::ByWay, &People::All].map(|people| Scopes::parse(scopes).allow(people, "Goal", 'r'));
            assert_eq!(got, by, "{scopes}");
        }
    }

    #[test]
    fn a_program_gets_no_more_than_it_is_registered_with() {
        let most = Scopes::parse("system/CarePlan.rs system/Goal.cruds");
        let granted = |asked: &str| Scopes::parse(asked).within(&most).0.join(" ");
        assert_eq!(granted("system/*.rs"), "system/CarePlan.rs system/Goal.rs");
        assert_eq!(granted("system/CarePlan.cruds system/Task.r"), "system/CarePlan.rs");
        assert_eq!(granted("user/Goal.r system/Goal.r?status=active openid"), "");
    }

    #[test]
    fn a_token_with_one_scope_of_a_user_is_no_programs() {
        assert!(Scopes::parse("openid system/Goal.rs").are_a_programs());
        for scopes in ["", "openid", "system/Goal.rs user/Goal.rs", "patient/Goal.rs"] {
            assert!(!Scopes::parse(scopes).are_a_programs(), "{scopes}");
        }
    }
}
