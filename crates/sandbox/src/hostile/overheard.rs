//! Secrets that went over this EHR's wire, for tests that search for them where they must not be.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, header};
use serde_json::Value;

/// The newest are kept: a demonstration may run for days.
const MOST: usize = 4096;
/// Shorter ones would be found everywhere.
const SHORTEST: usize = 8;
/// What a token request holds that nobody else may see.
const SENT: [&str; 5] = ["code", "code_verifier", "client_assertion", "client_secret", "refresh_token"];
/// What a token answer holds that nobody else may see.
const GIVEN: [&str; 3] = ["access_token", "refresh_token", "id_token"];

/// A list of secrets, newest last.
#[derive(Default)]
pub(super) struct Overheard(Mutex<VecDeque<String>>);

impl Overheard {
    /// All that is kept.
    pub(super) fn list(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(super) fn note(&self, secret: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if secret.len() < SHORTEST || kept.iter().rev().any(|known| known == secret) {
            return;
        }
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back(secret.to_owned());
    }

    /// What the client sends to the token endpoint.
    pub(super) fn note_request(&self, headers: &HeaderMap, form: &[(String, String)]) {
        for (name, value) in form {
            if SENT.contains(&name.as_str()) {
                self.note(value);
            }
        }
        let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if let Some((_, credentials)) = basic.and_then(|value| value.split_once(' ')) {
            self.note(credentials);
        }
    }

    /// What the token endpoint answers.
    pub(super) fn note_answer(&self, answer: &Value) {
        for secret in GIVEN.iter().filter_map(|field| answer[*field].as_str()) {
            self.note(secret);
        }
    }
}
