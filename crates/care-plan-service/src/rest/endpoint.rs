//! One endpoint: how it is reached, what it says of itself, and what it does.

use std::future::Future;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::asked::{Body, FromPath, FromQuery, Parameter, Read, Write};
use super::scopes::{Interaction, needs};
use super::{Answer, Problem, Rest};

/// How a schema is made.
pub type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// One endpoint. Its types are its description.
pub struct Endpoint {
    /// `get`, `post` or `put`.
    pub method: &'static str,
    /// Below the base path, with parameters in braces.
    pub path: &'static str,
    /// Its name for programs, once and for ever.
    pub name: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// The parameters of its query.
    pub parameters: &'static [Parameter],
    /// What it takes.
    pub takes: Option<Takes>,
    /// The status where all is well.
    pub status: StatusCode,
    /// What it answers then.
    pub answer: SchemaOf,
    pub(super) route: MethodRouter<Rest>,
}

/// What the door of an endpoint knows of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) name: &'static str,
}

/// What a writing endpoint takes.
#[derive(Clone, Copy)]
pub struct Takes {
    /// The body, without what goes with every change.
    pub body: SchemaOf,
    /// True where something that is there is changed, so that the version that was seen comes along.
    pub changes: bool,
    /// True where what is there may be another version than the caller believes.
    pub meets: bool,
}

impl Endpoint {
    /// What a token has to allow, all of it.
    pub fn needs(&self) -> Vec<Interaction> {
        needs(self.method, self.path)
    }

    /// An endpoint that reads.
    pub(super) fn get<P, Q, T, H, F>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        P: FromPath + 'static,
        Q: FromQuery + 'static,
        T: Serialize + JsonSchema,
        H: Fn(Rest, Read<P, Q>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Answer<T>, Problem>> + Send,
    {
        let answer = |State(rest): State<Rest>, request: Request| async move {
            let read = match Read::of(request, &rest).await {
                Ok(read) => read,
                Err(problem) => return problem.into_response(),
            };
            answered(handler(rest, read).await, StatusCode::OK)
        };
        let method = "get";
        Self {
            method,
            path,
            name,
            summary,
            parameters: Q::PARAMETERS,
            takes: None,
            status: StatusCode::OK,
            answer: |generator| generator.subschema_for::<T>(),
            route: on(MethodFilter::GET, answer).layer(Extension(Call { method, path, name })),
        }
    }

    /// An endpoint that makes something.
    pub(super) fn add<P, B, T, H, F>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        P: FromPath + 'static,
        B: Body + 'static,
        T: Serialize + JsonSchema,
        H: Fn(Rest, Write<P, B>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Answer<T>, Problem>> + Send,
    {
        Self::write(("post", MethodFilter::POST), StatusCode::CREATED, (path, name, summary), handler)
    }

    /// An endpoint that does something.
    pub(super) fn post<P, B, T, H, F>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        P: FromPath + 'static,
        B: Body + 'static,
        T: Serialize + JsonSchema,
        H: Fn(Rest, Write<P, B>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Answer<T>, Problem>> + Send,
    {
        Self::write(("post", MethodFilter::POST), StatusCode::OK, (path, name, summary), handler)
    }

    /// An endpoint that puts something in the place of what was there.
    pub(super) fn put<P, B, T, H, F>(path: &'static str, name: &'static str, summary: &'static str, handler: H) -> Self
    where
        P: FromPath + 'static,
        B: Body + 'static,
        T: Serialize + JsonSchema,
        H: Fn(Rest, Write<P, B>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Answer<T>, Problem>> + Send,
    {
        Self::write(("put", MethodFilter::PUT), StatusCode::OK, (path, name, summary), handler)
    }

    fn write<P, B, T, H, F>(
        (method, filter): (&'static str, MethodFilter),
        status: StatusCode,
        (path, name, summary): (&'static str, &'static str, &'static str),
        handler: H,
    ) -> Self
    where
        P: FromPath + 'static,
        B: Body + 'static,
        T: Serialize + JsonSchema,
        H: Fn(Rest, Write<P, B>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Answer<T>, Problem>> + Send,
    {
        let answer = move |State(rest): State<Rest>, request: Request| async move {
            let (write, entered) = match Write::of(request, &rest).await {
                Ok(read) => read,
                Err(problem) => return problem.into_response(),
            };
            let problem = match handler(rest.clone(), write).await {
                Ok(answer) => return answer.with(status),
                Err(problem) => problem,
            };
            entered.noted(&rest, problem).await.into_response()
        };
        Self {
            method,
            path,
            name,
            summary,
            parameters: &[],
            takes: Some(Takes { body: |generator| B::json_schema(generator), changes: B::CHANGES, meets: B::MEETS }),
            status,
            answer: |generator| generator.subschema_for::<T>(),
            route: on(filter, answer).layer(Extension(Call { method, path, name })),
        }
    }
}

fn answered<T: Serialize>(answer: Result<Answer<T>, Problem>, status: StatusCode) -> Response {
    match answer {
        Ok(answer) => answer.with(status),
        Err(problem) => problem.into_response(),
    }
}
