//! Lies of the token endpoint when a code is redeemed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{
    genuine::{Genuine, bottomless, elsewhere, login_page, status_500},
    id_token::IdTokenWay,
    layer::Liar,
    ways::ways,
};

ways! {
    /// Ways in which the answer to `grant_type=authorization_code` can be wrong.
    TokenWay {
        /// The server is down.
        Status500 = "status-500",
        /// A page comes instead of tokens.
        Html = "html",
        /// Nothing comes; the connection stays open.
        Never = "never",
        /// The right answer comes byte by byte.
        DropByDrop = "drop-by-drop",
        /// The answer breaks off in the middle.
        Truncated = "truncated",
        /// The answer comes twice, one after the other.
        Twice = "twice",
        /// The answer is nested a hundred thousand deep.
        Bottomless = "bottomless",
        /// The answer is followed by eight megabytes and more of nothing.
        EightMegabytes = "eight-megabytes",
        /// The answer never ends.
        Endless = "endless",
        /// The request shall be sent once more, to another EHR, with code, verifier and secret.
        Redirect = "redirect",
        /// An error comes under status 200.
        ErrorWith200 = "error-with-200",
        /// The client is refused, in words that hold a script.
        Refused = "refused",
        /// The answer names another patient than the one whose record was open.
        OtherPatient = "other-patient",
        /// The answer names two patients under one name.
        PatientTwice = "patient-twice",
        /// The answer names no patient.
        PatientMissing = "patient-missing",
        /// The patient is an empty text.
        PatientEmpty = "patient-empty",
        /// The patient is a number.
        PatientNumber = "patient-number",
        /// The patient is a path that leads to other addresses of the FHIR server.
        PatientPath = "patient-path",
        /// The patient is a search for everybody.
        PatientQuery = "patient-query",
        /// The token is of the type `mac`, which is no bearer token.
        TypeMac = "type-mac",
        /// The type of the token is missing.
        TypeMissing = "type-missing",
        /// The type of the token is spelled `bEaReR`.
        TypeOddlySpelled = "type-oddly-spelled",
        /// The token ended before it began.
        ExpiresNegative = "expires-negative",
        /// The token lives longer than the universe.
        ExpiresHuge = "expires-huge",
        /// The life of the token is a number in a text.
        ExpiresText = "expires-text",
        /// The life of the token is a word.
        ExpiresWord = "expires-word",
        /// The life of the token is not told.
        ExpiresMissing = "expires-missing",
        /// More is granted than was asked for.
        ScopeWider = "scope-wider",
        /// Less is granted than was asked for: Patient, Goal and sign-in only.
        ScopeNarrower = "scope-narrower",
        /// The scope is an empty text.
        ScopeEmpty = "scope-empty",
        /// The scope is missing.
        ScopeMissing = "scope-missing",
        /// The scope is a list.
        ScopeList = "scope-list",
        /// The access token is missing.
        AccessTokenMissing = "access-token-missing",
        /// The access token is empty.
        AccessTokenEmpty = "access-token-empty",
        /// The access token is a number.
        AccessTokenNumber = "access-token-number",
        /// The access token holds line breaks and a header.
        AccessTokenWithLineBreaks = "access-token-with-line-breaks",
        /// Token and identity were made for another client.
        AnotherClient = "another-client",
        /// The token opens the record of another person than the one the answer names.
        TokenOfAnotherPerson = "token-of-another-person",
        /// `need_patient_banner` is a text that says no.
        BannerText = "banner-text",
        /// The id_token is missing although sign-in was asked for.
        IdTokenMissing = "id-token-missing",
        /// There are fields nobody has heard of.
        UnknownFields = "unknown-fields",
    }
}

