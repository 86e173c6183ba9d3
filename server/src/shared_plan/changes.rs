//! What differs between two versions of a plan, in sentences.

use shared_plan::compare::{compare, sentence};
use shared_plan::plan::Plan;

/// What is different in `after`, each a sentence.
pub fn changes(before: &Plan, after: &Plan) -> Vec<String> {
    compare(before, after).iter().map(sentence).collect()
}
