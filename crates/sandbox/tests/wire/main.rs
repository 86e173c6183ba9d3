//! The sandbox over real sockets: what a client sees, rule by rule.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod authorize;
mod backend;
mod brands;
mod browse;
mod client_auth;
mod codes;
mod cookies;
mod data_access;
mod discovery;
mod ehr_launch;
mod hostile;
mod house;
mod identity;
mod identity_service;
mod key;
mod loading;
mod power;
mod refresh;
mod revoke;
mod standalone;
mod web;
