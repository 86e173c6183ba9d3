//! What a body says.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};
use shared_plan::Version;
use shared_plan::commands::MAX_LONG;

use super::doubled::doubled;
use super::text::unwritable;
use crate::rest::problem::{Code, Problem};

/// What a body can say beside `version` and `reason`. Every one denies unknown fields.
pub trait Body: DeserializeOwned + JsonSchema + Send {
    /// True where something that is there is changed, so that the version that was seen comes along.
    const CHANGES: bool = true;
    /// True where what it makes may be there already, which is then told with its version.
    const MEETS: bool = Self::CHANGES;
}

/// A body that was read.
pub(super) struct Sent<B> {
    pub(super) body: B,
    pub(super) version: Option<Version>,
    pub(super) reason: Option<String>,
}

/// Reads a body, or names the field that is wrong.
pub(super) fn read<B: Body>(bytes: &[u8]) -> Result<Sent<B>, Problem> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Problem::of(Code::InvalidJson).saying(format!("It cannot be read from line {line}, column {column} on."))
    })?;
    let Value::Object(mut fields) = value else {
        return Err(wrong("", "wrong-type", "The body must be an object."));
    };
    if let Some(at) = doubled(bytes) {
        return Err(wrong(&at, "twice", "This member may stand once."));
    }
    if let Some(at) = unwritable(&fields) {
        return Err(wrong(&at, "not-text", "This holds the character NUL, which no text has."));
    }
    let version = if B::CHANGES { version(&mut fields)? } else { None };
    let reason = reason(&mut fields)?;
    let body = serde_path_to_error::deserialize(Value::Object(fields)).map_err(|error| {
        let message: String = error.inner().to_string().chars().take(300).collect();
        let (code, missing) = kind(&message);
        let pointer = pointer(error.path());
        let pointer = missing.map_or(pointer.clone(), |field| format!("{pointer}/{}", escaped(field)));
        wrong(&pointer, code, &message)
    })?;
    Ok(Sent { body, version, reason })
}

fn version(fields: &mut Map<String, Value>) -> Result<Option<Version>, Problem> {
    match fields.shift_remove("version") {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_u64() {
            Some(version) => Ok(Some(Version(version))),
            None => Err(wrong("/version", "wrong-type", "A version is a whole number.")),
        },
    }
}

fn reason(fields: &mut Map<String, Value>) -> Result<Option<String>, Problem> {
    match fields.shift_remove("reason") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(reason)) if reason.chars().count() > MAX_LONG => {
            let words = format!("This is too long: at most {MAX_LONG} are kept.");
            Err(Problem::of(Code::InvalidContent).at("/reason", "too-long", words))
        }
        Some(Value::String(reason)) => Ok(Some(reason).filter(|reason| !reason.trim().is_empty())),
        Some(_) => Err(wrong("/reason", "wrong-type", "A reason is a text.")),
    }
}

fn wrong(field: &str, code: &'static str, message: &str) -> Problem {
    Problem::of(Code::InvalidBody).at(field, code, message)
}

/// What kind of mistake serde tells of, and the field that is missing.
fn kind(message: &str) -> (&'static str, Option<&str>) {
    if let Some(rest) = message.strip_prefix("missing field `") {
        return ("missing", rest.split('`').next());
    }
    if message.starts_with("unknown field") {
        ("unknown-field", None)
    } else if message.starts_with("unknown variant") {
        ("unknown-code", None)
    } else {
        ("wrong-type", None)
    }
}

fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", escaped(key)),
            Segment::Enum { variant } => format!("/{}", escaped(variant)),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// A name in a JSON pointer (RFC 6901 section 3).
pub(super) fn escaped(name: &str) -> String {
    let name: String = name.chars().take(200).collect();
    name.replace('~', "~0").replace('/', "~1")
}
