//! From method and path to what is asked (R4 http.html).

use fhir::resource::is_id;

use crate::{Failure, is_kind};

/// The methods FHIR knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET`, and `HEAD` with its body left out by the surface.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
}

impl Method {
    /// Reads the name of a method, as a request line and `Bundle.entry.request.method` write it.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "GET" | "HEAD" => Some(Self::Get),
            "POST" => Some(Self::Post),
            "PUT" => Some(Self::Put),
            "PATCH" => Some(Self::Patch),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// What a request asks for. Types are known R4 types, ids are well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// `GET /metadata`.
    Metadata,
    /// `POST /`: a batch or transaction.
    Bundle,
    /// `GET /{kind}?…`, or `POST /{kind}/_search` with the parameters in the form.
    Search {
        /// Resource type.
        kind: String,
    },
    /// `POST /Patient/$match`.
    Match,
    /// `POST /{kind}`.
    Create {
        /// Resource type.
        kind: String,
    },
    /// `GET /{kind}/{id}`.
    Read {
        /// Resource type.
        kind: String,
        /// Logical id.
        id: String,
    },
    /// `GET /{kind}/{id}/_history/{version}`.
    Vread {
        /// Resource type.
        kind: String,
        /// Logical id.
        id: String,
        /// Version as text.
        version: String,
    },
    /// `GET /{kind}/{id}/_history`.
    History {
        /// Resource type.
        kind: String,
        /// Logical id.
        id: String,
    },
    /// `PUT /{kind}/{id}`.
    Update {
        /// Resource type.
        kind: String,
        /// Logical id.
        id: String,
    },
    /// `PATCH /{kind}/{id}`.
    Patch {
        /// Resource type.
        kind: String,
        /// Logical id.
        id: String,
    },
    /// `DELETE /{kind}/{id}`.
    Delete {
        /// Resource type.
        kind: String,
        /// Logical id.
        id: String,
    },
}

impl Route {
    /// Reads the path below the base, with or without slashes at its ends.
    ///
    /// # Errors
    /// 404 for what does not exist in FHIR or here, 405 for a method that does not fit the path.
    pub fn parse(method: Method, path: &str) -> Result<Self, Failure> {
        let path = path.trim_matches('/');
        let parts: Vec<&str> = if path.is_empty() { Vec::new() } else { path.split('/').collect() };
        match parts.as_slice() {
            [] => match method {
                Method::Post => Ok(Self::Bundle),
                Method::Get => Err(Failure::bad_request("not-supported", "A search over all types is not supported.")),
                _ => Err(wrong_method("the base", "POST")),
            },
            ["metadata"] => match method {
                Method::Get => Ok(Self::Metadata),
                _ => Err(wrong_method("/metadata", "GET")),
            },
            [name, ..] if !is_kind(name) => {
                Err(Failure::new(404, "not-supported", "The path does not begin with an R4 resource type."))
            }
            [kind] => of_type(method, kind),
            [kind, "_search"] => match method {
                Method::Post => Ok(Self::Search { kind: (*kind).to_owned() }),
                _ => Err(wrong_method("_search", "POST")),
            },
            ["Patient", "$match" | "%24match"] => match method {
                Method::Post => Ok(Self::Match),
                _ => Err(wrong_method("$match", "POST")),
            },
            [_, "_history"] => Err(Failure::new(501, "not-supported", "The history of a whole type is not supported.")),
            [.., operation] if operation.starts_with('$') => {
                Err(Failure::new(404, "not-supported", "This operation is not supported."))
            }
            [kind, id, rest @ ..] if is_id(id) => of_instance(method, kind, id, rest),
            _ => Err(Failure::new(404, "not-found", "There is nothing at this path.")),
        }
    }

    /// The resource type asked about, where it is one.
    pub fn kind(&self) -> Option<&str> {
        match self {
            Self::Metadata | Self::Bundle => None,
            Self::Match => Some("Patient"),
            Self::Search { kind }
            | Self::Create { kind }
            | Self::Read { kind, .. }
            | Self::Vread { kind, .. }
            | Self::History { kind, .. }
            | Self::Update { kind, .. }
            | Self::Patch { kind, .. }
            | Self::Delete { kind, .. } => Some(kind),
        }
    }
}

fn of_type(method: Method, kind: &str) -> Result<Route, Failure> {
    let kind = kind.to_owned();
    match method {
        Method::Get => Ok(Route::Search { kind }),
        Method::Post => Ok(Route::Create { kind }),
        Method::Put | Method::Patch | Method::Delete => Err(Failure::new(
            405,
            "not-supported",
            "Conditional update, patch and delete are not supported: name the id.",
        )),
    }
}

fn of_instance(method: Method, kind: &str, id: &str, rest: &[&str]) -> Result<Route, Failure> {
    let (kind, id) = (kind.to_owned(), id.to_owned());
    match (rest, method) {
        ([], Method::Get) => Ok(Route::Read { kind, id }),
        ([], Method::Put) => Ok(Route::Update { kind, id }),
        ([], Method::Patch) => Ok(Route::Patch { kind, id }),
        ([], Method::Delete) => Ok(Route::Delete { kind, id }),
        ([], Method::Post) => Err(wrong_method("a resource", "GET, PUT, PATCH or DELETE")),
        (["_history"], Method::Get) => Ok(Route::History { kind, id }),
        (["_history", version], Method::Get) => Ok(Route::Vread { kind, id, version: (*version).to_owned() }),
        (["_history", ..], _) => Err(wrong_method("a history", "GET")),
        _ => Err(Failure::new(404, "not-found", "There is nothing at this path.")),
    }
}

fn wrong_method(what: &str, allowed: &str) -> Failure {
    Failure::new(405, "not-supported", format!("This method is not allowed on {what}; {allowed} is."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_interactions_with_and_without_slashes_at_the_ends() {
        let goal = |id: &str| (String::from("Goal"), id.to_owned());
        let (kind, id) = goal("g1");
        assert_eq!(Route::parse(Method::Get, "/Goal/g1/"), Ok(Route::Read { kind, id }));
        assert_eq!(Route::parse(Method::Get, "metadata"), Ok(Route::Metadata));
        assert_eq!(Route::parse(Method::Post, ""), Ok(Route::Bundle));
        assert_eq!(Route::parse(Method::Post, "/Goal/_search"), Ok(Route::Search { kind: "Goal".into() }));
        assert_eq!(Route::parse(Method::Post, "/Patient/$match"), Ok(Route::Match));
        let (kind, id) = goal("g1");
        assert_eq!(
            Route::parse(Method::Get, "/Goal/g1/_history/2"),
            Ok(Route::Vread { kind, id, version: "2".into() })
        );
    }

    #[test]
    fn what_is_not_there_is_404_and_what_is_not_allowed_is_405() {
        let status = |method, path| Route::parse(method, path).expect_err(path).status;
        assert_eq!(status(Method::Get, "/Plan/1"), 404);
        assert_eq!(status(Method::Get, "/Goal/not an id"), 404);
        assert_eq!(status(Method::Get, "/Goal/g1/more"), 404);
        assert_eq!(status(Method::Get, "/Patient/1/$everything"), 404);
        assert_eq!(status(Method::Post, "/Goal/$match"), 404);
        assert_eq!(status(Method::Get, "/Patient/$match"), 405);
        assert_eq!(status(Method::Post, "/Goal/g1"), 405);
        assert_eq!(status(Method::Delete, "/metadata"), 405);
        assert_eq!(status(Method::Put, "/Goal/g1/_history/2"), 405);
    }
}
