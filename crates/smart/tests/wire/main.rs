//! The SMART client against small servers on loopback that answer as real ones do, well and badly.

mod callback;
mod canary;
mod client_authentication;
mod discovery;
mod ehr;
mod identity;
mod launch;
mod refresh;
mod registry;
mod signer;
mod stored;
mod strange_text;
mod token_answer;
mod world;
