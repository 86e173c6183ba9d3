//! `docs/plan.schema.json` says what a plan as data looks like, and every plan looks like that.

use std::path::Path;
use std::sync::Arc;

use care_plan::export::PlanDocument;
use care_plan::{Decisions, consolidate};
use sample_data::TODAY;
use serde_json::Value;

use crate::world::EVERYBODY;

fn schema() -> Value {
    let schema = schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<PlanDocument>();
    schema.to_value()
}

#[test]
fn the_schema_in_the_documentation_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/plan.schema.json");
    let made = format!("{:#}\n", schema());
    if std::env::var_os("ACCORD_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &made).expect("the schema can be written");
    }
    let written = std::fs::read_to_string(&path).expect("docs/plan.schema.json");
    assert!(written == made, "docs/plan.schema.json is old: run this test with ACCORD_WRITE_SCHEMA=1");
}

#[test]
fn every_plan_keeps_to_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema");
    for person in &*EVERYBODY {
        let plan = Arc::new(consolidate(&person.snapshot, &Decisions::default(), TODAY));
        let document = serde_json::to_value(PlanDocument::new(1, plan, &person.snapshot)).expect("a plan is JSON");
        let faults: Vec<String> = validator
            .iter_errors(&document)
            .take(3)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}: {faults:?}", person.name);
    }
}
