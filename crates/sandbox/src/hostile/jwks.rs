//! Lies about the public keys.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{
    genuine::{Genuine, elsewhere, login_page, status_500},
    layer::Liar,
    ways::ways,
};

ways! {
    /// Ways in which the set of public keys can be wrong.
    JwksWay {
        /// There is no key in it.
        Empty = "empty",
        /// A page comes instead.
        Html = "html",
        /// The server is down.
        Status500 = "status-500",
        /// There is no such document.
        NotFound = "not-found",
        /// The right set calls itself a page.
        WrongContentType = "wrong-content-type",
        /// After it was fetched once, tokens are signed by another key under the same name.
        SwappedAfterFirstFetch = "swapped-after-first-fetch",
        /// The private half of the key is published too.
        PrivateMembers = "private-members",
        /// Two keys have one name, the first of them a stranger's.
        DuplicateKid = "duplicate-kid",
        /// The key is meant for encryption.
        ForEncryption = "for-encryption",
        /// The key is a shared secret, and tokens are signed with it.
        SharedSecret = "shared-secret",
        /// The set holds another key than the one that signs.
        OtherKey = "other-key",
        /// Keys nobody can read stand beside the right one.
        StrangeNeighbours = "strange-neighbours",
        /// The set is a text.
        NotAList = "not-a-list",
        /// The right set is followed by ten megabytes of nothing.
        Huge = "huge",
        /// The set never ends.
        Endless = "endless",
        /// The address leads to another EHR's keys.
        Redirect = "redirect",
    }
}

impl JwksWay {
    pub(super) fn alter(self, liar: &Liar, genuine: Genuine) -> Response {
        let key = liar.authority().signing_key().public_jwk().clone();
        let other = liar.other_key().public_jwk().clone();
        let keys = |keys: Value| json!({ "keys": keys });
        let named = |mut jwk: Value| {
            jwk["kid"] = key["kid"].clone();
            jwk
        };
        match self {
            Self::Empty => genuine.with_json(&keys(json!([]))),
            Self::Html => login_page(),
            Self::Status500 => status_500(),
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::WrongContentType => genuine.named("text/html"),
            Self::SwappedAfterFirstFetch if liar.first_fetch_of_keys() => genuine.unchanged(),
            Self::SwappedAfterFirstFetch => genuine.with_json(&keys(json!([named(other)]))),
            Self::PrivateMembers => {
                let mut whole = key.clone();
                whole["d"] = json!("cHJpdmF0ZS1tZW1iZXItb2YtdGhlLWtleQ");
                genuine.with_json(&keys(json!([whole])))
            }
            Self::DuplicateKid => genuine.with_json(&keys(json!([named(other), key]))),
            Self::ForEncryption => {
                let mut other_use = key.clone();
                other_use["use"] = json!("enc");
                genuine.with_json(&keys(json!([other_use])))
            }
            Self::SharedSecret => {
                let secret = json!({ "kty": "oct", "kid": key["kid"], "alg": "HS256", "k": "c2hhcmVkLXNlY3JldA" });
                genuine.with_json(&keys(json!([secret])))
            }
            Self::OtherKey => genuine.with_json(&keys(json!([named(other)]))),
            Self::StrangeNeighbours => {
                genuine.with_json(&keys(json!([null, 7, "key", { "kty": "XYZ" }, { "kty": "EC", "crv": "P-0" }, key])))
            }
            Self::NotAList => genuine.with_json(&keys(json!("all of them"))),
            Self::Huge => genuine.ten_megabytes(),
            Self::Endless => genuine.endless(),
            Self::Redirect => elsewhere(&format!("{}/auth/jwks", liar.peer().issuer)),
        }
    }

    /// The id_token that goes with the lie about the keys, where it is not the honest one.
    pub(super) fn id_token(self, liar: &Liar, answer: &Value) -> Option<String> {
        let told = super::forge::claims(answer["id_token"].as_str()?);
        let key = liar.authority().signing_key();
        match self {
            Self::SwappedAfterFirstFetch if liar.keys_were_fetched() => {
                Some(liar.other_key().sign_as(&super::forge::header(key), &told))
            }
            Self::SharedSecret => {
                let header = json!({ "typ": "JWT", "alg": "HS256", "kid": key.public_jwk()["kid"] });
                Some(super::forge::with_secret(&header, &told, b"shared-secret"))
            }
            _ => None,
        }
    }
}
