//! Laws that hold for every query.

use fhir_server::params;
use proptest::prelude::*;
use sandbox::fhir::Access;

use crate::harness::{Ehr, reader};

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(work)
}

const KINDS: &[&str] = &[
    "Patient",
    "Goal",
    "CarePlan",
    "CareTeam",
    "Condition",
    "Observation",
    "MedicationRequest",
    "Provenance",
    "Linkage",
    "Practitioner",
];

fn query() -> impl Strategy<Value = String> {
    let names: Vec<&'static str> = params::types()
        .flat_map(|row| row.params.iter())
        .chain(params::COMMON)
        .map(|param| param.name)
        .chain(["_include", "_revinclude", "_sort", "_count", "_summary", "_page", "colour"])
        .collect();
    let value = prop_oneof![
        Just("ada".to_owned()),
        Just("ben".to_owned()),
        Just("Patient/ben".to_owned()),
        Just("Goal/ben-goal".to_owned()),
        Just("active".to_owned()),
        Just("ge2020".to_owned()),
        Just("http://elsewhere.test/fhir/Patient/9".to_owned()),
        Just("Provenance:target".to_owned()),
        Just("CareTeam:participant".to_owned()),
        Just("Patient:general-practitioner".to_owned()),
        Just("Linkage:item".to_owned()),
        Just("3".to_owned()),
        "[a-z0-9|,:/-]{0,8}",
    ];
    let modifier = prop_oneof![5 => Just(""), 1 => Just(":missing"), 1 => Just(":not"), 1 => Just(":Patient"), 1 => Just(":iterate")];
    let pair = (proptest::sample::select(names), modifier, value)
        .prop_map(|(name, modifier, value)| format!("{name}{modifier}={value}"));
    proptest::collection::vec(pair, 0..4).prop_map(|pairs| pairs.join("&"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_adas_token_never_shows_bens_record(kind in proptest::sample::select(KINDS), query in query(), lenient in any::<bool>()) {
        let ehr = Ehr::peopled();
        ehr.let_in(reader(Some("ada")));
        let prefer: &[(&str, &str)] = if lenient { &[("prefer", "handling=lenient")] } else { &[] };
        let answer = run(ehr.send("GET", &format!("/{kind}?{query}"), prefer, None));
        prop_assert!(!answer.text.contains("Patient/ben"), "{}", answer.text);
        for id in answer.matches().iter().chain(&answer.ids("include")) {
            prop_assert!(!id.contains("/ben"), "{}", answer.text);
        }
        prop_assert!(answer.status.is_success() || answer.body["resourceType"] == "OperationOutcome");
    }

    #[test]
    fn a_search_for_ada_never_gives_bens_rows(kind in proptest::sample::select(&KINDS[1..7]), query in query(), lenient in any::<bool>()) {
        let ehr = Ehr::peopled();
        let prefer: &[(&str, &str)] = if lenient { &[("prefer", "handling=lenient")] } else { &[] };
        let answer = run(ehr.send("GET", &format!("/{kind}?patient=ada&{query}"), prefer, None));
        for id in answer.matches() {
            prop_assert!(id.contains("/ada"), "{id}: {}", answer.text);
        }
    }

    #[test]
    fn every_page_size_gives_each_match_once(count in 1_usize..9, sort in proptest::sample::select(&["date", "-date", "code", "_lastUpdated", "status,-date"][..])) {
        let ehr = Ehr::peopled();
        ehr.let_in(Access::to_patient("ada"));
        let mut found = Vec::new();
        let mut next = Some(format!("/Observation?_count={count}&_sort={sort}"));
        while let Some(url) = next {
            let answer = run(ehr.get(&url));
            prop_assert!(answer.matches().len() <= count);
            found.extend(answer.matches());
            next = answer.next();
        }
        found.sort();
        prop_assert_eq!(found, ["Observation/ada-a1c-0", "Observation/ada-a1c-1", "Observation/ada-a1c-2"]);
    }
}