impl TokenWay {
    pub(super) async fn alter(self, liar: &Liar, genuine: Genuine) -> Response {
        let answer = genuine.json();
        let patient = answer["patient"].as_str().unwrap_or_default().to_owned();
        match self {
            Self::Status500 => status_500(),
            Self::Html => login_page(),
            Self::Never => std::future::pending().await,
            Self::DropByDrop => genuine.drop_by_drop(),
            Self::Truncated => genuine.truncated(),
            Self::Twice => {
                let twice = [&genuine.body[..], &genuine.body[..]].concat();
                genuine.with_body(twice)
            }
            Self::Bottomless => bottomless(),
            Self::EightMegabytes => genuine.ten_megabytes(),
            Self::Endless => genuine.endless(),
            Self::Redirect => elsewhere(&liar.peer().token_endpoint()),
            Self::ErrorWith200 => genuine.with_json(&json!({ "error": "invalid_grant" })),
            Self::Refused => {
                let words =
                    json!({ "error": "invalid_client", "error_description": "<script>alert('hostile')</script>" });
                (StatusCode::UNAUTHORIZED, axum::Json(words)).into_response()
            }
            Self::OtherPatient => genuine.with("patient", liar.other_patient(&patient)),
            Self::PatientTwice => {
                let other = json!(liar.other_patient(&patient));
                let text = answer.to_string();
                genuine.with_body(format!("{},\"patient\":{other}}}", text.trim_end_matches('}')))
            }
            Self::PatientMissing => genuine.without("patient"),
            Self::PatientEmpty => genuine.with("patient", ""),
            Self::PatientNumber => genuine.with("patient", 17),
            Self::PatientPath => genuine.with("patient", format!("{patient}/../../Patient/{patient}")),
            Self::PatientQuery => genuine.with("patient", format!("{patient}&_id=*?name=a#")),
            Self::TypeMac => genuine.with("token_type", "mac"),
            Self::TypeMissing => genuine.without("token_type"),
            Self::TypeOddlySpelled => genuine.with("token_type", "bEaReR"),
            Self::ExpiresNegative => genuine.with("expires_in", -3600),
            Self::ExpiresHuge => genuine.with("expires_in", u64::MAX),
            Self::ExpiresText => genuine.with("expires_in", "3600"),
            Self::ExpiresWord => genuine.with("expires_in", "soon"),
            Self::ExpiresMissing => genuine.without("expires_in"),
            Self::ScopeWider => {
                let wider = "openid fhirUser launch user/*.cruds system/*.cruds patient/*.cruds admin ../../etc";
                genuine.with("scope", wider)
            }
            Self::ScopeNarrower => genuine.with("scope", "openid fhirUser launch patient/Patient.rs patient/Goal.rs"),
            Self::ScopeEmpty => genuine.with("scope", ""),
            Self::ScopeMissing => genuine.without("scope"),
            Self::ScopeList => genuine.with("scope", json!(["patient/Patient.rs"])),
            Self::AccessTokenMissing => genuine.without("access_token"),
            Self::AccessTokenEmpty => genuine.with("access_token", ""),
            Self::AccessTokenNumber => genuine.with("access_token", 12_345_678),
            Self::AccessTokenWithLineBreaks => {
                genuine.with("access_token", "abc\r\nX-Injected: yes\r\n\r\nGET /admin HTTP/1.1")
            }
            Self::AnotherClient => {
                let mut other = answer.clone();
                other["access_token"] = Value::from(liar.authority().token_for("another-client", &patient));
                other["id_token"] = IdTokenWay::WrongAudience.forged(liar, &answer).into();
                genuine.with_json(&other)
            }
            Self::TokenOfAnotherPerson => {
                let other = liar.other_patient(&patient);
                let token = liar.authority().token_for(&liar.client(), &other);
                genuine.with("access_token", token)
            }
            Self::BannerText => genuine.with("need_patient_banner", "false"),
            Self::IdTokenMissing => genuine.without("id_token"),
            Self::UnknownFields => genuine
                .with("fhirContext", json!([{ "reference": "Patient/another", "role": "launch" }, "Patient/1", 7])),
        }
    }
}
