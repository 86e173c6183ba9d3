//! The only crate that speaks SQL: adapters behind the ports of the other crates.
