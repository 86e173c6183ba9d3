//! Which source an absolute reference means.

use std::collections::BTreeMap;

use fhir::SourceId;

use crate::snapshot::Snapshot;

/// The sources by their base addresses.
#[derive(Debug)]
pub(super) struct Bases<'a> {
    by_base: BTreeMap<String, Vec<&'a SourceId>>,
}

impl<'a> Bases<'a> {
    /// Collects the base of every source, read or not.
    pub(super) fn of(snapshot: &'a Snapshot) -> Self {
        let mut by_base: BTreeMap<String, Vec<&SourceId>> = BTreeMap::new();
        for source in snapshot.records.iter().map(|record| &record.source) {
            if let Some(base) = &source.base {
                by_base.entry(bare(base)).or_default().push(&source.id);
            }
        }
        by_base.values_mut().for_each(|sources| sources.sort());
        Self { by_base }
    }

    /// The source that a reference of a resource of `own` means by this base.
    ///
    /// A source whose own base is not known is taken at its word: it means itself. An address that is nobody's here means
    /// nothing here; two servers use the same ids freely, so it is not looked for anywhere else.
    pub(super) fn meant<'s>(&self, base: &str, own: &'s SourceId) -> Option<&'s SourceId>
    where
        'a: 's,
    {
        if let Some(sources) = self.by_base.get(&bare(base)) {
            return sources.iter().find(|source| **source == own).or(sources.first()).copied();
        }
        let known = self.by_base.values().flatten().any(|source| *source == own);
        (!known).then_some(own)
    }
}

/// The address without its last slash and without a port that says nothing; scheme and host in lower case.
fn bare(base: &str) -> String {
    let base = base.trim().trim_end_matches('/');
    let Some((scheme, rest)) = base.split_once("://") else { return base.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (scheme, host) = (scheme.to_lowercase(), host.to_lowercase());
    let usual = if scheme == "https" { ":443" } else { ":80" };
    format!("{scheme}://{}{path}", host.strip_suffix(usual).unwrap_or(&host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{Record, Source};

    fn snapshot(sources: &[(&str, Option<&str>)]) -> Snapshot {
        let record = |(id, base): &(&str, Option<&str>)| Record {
            source: Source {
                id: SourceId::new(*id),
                name: String::new(),
                tag: String::new(),
                base: base.map(str::to_owned),
            },
            patient: None,
            resources: Vec::new(),
            problems: Vec::new(),
            reads: Vec::new(),
            state: None,
            as_of: None,
        };
        Snapshot { records: sources.iter().map(record).collect() }
    }

    fn meant(sources: &[(&str, Option<&str>)], base: &str, own: &str) -> Option<String> {
        let snapshot = snapshot(sources);
        Bases::of(&snapshot).meant(base, &SourceId::new(own)).map(|source| source.as_str().to_owned())
    }

    const TWO: [(&str, Option<&str>); 2] =
        [("a", Some("https://a.example/fhir/")), ("b", Some("https://b.example/fhir"))];

    #[test]
    fn a_base_means_the_source_that_has_it_however_it_is_written() {
        assert_eq!(meant(&TWO, "https://a.example/fhir", "a").as_deref(), Some("a"));
        assert_eq!(meant(&TWO, "https://B.example:443/fhir", "a").as_deref(), Some("b"));
        assert_eq!(meant(&TWO, "https://b.example/fhir/r4", "a"), None);
        assert_eq!(meant(&TWO, "http://b.example/fhir", "a"), None);
    }

    #[test]
    fn an_address_that_is_nobodys_means_nothing_unless_the_own_base_is_not_known() {
        assert_eq!(meant(&TWO, "https://c.example/fhir", "a"), None);
        assert_eq!(meant(&[("a", None), TWO[1]], "https://c.example/fhir", "a").as_deref(), Some("a"));
        assert_eq!(meant(&[("a", None), TWO[1]], "https://b.example/fhir", "a").as_deref(), Some("b"));
    }

    #[test]
    fn of_two_sources_at_one_address_the_own_is_meant() {
        let shared = [("a", Some("https://x.example")), ("b", Some("https://x.example"))];
        assert_eq!(meant(&shared, "https://x.example", "b").as_deref(), Some("b"));
    }
}
