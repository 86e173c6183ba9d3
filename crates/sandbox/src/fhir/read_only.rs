//! Types that are read and never written.

use fhir_server::Interaction;
use serde_json::{Value, json};

/// True for what changes something.
pub(super) fn is_write(interaction: Interaction) -> bool {
    match interaction {
        Interaction::Create | Interaction::Update | Interaction::Patch | Interaction::Delete => true,
        Interaction::Read | Interaction::Vread | Interaction::History | Interaction::Search => false,
    }
}

/// A CapabilityStatement that offers no write of some types.
pub(super) fn without_writes(mut statement: Value, read_only: &[String]) -> Value {
    let rows = statement["rest"][0]["resource"].as_array_mut().into_iter().flatten();
    for row in rows.filter(|row| read_only.iter().any(|kind| row["type"] == kind.as_str())) {
        let is_write = |code: &Value| Interaction::ALL.iter().any(|one| is_write(*one) && *code == one.code());
        if let Some(interactions) = row["interaction"].as_array_mut() {
            interactions.retain(|interaction| !is_write(&interaction["code"]));
        }
        row["updateCreate"] = json!(false);
        row["conditionalCreate"] = json!(false);
    }
    statement
}
