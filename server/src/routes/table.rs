//! The table of routes: a route comes with what it does, or it does not come.

use std::sync::Arc;

use access::Operation;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;

use crate::gate::{self, AskedBy, Done, Rule};
use crate::state::Server;

/// One route of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its path, with parameters in braces.
    pub path: String,
    /// What it does.
    pub rule: Rule,
}

/// The routes, each behind the gate.
pub struct Table {
    server: Arc<Server>,
    router: Router<Arc<Server>>,
    routes: Vec<Route>,
}

impl Table {
    /// An empty table.
    pub fn new(server: &Arc<Server>) -> Self {
        Self { server: server.clone(), router: Router::new(), routes: Vec::new() }
    }

    /// Adds a route outside of launches.
    pub fn page(self, path: &str, operation: Operation, handler: MethodRouter<Arc<Server>>) -> Self {
        self.add(path.to_owned(), rule(Done::This(operation), AskedBy::User, false), handler)
    }

    /// Adds a route outside of launches that pages ask for by themselves.
    pub fn automatic(self, path: &str, operation: Operation, handler: MethodRouter<Arc<Server>>) -> Self {
        self.add(path.to_owned(), rule(Done::This(operation), AskedBy::Page, false), handler)
    }

    /// Adds a route of a launch.
    pub fn launch(self, path: &str, operation: Operation, handler: MethodRouter<Arc<Server>>) -> Self {
        self.add(in_launch(path), rule(Done::This(operation), AskedBy::User, true), handler)
    }

    /// Adds a route of a launch that pages ask for by themselves.
    pub fn launch_automatic(self, path: &str, operation: Operation, handler: MethodRouter<Arc<Server>>) -> Self {
        self.add(in_launch(path), rule(Done::This(operation), AskedBy::Page, true), handler)
    }

    /// Adds the server functions of a launch.
    pub fn functions(self, path: &str, handler: MethodRouter<Arc<Server>>) -> Self {
        self.add(in_launch(path), rule(Done::Function, AskedBy::User, true), handler)
    }

    fn add(mut self, path: String, rule: Rule, handler: MethodRouter<Arc<Server>>) -> Self {
        let handler = handler.route_layer(from_fn_with_state((self.server.clone(), rule), gate::pass));
        self.router = self.router.route(&path, handler);
        self.routes.push(Route { path, rule });
        self
    }

    /// The router, and what is in it.
    pub fn finish(self) -> (Router<Arc<Server>>, Vec<Route>) {
        (self.router, self.routes)
    }
}

fn rule(done: Done, asked_by: AskedBy, in_launch: bool) -> Rule {
    Rule { done, in_launch, asked_by }
}

fn in_launch(path: &str) -> String {
    format!("/l/{{launch}}{path}")
}
