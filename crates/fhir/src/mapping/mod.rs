//! Other releases of FHIR, read as R4.
//!
//! A source says its release in its CapabilityStatement (`fhirVersion`). R4 and R4B are read as they are. A resource of R5
//! or STU3 keeps its bytes, and the views read it through a table of rules, one table for each type that differs as far
//! as a plan needs it. Such sources are read and never written to: a patch names paths of R4.
//!
//! What R4 has no element for is left where it stands: no rule takes anything away that it does not put elsewhere, and
//! what came is always in [`crate::Resource::raw`].

mod r5;
mod rule;
mod stu3;

use serde_json::Value;

use rule::Rule;

/// A release of FHIR that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// 3.0.
    Stu3,
    /// 4.0, and 4.3 (R4B), whose elements are the same as far as we read them.
    R4,
    /// 5.0.
    R5,
}

impl Release {
    /// The release that `CapabilityStatement.fhirVersion` names; `None` for one that is not read, such as 1.0.2 (DSTU2)
    /// or the drafts between two releases.
    pub fn of(fhir_version: &str) -> Option<Self> {
        let mut parts = fhir_version.trim().split('.');
        match (parts.next()?, parts.next()?) {
            ("3", "0") => Some(Self::Stu3),
            ("4", "0" | "3") => Some(Self::R4),
            ("5", "0") if !fhir_version.contains('-') => Some(Self::R5),
            _ => None,
        }
    }

    /// True where resources may also be changed and added.
    pub fn is_written(self) -> bool {
        self == Self::R4
    }

    /// True where this release has its own name for a type of R4, so that it is asked for under another one or not at all.
    pub fn lacks(self, kind: &str) -> bool {
        match self {
            Self::Stu3 => matches!(kind, "ServiceRequest" | "MedicationKnowledge"),
            Self::R4 => false,
            Self::R5 => matches!(kind, "Media" | "RequestGroup" | "DeviceUseStatement"),
        }
    }

    fn rules(self, kind: &str) -> &'static [Rule] {
        match self {
            Self::Stu3 => stu3::rules(kind),
            Self::R4 => &[],
            Self::R5 => r5::rules(kind),
        }
    }
}

/// A resource of another release as R4 would write it; `None` where there is nothing to change.
pub(crate) fn to_r4(release: Release, kind: &str, raw: &str) -> Option<String> {
    let rules = release.rules(kind);
    if rules.is_empty() {
        return None;
    }
    let mut resource: Value = serde_json::from_str(raw).ok()?;
    let before = resource.clone();
    rule::apply(rules, resource.as_object_mut()?);
    (resource != before).then(|| resource.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_a_release_is_what_the_server_says_and_drafts_are_none() {
        for (version, release) in [
            ("3.0.2", Some(Release::Stu3)),
            ("4.0.1", Some(Release::R4)),
            ("4.3.0", Some(Release::R4)),
            ("5.0.0", Some(Release::R5)),
            ("5.0.0-ballot", None),
            ("1.0.2", None),
            ("4.1.0", None),
            ("4.6.0", None),
            ("6.0.0", None),
            ("", None),
            ("R4", None),
        ] {
            assert_eq!(Release::of(version), release, "{version}");
        }
    }

    #[test]
    fn only_r4_is_written() {
        assert!(Release::R4.is_written() && !Release::R5.is_written() && !Release::Stu3.is_written());
    }

    #[test]
    fn a_resource_of_r4_is_not_touched() {
        assert_eq!(to_r4(Release::R4, "Goal", r#"{"resourceType":"Goal","id":"1","status":"x"}"#), None);
    }
}
