//! The accord binary: configuration, routes, middleware, wiring.
