//! The SMART client against small servers on loopback that answer as real ones do, well and badly.

mod backend;
mod brands;
mod callback;
mod canary;
mod client_authentication;
mod context;
mod discovery;
mod ehr;
mod identity;
mod launch;
mod refresh;
mod registry;
mod renew;
mod revoke;
mod signer;
mod stored;
mod strange_text;
mod token_answer;
mod world;
