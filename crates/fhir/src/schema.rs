//! JSON Schemas of what the lenient types become when they are sent on.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{CodeableConcept, Coding, FhirDate};

impl JsonSchema for FhirDate {
    fn schema_name() -> Cow<'static, str> {
        "FhirDate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A date as precise as its source was: a year, a month, a day, or an instant.",
            "pattern": "^-?[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.+)?)?)?$",
        })
    }
}

impl JsonSchema for Coding {
    fn schema_name() -> Cow<'static, str> {
        "Coding".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "A code of a code system (R4 datatypes, Coding).",
            "properties": {
                "system": { "type": ["string", "null"] },
                "code": { "type": ["string", "null"] },
                "display": { "type": ["string", "null"] },
            },
        })
    }
}

impl JsonSchema for CodeableConcept {
    fn schema_name() -> Cow<'static, str> {
        "CodeableConcept".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "What something is, by codes and in words (R4 datatypes, CodeableConcept).",
            "properties": {
                "coding": { "type": "array", "items": generator.subschema_for::<Coding>() },
                "text": { "type": ["string", "null"] },
            },
        })
    }
}
