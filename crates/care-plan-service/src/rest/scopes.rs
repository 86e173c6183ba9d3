//! What a token has to allow for each endpoint: one table, which the doors ask and from which the description is made.
//!
//! An endpoint works on a resource type by the piece of its path that says so; what it does is said by its method.
//! - `POST` to a collection makes something (`c`), any other `POST` and every `PUT` changes something (`u`).
//! - `GET` of a collection searches (`s`), every other `GET` reads (`r`).
//! - What answers with a whole plan tells its goals, activities and team too, so these have to be readable (`r`).

/// The types, by the piece of the path; where there is none of these it is of plans. `true` where it names a collection.
const TYPES: [(&str, &str, bool); 9] = [
    ("", "CarePlan", true),
    ("goals", "Goal", true),
    ("activities", "Task", true),
    ("team", "CareTeam", false),
    ("review", "CarePlan", false),
    ("versions", "CarePlan", false),
    ("concerns", "Condition", true),
    ("decisions", "DetectedIssue", true),
    ("overlays", "Basic", true),
];
/// What a whole plan tells beside itself.
const PARTS: [&str; 3] = ["Goal", "Task", "CareTeam"];

/// An interaction with a type: `Goal.c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interaction {
    /// The type.
    pub kind: &'static str,
    /// `c`, `r`, `u` or `s`.
    pub letter: char,
}

/// What a token has to allow, all of it, for an endpoint below the base path.
pub fn needs(method: &str, path: &str) -> Vec<Interaction> {
    let pieces = || path.split('/').filter(|piece| !piece.is_empty() && !piece.starts_with('{'));
    let of = |piece: &str| TYPES.iter().find(|(name, ..)| *name == piece);
    let (_, kind, _) = pieces().find_map(of).unwrap_or(&TYPES[0]);
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_collection = of(last).is_some_and(|(.., is_collection)| *is_collection);
    let letter = match (method, is_collection) {
        ("get", true) => 's',
        ("get", false) => 'r',
        ("post", true) => 'c',
        _ => 'u',
    };
    let mut needs = vec![Interaction { kind, letter }];
    if *kind == "CarePlan" && !is_collection && last != "versions" {
        needs.extend(PARTS.map(|kind| Interaction { kind, letter: 'r' }));
    }
    needs
}

/// As scopes of a level, with blanks between.
pub fn written(level: &str, needs: &[Interaction]) -> String {
    needs.iter().map(|need| format!("{level}/{}.{}", need.kind, need.letter)).collect::<Vec<_>>().join(" ")
}

/// The FHIR type of what hangs at the first id of a path.
pub(super) fn type_at(path: &str) -> &'static str {
    let first = path.split('/').find(|piece| !piece.is_empty()).unwrap_or_default();
    TYPES.iter().find(|(name, ..)| *name == first).map_or("CarePlan", |(_, kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::{needs, written};

    #[test]
    fn what_an_endpoint_needs_follows_from_its_path_and_method() {
        for (method, path, scopes) in [
            ("get", "", "user/CarePlan.s"),
            ("post", "", "user/CarePlan.c"),
            ("get", "/{plan}", "user/CarePlan.r user/Goal.r user/Task.r user/CareTeam.r"),
            ("post", "/{plan}/close", "user/CarePlan.u user/Goal.r user/Task.r user/CareTeam.r"),
            ("post", "/{plan}/review/sign", "user/CarePlan.u user/Goal.r user/Task.r user/CareTeam.r"),
            ("get", "/{plan}/versions", "user/CarePlan.r"),
            ("get", "/{plan}/versions/{version}", "user/CarePlan.r user/Goal.r user/Task.r user/CareTeam.r"),
            ("get", "/{plan}/goals", "user/Goal.s"),
            ("post", "/{plan}/goals", "user/Goal.c"),
            ("get", "/{plan}/goals/{goal}", "user/Goal.r"),
            ("put", "/{plan}/goals/{goal}", "user/Goal.u"),
            ("post", "/{plan}/goals/{goal}/notes", "user/Goal.u"),
            ("post", "/{plan}/activities/{activity}/assign", "user/Task.u"),
            ("get", "/{plan}/team", "user/CareTeam.r"),
            ("post", "/{plan}/team/members", "user/CareTeam.u"),
            ("post", "/concerns", "user/Condition.c"),
            ("put", "/decisions/{decision}/message", "user/DetectedIssue.u"),
            ("get", "/overlays/{overlay}", "user/Basic.r"),
        ] {
            assert_eq!(written("user", &needs(method, path)), scopes, "{method} {path}");
        }
    }
}
