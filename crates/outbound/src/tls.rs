//! Transport security: `ring`, TLS 1.2 and 1.3, the machine's trusted certificates.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

use crate::OutboundError;

/// Makes the configuration for all connections.
///
/// A machine without certificates gets a client that trusts nobody over `https`: a development set-up, which uses
/// loopback, must start there too.
pub(crate) fn configuration() -> Result<ClientConfig, OutboundError> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    let (trusted, unreadable) = roots.add_parsable_certificates(found.certs);
    if trusted == 0 {
        tracing::warn!(unreadable, "no trusted certificates found: https will not work; install ca-certificates");
    }
    let configuration = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| OutboundError::BadRequest)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(configuration)
}
