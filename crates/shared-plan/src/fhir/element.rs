//! A resource while it is put together.

use serde_json::{Map, Value};

/// An object that has no empty elements: FHIR forbids them.
#[derive(Debug, Clone, Default)]
pub(super) struct Element(Map<String, Value>);

impl Element {
    /// An object with nothing in it.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A resource with its type.
    pub(super) fn resource(kind: super::ResourceKind) -> Self {
        Self::new().with("resourceType", kind.name())
    }

    /// Adds an element.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Adds an element where there is one; a text of blanks is none.
    pub(super) fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value.map(Into::into) {
            Some(Value::String(text)) if text.trim().is_empty() => self,
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a list where it holds anything.
    pub(super) fn with_list(self, name: &str, values: Vec<Value>) -> Self {
        if values.is_empty() { self } else { self.with(name, values) }
    }

    /// The object; `None` where it is empty.
    pub(super) fn some(self) -> Option<Value> {
        (!self.0.is_empty()).then_some(Value::Object(self.0))
    }

    /// The object.
    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }
}
