//! The parameters of a query.

use axum::http::Uri;
use schemars::{Schema, SchemaGenerator};

use crate::rest::problem::{Code, Problem};

/// A parameter, as the description tells it.
#[derive(Clone, Copy)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// What can stand there.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// True where there is no answer without it.
    pub required: bool,
}

/// What a query can ask.
pub trait FromQuery: Sized + Send {
    /// Its parameters; others are refused.
    const PARAMETERS: &'static [Parameter];

    /// Reads them.
    ///
    /// # Errors
    /// One cannot be read.
    fn from_query(params: &mut Params) -> Result<Self, Problem>;
}

impl FromQuery for () {
    const PARAMETERS: &'static [Parameter] = &[];

    fn from_query(_: &mut Params) -> Result<Self, Problem> {
        Ok(())
    }
}

/// The parameters that came.
pub struct Params {
    path: String,
    came: Vec<(String, String)>,
    left: Vec<(String, String)>,
}

impl Params {
    fn of(path: &str, query: &str) -> Self {
        let came: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { path: path.to_owned(), left: came.clone(), came }
    }

    /// The path that was asked.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// All that came, taken or not.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.came.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Takes a parameter that may come once.
    ///
    /// # Errors
    /// It came twice.
    pub fn take(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let at = self.left.iter().position(|(found, _)| found == name);
        let Some(at) = at else { return Ok(None) };
        let (_, value) = self.left.remove(at);
        if self.left.iter().any(|(found, _)| found == name) {
            return Err(wrong(name, "twice", "This parameter may come once."));
        }
        Ok(Some(value))
    }

    /// Takes a parameter and reads it.
    ///
    /// # Errors
    /// It came twice, or cannot be read.
    pub fn read<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.take(name)? else { return Ok(None) };
        read(&text).map(Some).ok_or_else(|| wrong(name, "wrong-type", &format!("This must be {expected}.")))
    }

    /// As [`Params::read`], for one without which there is no answer.
    ///
    /// # Errors
    /// It is missing, came twice, or cannot be read.
    pub fn required<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Problem> {
        self.read(name, expected, read)?.ok_or_else(|| wrong(name, "missing", "This parameter is needed."))
    }
}

fn wrong(name: &str, code: &'static str, message: &str) -> Problem {
    let name: String = name.chars().take(100).collect();
    Problem::of(Code::InvalidParameter).at(format!("?{name}"), code, message)
}

/// Reads a query whole: what is not a parameter is refused, so that a filter with a slip of the pen does not show all.
pub(super) fn query<Q: FromQuery>(uri: &Uri) -> Result<Q, Problem> {
    let mut params = Params::of(uri.path(), uri.query().unwrap_or_default());
    let read = Q::from_query(&mut params)?;
    match params.left.first() {
        None => Ok(read),
        Some((name, _)) => Err(wrong(name, "unknown-field", "There is no such parameter.")),
    }
}
