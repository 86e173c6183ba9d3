//! Issuers, and what only looks like one (L1, S1).

use access::TenantId;
use smart::{Issuer, Registry, RegistryError, UnknownIssuer};

use crate::world::World;

#[test]
fn l1_an_issuer_may_be_spelled_in_more_than_one_way() {
    let registered = Issuer::parse("https://ehr.example/fhir/r4");
    assert!(registered.is_some());
    for same in [
        "https://ehr.example/fhir/r4/",
        "https://EHR.Example/fhir/r4",
        "https://ehr.example:443/fhir/r4",
        "HTTPS://ehr.example/fhir/r4",
    ] {
        assert_eq!(Issuer::parse(same), registered, "{same}");
    }
}

#[test]
fn s1_a_host_with_invisible_letters_or_in_another_writing_is_not_the_issuer() {
    assert!(Issuer::parse("https://ehr.example:443/fhir").is_some());
    for other in [
        "https://ehr.exam\u{feff}ple/fhir",
        "https://ehr.exam\u{ad}ple/fhir",
        "https://\u{ff45}hr.example/fhir",
        "https://%65hr.example/fhir",
        "https://ehr\u{3002}example/fhir",
        "https://ehr.example:0443/fhir",
        "https://ehr.example:/fhir",
    ] {
        assert_eq!(Issuer::parse(other), None, "{other:?}");
    }
    assert_eq!(Issuer::parse("http://2130706433/fhir"), None);
    assert!(Issuer::parse("http://[::1]:80/fhir").is_some() && Issuer::parse("http://[::1]").is_some());
}

#[test]
fn s1_forty_look_alikes_are_not_the_issuer() {
    let registered = Issuer::parse("https://ehr.example/fhir/r4");
    for other in [
        "http://ehr.example/fhir/r4",
        "https://ehr.example:8443/fhir/r4",
        "https://ehr.example./fhir/r4",
        "https://ehr.example.evil.test/fhir/r4",
        "https://evil.test/ehr.example/fhir/r4",
        "https://ehr.example@evil.test/fhir/r4",
        "https://user@ehr.example/fhir/r4",
        "https://user:word@ehr.example/fhir/r4",
        "https://@ehr.example/fhir/r4",
        "https://ehr.example/fhir/r4?x=y",
        "https://ehr.example/fhir/r4?",
        "https://ehr.example/fhir/r4#x",
        "https://ehr.example/fhir/r4#",
        "https://ehr.example/fhir/R4",
        "https://ehr.example/fhir/r",
        "https://ehr.example/fhir/r44",
        "https://ehr.example/fhir",
        "https://ehr.example/fhir/r4/x",
        "https://ehr.example/x/../fhir/r4",
        "https://ehr.example/fhir/./r4",
        "https://ehr.example/fhir/%2e/r4",
        "https://ehr.example//fhir/r4",
        "https://ehr.example/fhir//r4",
        "https://ehr.example\\fhir\\r4",
        "https:\\\\ehr.example/fhir/r4",
        "https:ehr.example/fhir/r4",
        "https:///ehr.example/fhir/r4",
        " https://ehr.example/fhir/r4",
        "https://ehr.example/fhir/r4 ",
        "https://ehr.exa\tmple/fhir/r4",
        "https://ehr.example\n/fhir/r4",
        "https://ehr.example/fhir/r4\0",
        "https://\u{435}hr.example/fhir/r4",
        "https://xn--hr-6lc.example/fhir/r4",
        "//ehr.example/fhir/r4",
        "ehr.example/fhir/r4",
        "file:///fhir/r4",
        "javascript:alert(1)",
        "",
    ] {
        let issuer = Issuer::parse(other);
        assert!(issuer.is_none() || issuer != registered, "{other:?}");
    }
}

#[tokio::test]
async fn l1_s1_an_unknown_issuer_is_refused_without_a_request() {
    let world = World::public().await;
    let registry = Registry::new(vec![world.client.clone()]).expect("a registry");
    for iss in [world.ehr.root.clone(), format!("{}/fhir2", world.ehr.root), "https://evil.test/fhir".to_owned()] {
        assert_eq!(registry.by_issuer(&iss, None).err(), Some(UnknownIssuer::NotRegistered), "{iss}");
    }
    assert!(world.ehr.all().is_empty());
    let base = world.client.fhir_base.as_str();
    assert_eq!(registry.by_issuer(base, None).map(|client| client.source.as_str()), Ok("valley-ehr"));
    assert_eq!(registry.by_source("valley-ehr").map(|client| client.tenant.clone()), Some(TenantId::new("valley")));
    assert!(registry.by_source("other").is_none());
}

#[tokio::test]
async fn an_issuer_of_two_tenants_is_found_by_naming_one() {
    let world = World::public().await;
    let mut other = world.client.clone();
    (other.source, other.tenant) = ("other".to_owned(), TenantId::new("hill"));
    let registry = Registry::new(vec![world.client.clone(), other]).expect("a registry");
    let base = world.client.fhir_base.as_str();
    assert_eq!(registry.by_issuer(base, None).err(), Some(UnknownIssuer::SeveralTenants));
    let found = registry.by_issuer(base, Some(&TenantId::new("hill")));
    assert_eq!(found.map(|client| client.source.as_str()), Ok("other"));
    assert_eq!(registry.by_issuer(base, Some(&TenantId::new("dale"))).err(), Some(UnknownIssuer::NotRegistered));
}

#[tokio::test]
async fn registrations_that_cannot_be_told_apart_are_refused() {
    let world = World::public().await;
    let with = |change: fn(&mut smart::Client)| {
        let mut second = world.client.clone();
        change(&mut second);
        Registry::new(vec![world.client.clone(), second]).err()
    };
    let source_id = || "second".to_owned();
    assert!(matches!(with(|_| ()), Some(RegistryError::SameSource { .. })));
    assert_eq!(
        with(|second| second.source = "second".into()),
        Some(RegistryError::SameIssuer { source_id: source_id() })
    );
    let query = |second: &mut smart::Client| {
        second.source = "second".into();
        second.fhir_base.set_query(Some("x"));
    };
    assert_eq!(with(query), Some(RegistryError::NotAnIssuer { source_id: source_id() }));
}
