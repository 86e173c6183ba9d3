//! What may be done with a type at a source (checklist Q7).

use super::{Scope, permits};

/// What may be done: what the source granted, says it can do, and our own policy allows, all three together.
///
/// Whatever is missing is "not shared by this source", never "the patient has none".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// All three say yes.
    Yes,
    /// The grant does not cover it.
    NotGranted,
    /// The source does not say that it can do it.
    NotSupported,
    /// Our own policy forbids it.
    NotAllowedHere,
}

/// Decides about one interaction (`c`, `r`, `u`, `d` or `s`) on one type. `announced` is what the source's
/// CapabilityStatement says, `policy` what the operator and the user's role allow.
pub fn permission(
    granted: &[Scope],
    announced: impl Fn(&str, char) -> bool,
    policy: impl Fn(&str, char) -> bool,
    kind: &str,
    interaction: char,
) -> Permission {
    if !policy(kind, interaction) {
        Permission::NotAllowedHere
    } else if !permits(granted, kind, interaction) {
        Permission::NotGranted
    } else if !announced(kind, interaction) {
        Permission::NotSupported
    } else {
        Permission::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q7_only_what_is_granted_announced_and_allowed_may_be_done() {
        let granted = Scope::parse_list("patient/Goal.rsu patient/Goal.rus");
        let ask = |announced: bool, policy: bool, interaction| {
            permission(&granted, |_, _| announced, |_, _| policy, "Goal", interaction)
        };
        assert_eq!(ask(true, true, 'u'), Permission::Yes);
        assert_eq!(ask(true, true, 'd'), Permission::NotGranted);
        assert_eq!(ask(false, true, 'u'), Permission::NotSupported);
        assert_eq!(ask(true, false, 'u'), Permission::NotAllowedHere);
        assert_eq!(permission(&[], |_, _| true, |_, _| true, "Goal", 'r'), Permission::NotGranted);
    }
}
