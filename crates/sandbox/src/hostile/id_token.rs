//! Lies about who the user is.

use axum::response::Response;
use serde_json::{Value, json};

use super::{
    accomplices::COLLECTOR,
    forge::{self, claims},
    genuine::Genuine,
    layer::Liar,
    ways::ways,
};

ways! {
    /// Ways in which the id_token of the token answer can be wrong.
    IdTokenWay {
        /// It is not signed at all.
        AlgNone = "alg-none",
        /// It is signed with the public key as if that were a shared secret.
        Hs256WithPublicKey = "hs256-with-public-key",
        /// It is signed by another key under the right name.
        OtherKey = "other-key",
        /// Its key has a name that is not among the keys.
        UnknownKid = "unknown-kid",
        /// Its key has no name, which is allowed where there is one key only.
        NoKid = "no-kid",
        /// The name of its key is a path.
        KidPath = "kid-path",
        /// It brings its own key along.
        KeyInHeader = "key-in-header",
        /// It demands an extension that nobody knows.
        CriticalHeader = "critical-header",
        /// What it says was changed after it was signed.
        PayloadChanged = "payload-changed",
        /// Its signature is empty.
        SignatureEmpty = "signature-empty",
        /// Its issuer is another EHR.
        WrongIssuer = "wrong-issuer",
        /// Its issuer is missing.
        NoIssuer = "no-issuer",
        /// It was made for another client.
        WrongAudience = "wrong-audience",
        /// It was made for nobody.
        NoAudience = "no-audience",
        /// It was made for two clients and handed to the other one.
        AzpOfAnother = "azp-of-another",
        /// It was made for two clients and does not say to whom it was handed.
        TwoAudiencesNoAzp = "two-audiences-no-azp",
        /// It ended an hour ago.
        Expired = "expired",
        /// It never ends.
        NoExpiry = "no-expiry",
        /// It was made in an hour.
        FromTheFuture = "from-the-future",
        /// It repeats no nonce, as SMART allows.
        NonceMissing = "nonce-missing",
        /// It repeats a nonce that nobody sent.
        NonceWrong = "nonce-wrong",
        /// It repeats the nonce of an earlier launch: a replayed identity.
        NonceOfAnotherLaunch = "nonce-of-another-launch",
        /// It is the whole id_token of an earlier launch.
        TokenOfAnotherLaunch = "token-of-another-launch",
        /// Its subject is empty.
        SubEmpty = "sub-empty",
        /// Its subject is missing.
        SubMissing = "sub-missing",
        /// Its subject has 300 letters.
        SubTooLong = "sub-too-long",
        /// The user's resource lies on another host.
        FhirUserElsewhere = "fhir-user-elsewhere",
        /// The user's resource is a script.
        FhirUserScript = "fhir-user-script",
        /// The user is a device.
        FhirUserDevice = "fhir-user-device",
        /// The user's resource is not told.
        FhirUserMissing = "fhir-user-missing",
        /// The user's name is a script.
        NameScript = "name-script",
        /// It has two signatures.
        TwoSignatures = "two-signatures",
        /// It is no token.
        Garbage = "garbage",
        /// It is a hundred thousand letters long.
        Huge = "huge",
    }
}

impl IdTokenWay {
    pub(super) fn alter(self, liar: &Liar, genuine: Genuine) -> Response {
        let answer = genuine.json();
        let forged = self.forged(liar, &answer);
        genuine.with("id_token", forged)
    }

