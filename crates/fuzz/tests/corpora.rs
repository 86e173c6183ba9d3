//! Every target, its whole corpus and some changed inputs: the short form of `cargo xtask fuzz`.

use fuzz::{Campaign, TARGETS, Target, corpus, shrink, targets};

/// Tries the corpus and then changed inputs, the same in every run; saves what it finds.
fn holds(name: &str) {
    let target = targets::named(name).expect("a target");
    let inputs = corpus::load(name).expect("a corpus");
    let mut campaign = Campaign::new(target, inputs, 3);
    for _ in 0..target.tries {
        let input = campaign.next_input();
        if let Err(finding) = campaign.attempt(input) {
            let smallest = shrink(target, finding.input);
            let saved = corpus::save(name, &smallest);
            panic!(
                "{}, after {} inputs; {:?} saved as {saved:?}",
                finding.said,
                finding.after,
                String::from_utf8_lossy(&smallest)
            );
        }
    }
    eprintln!("{name}: {} inputs, {} ways to answer", campaign.tries(), campaign.answers());
    assert!(campaign.answers() > 2, "{name}: {} answers: the inputs reach nothing", campaign.answers());
}

#[test]
fn a_strange_discovery_document_names_no_foreign_endpoint() {
    holds("discovery");
}

#[test]
fn a_strange_token_answer_shows_no_token_and_grants_what_it_lists() {
    holds("token_answer");
}

#[test]
fn a_strange_identity_is_believed_only_where_the_source_signed_it() {
    holds("id_token");
}

#[test]
fn a_strange_answer_to_a_launch_finds_no_launch_by_a_state_that_stands_twice() {
    holds("callback");
}

#[test]
fn a_strange_launch_finds_no_issuer_by_a_look_alike() {
    holds("launch_query");
}

#[test]
fn a_strange_cookie_header_has_no_session_of_another_name() {
    holds("cookie");
}

#[test]
fn a_strange_scope_permits_nothing_that_it_does_not_say() {
    holds("scopes");
}

#[test]
fn a_strange_list_of_brands_offers_what_is_registered() {
    holds("brands");
}

#[test]
fn a_strange_bundle_loses_no_entry() {
    holds("bundle");
}

#[test]
fn a_strange_resource_is_read_the_same_by_every_view() {
    holds("resource");
}

#[test]
fn a_strange_reference_points_where_it_says_or_nowhere() {
    holds("references");
}

#[test]
fn a_strange_date_says_no_more_than_it_said() {
    holds("dates");
}

#[test]
fn a_strange_quantity_never_leaves_its_dimension() {
    holds("quantity");
}

#[test]
fn a_strange_outcome_is_never_data() {
    holds("outcome");
}

#[test]
fn a_strange_capability_statement_offers_nothing_that_it_does_not_say() {
    holds("capability");
}

#[test]
fn strange_records_are_joined_without_losing_one_in_whatever_order() {
    holds("merge");
}

#[test]
fn what_has_broken_readers_elsewhere_breaks_none_here() {
    // As much stack as a worker thread of the server has: what is too deep there is too deep here.
    let run = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(|| {
        for target in TARGETS {
            for (name, input) in fuzz::monsters::all() {
                eprintln!("{}: {name}", target.name);
                (target.check)(&input);
            }
        }
    });
    run.expect("a thread").join().expect("no target panics");
}

#[test]
fn every_target_has_a_test_and_a_small_corpus() {
    let tests = include_str!("corpora.rs");
    for target in TARGETS {
        assert!(tests.contains(&format!("holds(\"{}\");", target.name)), "{} has no test", target.name);
        let inputs = corpus::load(target.name).expect("a corpus");
        assert!(inputs.len() >= 5, "{}: {} inputs", target.name, inputs.len());
        assert!(inputs.iter().all(|input| input.len() <= 64 * 1024), "{}: an input that is too long", target.name);
    }
}

/// Cannot bear a list in a list with the number of the largest 64 bits beside it.
static BRITTLE: Target = Target {
    name: "brittle",
    words: &["a", "b"],
    tries: 0,
    check: |input| {
        let value: serde_json::Value = serde_json::from_slice(input).unwrap_or_default();
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let number = serde_json::Value::from(i64::MAX);
        assert!(!(items.iter().any(serde_json::Value::is_array) && items.contains(&number)), "it broke");
        format!("{} items", items.len().min(3))
    },
};

fn first_finding(seed: u64) -> fuzz::Finding {
    let mut campaign = Campaign::new(&BRITTLE, vec![b"[1, \"a\"]".to_vec(), b"{}".to_vec()], seed);
    for _ in 0..200_000 {
        let input = campaign.next_input();
        if let Err(finding) = campaign.attempt(input) {
            return finding;
        }
    }
    panic!("a reader that breaks was not found to break");
}

#[test]
fn a_reader_that_breaks_is_found_again_by_its_seed_and_the_input_made_small() {
    let (first, second) = (first_finding(11), first_finding(11));
    assert_eq!((&first.input, first.after), (&second.input, second.after));
    assert_eq!(first.said, "it broke");
    let smallest = shrink(&BRITTLE, first.input);
    assert!(smallest.len() <= 30, "{:?}", String::from_utf8_lossy(&smallest));
}
