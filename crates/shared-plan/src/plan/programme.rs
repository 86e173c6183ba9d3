//! The programme that a plan was made from, for figures of a population.

use super::Plan;

/// A programme: the canonical URL of its PlanDefinition, by which plans are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// The URL without its version: the same for all plans of the programme.
    pub canonical: String,
    /// The version that the plan follows, where the plan says so.
    pub version: Option<String>,
}

impl Plan {
    /// The programme: of the protocols that the plan follows the first that names a PlanDefinition, else the first that
    /// is a canonical URL at all.
    ///
    /// A plan may follow whatever has a URI. What is no canonical URL (a mail address, words behind a colon, a URL with a
    /// query) is no programme: it would be a figure of its own for each plan, and could say what an event must not.
    pub fn programme(&self) -> Option<Programme> {
        let known: Vec<Programme> = self.content.instantiates.iter().filter_map(|text| read(text)).collect();
        let definition = known.iter().find(|one| one.canonical.split('/').any(|step| step == "PlanDefinition"));
        definition.or(known.first()).cloned()
    }
}

fn read(text: &str) -> Option<Programme> {
    let (canonical, version) = match text.split_once('|') {
        Some((canonical, version)) => (canonical, Some(version)),
        None => (text, None),
    };
    let of = |bytes: &str, more: &[u8]| {
        !bytes.is_empty() && bytes.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte))
    };
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        let rest = canonical.strip_prefix(scheme);
        rest.is_some_and(|rest| of(rest, b"-._~%/:") && !rest.starts_with(['/', ':']))
    });
    let is_urn = canonical.strip_prefix("urn:uuid:").is_some_and(|rest| of(rest, b"-"))
        || canonical.strip_prefix("urn:oid:").is_some_and(|rest| of(rest, b"."));
    let fine = (is_web || is_urn) && version.is_none_or(|version| of(version, b"-._"));
    fine.then(|| Programme { canonical: canonical.to_owned(), version: version.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::{Programme, read};

    #[test]
    fn a_canonical_url_is_read_without_its_version_and_nothing_else_is_one() {
        let of = |canonical: &str, version: Option<&str>| {
            Some(Programme { canonical: canonical.to_owned(), version: version.map(str::to_owned) })
        };
        let url = "https://valley.example/fhir/PlanDefinition/diabetes";
        assert_eq!(read(url), of(url, None));
        assert_eq!(read(&format!("{url}|2.1")), of(url, Some("2.1")));
        assert_eq!(read("urn:oid:2.16.840.1"), of("urn:oid:2.16.840.1", None));
        for text in [
            "",
            "mailto:mary@valley.example",
            "note:Mary-is-pregnant",
            "https://",
            "https:///PlanDefinition/a",
            "https://valley.example/PlanDefinition/a?patient=17",
            "https://mary@valley.example/PlanDefinition/a",
            "https://valley.example/a#b",
            "https://valley.example/a|",
            "https://valley.example/a|2 1",
            "urn:uuid:",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