    /// The falsified id_token for an honest token answer.
    pub(super) fn forged(self, liar: &Liar, answer: &Value) -> String {
        let honest = answer["id_token"].as_str().unwrap_or_default().to_owned();
        let told = claims(&honest);
        let key = liar.authority().signing_key();
        let header = forge::header(key);
        let said = |field: &str, value: Value| key.sign_as(&header, &with(&told, field, value));
        let under = |header: Value| key.sign_as(&header, &told);
        let parts: Vec<&str> = honest.split('.').collect();
        match self {
            Self::AlgNone => forge::unsigned(&json!({ "alg": "none", "typ": "JWT" }), &told),
            Self::Hs256WithPublicKey => forge::with_public_key_as_secret(key, &told),
            Self::OtherKey => liar.other_key().sign_as(&header, &told),
            Self::UnknownKid => under(with(&header, "kid", json!("a-key-of-nobody"))),
            Self::NoKid => under(without(&header, "kid")),
            Self::KidPath => under(with(&header, "kid", json!("../../../../dev/null"))),
            Self::KeyInHeader => {
                let jwk = with(&header, "jwk", liar.other_key().public_jwk().clone());
                let own = with(&jwk, "jku", json!(format!("{COLLECTOR}/jwks")));
                liar.other_key().sign_as(&without(&own, "kid"), &told)
            }
            Self::CriticalHeader => {
                let critical = with(&header, "crit", json!(["https://collector.example/obey"]));
                under(with(&critical, "https://collector.example/obey", json!(true)))
            }
            Self::PayloadChanged => {
                let other = forge::encode(with(&told, "sub", json!("somebody-else")).to_string().as_bytes());
                [parts.first().copied().unwrap_or_default(), &other, parts.last().copied().unwrap_or_default()]
                    .join(".")
            }
            Self::SignatureEmpty => honest.rsplit_once('.').map(|(rest, _)| format!("{rest}.")).unwrap_or_default(),
            Self::WrongIssuer => said("iss", json!(liar.peer().issuer)),
            Self::NoIssuer => key.sign_as(&header, &without(&told, "iss")),
            Self::WrongAudience => said("aud", json!("another-client")),
            Self::NoAudience => key.sign_as(&header, &without(&told, "aud")),
            Self::AzpOfAnother => {
                let both = with(&told, "aud", json!([told["aud"], "another-client"]));
                key.sign_as(&header, &with(&both, "azp", json!("another-client")))
            }
            Self::TwoAudiencesNoAzp => said("aud", json!([told["aud"], "another-client"])),
            Self::Expired => {
                let then = liar.now() - 3600;
                let old = with(&told, "iat", json!(then - 300));
                key.sign_as(&header, &with(&old, "exp", json!(then)))
            }
            Self::NoExpiry => key.sign_as(&header, &without(&told, "exp")),
            Self::FromTheFuture => {
                let then = liar.now() + 3600;
                let early = with(&told, "iat", json!(then));
                key.sign_as(&header, &with(&early, "exp", json!(then + 300)))
            }
            Self::NonceMissing => key.sign_as(&header, &without(&told, "nonce")),
            Self::NonceWrong => said("nonce", json!("a-nonce-that-nobody-sent")),
            Self::NonceOfAnotherLaunch => {
                let earlier = liar.earlier_id_token().map(|token| claims(&token)["nonce"].clone());
                said("nonce", earlier.unwrap_or_else(|| json!("a-nonce-of-long-ago")))
            }
            Self::TokenOfAnotherLaunch => liar.earlier_id_token().unwrap_or_else(|| said("nonce", json!("long-ago"))),
            Self::SubEmpty => said("sub", json!("")),
            Self::SubMissing => key.sign_as(&header, &without(&told, "sub")),
            Self::SubTooLong => said("sub", json!("s".repeat(300))),
            Self::FhirUserElsewhere => said("fhirUser", json!(format!("{COLLECTOR}/fhir/Practitioner/elsewhere"))),
            Self::FhirUserScript => said("fhirUser", json!("javascript:alert('hostile')//Practitioner/<script>")),
            Self::FhirUserDevice => said("fhirUser", json!("Device/17")),
            Self::FhirUserMissing => key.sign_as(&header, &without(&told, "fhirUser")),
            Self::NameScript => said("name", json!("<script>alert('hostile')</script>")),
            Self::TwoSignatures => format!("{honest}.{}", parts.last().copied().unwrap_or_default()),
            Self::Garbage => "this-is-no-token".to_owned(),
            Self::Huge => said("padding", json!("x".repeat(100_000))),
        }
    }
}

fn with(object: &Value, field: &str, value: Value) -> Value {
    let mut other = object.clone();
    other[field] = value;
    other
}

fn without(object: &Value, field: &str) -> Value {
    let mut other = object.clone();
    other.as_object_mut().map(|fields| fields.shift_remove(field));
    other
}
