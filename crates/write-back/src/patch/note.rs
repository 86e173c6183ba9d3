//! `Goal.note`: one more at the end.

use fhir::Target;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::edit::Author;
use crate::record::Refusal;

/// Types that `Annotation.authorReference` allows (R4 datatypes.html).
const AUTHORS: [&str; 4] = ["Practitioner", "Patient", "RelatedPerson", "Organization"];

/// Appends the note.
pub(super) fn append(
    goal: &mut Map<String, Value>,
    text: &str,
    author: &Author,
    noted: Timestamp,
) -> Result<(), Refusal> {
    let notes = goal.entry("note").or_insert_with(|| json!([]));
    let notes = notes.as_array_mut().ok_or_else(|| Refusal::Shape { path: "note".to_owned() })?;
    let time = to_second(noted).to_string();
    notes.push(match reference(author) {
        Some(reference) => {
            let reference = json!({ "reference": reference, "display": author.name });
            json!({ "authorReference": reference, "time": time, "text": text })
        }
        None => json!({ "authorString": author.name, "time": time, "text": text }),
    });
    Ok(())
}

/// True where the note is in the goal: same text, same second, however the server writes the time.
pub(super) fn is_there(goal: &Value, text: &str, noted: Timestamp) -> bool {
    let time = |note: &Value| note["time"].as_str().and_then(|time| time.parse::<Timestamp>().ok()).map(to_second);
    let mut notes = goal["note"].as_array().into_iter().flatten();
    notes.any(|note| note["text"] == text && time(note) == Some(to_second(noted)))
}

fn reference(author: &Author) -> Option<&str> {
    let reference = author.reference.as_deref()?;
    match Target::parse(reference) {
        Target::Relative { kind, .. } if AUTHORS.contains(&kind.as_str()) => Some(reference),
        _ => None,
    }
}

/// Parts of a second are dropped: some servers do not keep them, and the note must be found again.
fn to_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).expect("the whole second of a time is a time")
}
