//! Lies of the issuer about itself.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{
    accomplices::COLLECTOR,
    genuine::{Genuine, elsewhere, login_page, status_500},
    layer::Liar,
    ways::ways,
};

ways! {
    /// Ways in which `/.well-known/openid-configuration` can be wrong.
    OpenidWay {
        /// It is another EHR's.
        OtherIssuer = "other-issuer",
        /// It does not say whose it is.
        NoIssuer = "no-issuer",
        /// The keys are a collector's.
        ForeignJwksUri = "foreign-jwks-uri",
        /// The keys are another EHR's.
        JwksOfAnotherEhr = "jwks-of-another-ehr",
        /// It does not say where the keys are.
        NoJwksUri = "no-jwks-uri",
        /// There is no such document, as SMART allows.
        NotFound = "not-found",
        /// A page comes instead.
        Html = "html",
        /// The server is down.
        Status500 = "status-500",
        /// The right document is followed by ten megabytes of nothing.
        Huge = "huge",
        /// The document never ends.
        Endless = "endless",
        /// The address leads to another EHR's document.
        Redirect = "redirect",
        /// It says that tokens need no signature.
        OffersNone = "offers-none",
    }
}

impl OpenidWay {
    pub(super) fn alter(self, liar: &Liar, genuine: Genuine) -> Response {
        let peer = liar.peer();
        match self {
            Self::OtherIssuer => genuine.with("issuer", peer.issuer),
            Self::NoIssuer => genuine.without("issuer"),
            Self::ForeignJwksUri => genuine.with("jwks_uri", format!("{COLLECTOR}/jwks")),
            Self::JwksOfAnotherEhr => genuine.with("jwks_uri", format!("{}/auth/jwks", peer.issuer)),
            Self::NoJwksUri => genuine.without("jwks_uri"),
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Html => login_page(),
            Self::Status500 => status_500(),
            Self::Huge => genuine.ten_megabytes(),
            Self::Endless => genuine.endless(),
            Self::Redirect => elsewhere(&format!("{}/.well-known/openid-configuration", peer.issuer)),
            Self::OffersNone => {
                genuine.with("id_token_signing_alg_values_supported", serde_json::json!(["none", "HS256"]))
            }
        }
    }
}
