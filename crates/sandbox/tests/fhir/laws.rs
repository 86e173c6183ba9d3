//! Laws that hold for every query.

use fhir_server::params;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
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

/// A type and a query made of its own parameters, controls, and now and then one that is not known.
fn asked(kinds: &'static [&'static str]) -> impl Strategy<Value = (&'static str, String)> {
    proptest::sample::select(kinds).prop_flat_map(|kind| {
        let own = params::of(kind).iter().chain(params::COMMON);
        let names: Vec<(&'static str, &'static str)> = own.map(|param| (param.name, param.kind.code())).collect();
        let own = proptest::sample::select(names).prop_flat_map(|(name, kind)| {
            (modifier(), value(kind)).prop_map(move |(modifier, value)| format!("{name}{modifier}={value}"))
        });
        let pair = prop_oneof![6 => own, 3 => control(), 4 => Just("_lastUpdated=gt2000".to_owned()), 1 => Just("colour=red".to_owned())];
        let pairs = proptest::collection::vec(pair, 0..4);
        pairs.prop_map(move |pairs| (kind, pairs.join("&")))
    })
}

fn modifier() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(""), 1 => Just(":missing"), 1 => Just(":not"), 1 => Just(":Patient"), 1 => Just(":contains")]
}

fn value(kind: &'static str) -> BoxedStrategy<String> {
    let words: &[&str] = match kind {
        "reference" => &[
            "ada",
            "ben",
            "Patient/ben",
            "Patient/ada,Patient/ben",
            "Goal/ben-goal",
            "Practitioner/dr",
            "http://elsewhere.test/fhir/Patient/9",
        ],
        "token" => &[
            "ben",
            "ben-goal",
            "active",
            "active,final",
            "plan",
            "order",
            "female",
            "433144002",
            "http://loinc.org|",
            "true",
        ],
        "date" => &["ge2020", "lt2030", "2026", "ne2026-11-21", "gt1900-01-01"],
        "string" => &["lane", "ben", "l"],
        _ => &["7.5", "gt1", "urn:x"],
    };
    let odd = "[a-z0-9|,:/-]{0,8}";
    prop_oneof![8 => proptest::sample::select(words).prop_map(str::to_owned), 1 => Just("true".to_owned()), 1 => odd]
        .boxed()
}

fn control() -> impl Strategy<Value = String> {
    let controls = [
        "_count=1",
        "_count=3",
        "_sort=-_lastUpdated",
        "_summary=count",
        "_revinclude=Provenance:target",
        "_revinclude=Linkage:item",
        "_revinclude=CareTeam:participant",
        "_revinclude=Patient:general-practitioner",
        "_revinclude=CarePlan:goal",
        "_revinclude:iterate=Goal:patient",
        "_include=Goal:patient",
        "_include=CarePlan:*",
        "_include:iterate=Goal:patient",
        "_include=Provenance:target",
        "_include=Linkage:item",
        "_include=CareTeam:participant",
    ];
    proptest::sample::select(controls.to_vec()).prop_map(str::to_owned)
}

/// A law about refusals alone, or about records that nobody asks for, would say nothing.
#[test]
fn half_of_the_queries_in_these_laws_are_answered_and_many_would_show_bens_record() {
    let ehr = Ehr::peopled();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut answered, mut bens) = (0, 0);
    for _ in 0..400 {
        let (kind, query) = asked(KINDS).new_tree(&mut runner).expect("a query").current();
        let url = format!("/{kind}?{query}");
        ehr.let_in(reader(Some("ada")));
        answered += usize::from(run(ehr.get(&url)).status == 200);
        ehr.let_in(reader(None));
        bens += usize::from(run(ehr.get(&url)).text.contains("/ben"));
    }
    assert!(answered > 200 && bens > 40, "{answered} answered, {bens} with the other one's record");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_adas_token_never_shows_bens_record((kind, query) in asked(KINDS), lenient in any::<bool>()) {
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
    fn a_search_for_ada_never_gives_bens_rows((kind, query) in asked(&KINDS[1..7]), lenient in any::<bool>()) {
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
