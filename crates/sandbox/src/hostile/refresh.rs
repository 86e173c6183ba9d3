//! Lies of the token endpoint when a refresh token is redeemed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{
    genuine::{Genuine, elsewhere, login_page, status_500},
    layer::Liar,
    ways::ways,
};

ways! {
    /// Ways in which the answer to `grant_type=refresh_token` can be wrong.
    RefreshWay {
        /// The grant has ended, by the user's or the EHR's wish.
        InvalidGrant = "invalid-grant",
        /// The server is down.
        Status500 = "status-500",
        /// A page comes instead of tokens.
        Html = "html",
        /// Nothing comes; the connection stays open.
        Never = "never",
        /// The answer breaks off in the middle.
        Truncated = "truncated",
        /// The answer is followed by ten megabytes of nothing.
        Huge = "huge",
        /// The refresh token shall be sent once more, to another EHR.
        Redirect = "redirect",
        /// The answer names another patient.
        OtherPatient = "other-patient",
        /// Token and answer are another patient's.
        OtherPatientWithToken = "other-patient-with-token",
        /// The token is another patient's, and the answer does not say so.
        TokenOfAnotherPerson = "token-of-another-person",
        /// The new refresh token was never noted, so that it is not good.
        NewTokenNotStored = "new-token-not-stored",
        /// The used refresh token is given out again.
        OldTokenAgain = "old-token-again",
        /// No new refresh token comes although the old one is used up.
        NoNewToken = "no-new-token",
        /// The token is of the type `mac`.
        TypeMac = "type-mac",
        /// The access token holds line breaks.
        AccessTokenWithLineBreaks = "access-token-with-line-breaks",
        /// More is granted than was asked for.
        ScopeWider = "scope-wider",
    }
}

impl RefreshWay {
    pub(super) async fn alter(self, liar: &Liar, genuine: Genuine, sent: Option<String>) -> Response {
        let answer = genuine.json();
        let patient = answer["patient"].as_str().unwrap_or_default().to_owned();
        match self {
            Self::InvalidGrant => {
                (StatusCode::BAD_REQUEST, axum::Json(json!({ "error": "invalid_grant" }))).into_response()
            }
            Self::Status500 => status_500(),
            Self::Html => login_page(),
            Self::Never => std::future::pending().await,
            Self::Truncated => genuine.truncated(),
            Self::Huge => genuine.ten_megabytes(),
            Self::Redirect => elsewhere(&liar.peer().token_endpoint()),
            Self::OtherPatient => genuine.with("patient", liar.other_patient(&patient)),
            Self::OtherPatientWithToken => {
                let mut other = answer.clone();
                let person = liar.other_patient(&patient);
                other["access_token"] = Value::from(liar.authority().token_for(&liar.client(), &person));
                other["patient"] = Value::from(person);
                genuine.with_json(&other)
            }
            Self::TokenOfAnotherPerson => {
                let token = liar.authority().token_for(&liar.client(), &liar.other_patient(&patient));
                genuine.with("access_token", token)
            }
            Self::NewTokenNotStored => genuine.with("refresh_token", "a-refresh-token-that-nobody-noted-0000"),
            Self::OldTokenAgain => genuine.with("refresh_token", sent),
            Self::NoNewToken => genuine.without("refresh_token"),
            Self::TypeMac => genuine.with("token_type", "mac"),
            Self::AccessTokenWithLineBreaks => genuine.with("access_token", "abc\r\nX-Injected: yes"),
            Self::ScopeWider => genuine.with("scope", "openid user/*.cruds system/*.cruds patient/*.cruds"),
        }
    }
}
