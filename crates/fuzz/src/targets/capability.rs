//! What a server says it can do.
//!
//! Law: only a CapabilityStatement says anything; a type that is lacking can do nothing; what is said stands in the text; the
//! space around changes nothing.

use fhir::Release;
use fhir_client::Capability;

use super::Target;

pub const TARGET: Target = Target {
    name: "capability",
    words: &[
        "resourceType",
        "CapabilityStatement",
        "Conformance",
        "fhirVersion",
        "4.0.1",
        "4.3.0",
        "5.0.0",
        "3.0.2",
        "1.0.2",
        "4.0",
        "rest",
        "mode",
        "server",
        "client",
        "resource",
        "type",
        "Goal",
        "Patient",
        "Linkage",
        "interaction",
        "code",
        "read",
        "search-type",
        "update",
        "create",
        "transaction",
        "searchParam",
        "name",
        "patient",
        "item",
        "operation",
        "$match",
        "conditionalCreate",
        "searchInclude",
        "software",
        "implementation",
    ],
    tries: 4_000,
    check,
};

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let Ok(capability) = Capability::parse(&text) else { return "refused".to_owned() };
    assert_eq!(Capability::parse(&format!("\n{text} ")).as_ref(), Ok(&capability), "the space around changed it");
    let is_plain = !text.contains('\\');
    for (kind, offer) in &capability.types {
        assert!(!capability.lacks(kind), "{kind} is offered and lacking");
        let said = offer.interactions.iter().chain(&offer.search_params).chain([kind]);
        assert!(!is_plain || said.into_iter().all(|word| text.contains(word.as_str())), "nobody said that");
        let can = offer.interactions.iter().all(|interaction| capability.can(kind, interaction));
        let by = offer.search_params.iter().all(|param| capability.searches_by(kind, param));
        assert!(can && by, "what is offered cannot be done");
    }
    let unknown =
        ["Unicorn", ""].iter().all(|kind| !capability.can(kind, "read") || capability.types.contains_key(*kind));
    assert!(unknown, "a type that nobody named can be read");
    let release = Release::of(&capability.fhir_version);
    format!("{:?}, {} types, transaction {}", release, capability.types.len().min(4), capability.transaction)
}
