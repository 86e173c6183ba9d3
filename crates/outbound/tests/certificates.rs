//! Who cannot prove who they are gets nothing, on a real TLS connection over loopback.

use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;

use outbound::{Client, Origin, OutboundError, Policy, Request, SystemResolver};
use p256::pkcs8::{EncodePrivateKey, EncodePublicKey};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent() {
    let key = p256::SecretKey::from_slice(&[7; 32]).expect("a key");
    let public = key.public_key().to_public_key_der().expect("a form");
    let private = PrivatePkcs8KeyDer::from(key.to_pkcs8_der().expect("a form").as_bytes().to_vec());
    let certificate = CertificateDer::from(self_made("valley.localhost", public.as_bytes()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], private.into())
        .expect("a certificate for this key");

    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url =
        format!("https://valley.localhost:{}/fhir?code=canary", listener.local_addr().expect("an address").port());
    let server = tokio::task::spawn_blocking(move || {
        let (mut socket, _) = listener.accept().expect("a connection");
        let mut connection = ServerConnection::new(Arc::new(config)).expect("a connection");
        let mut received = Vec::new();
        let ended = Stream::new(&mut connection, &mut socket).read_to_end(&mut received);
        (received, ended.is_err())
    });

    let policy = Policy { origins: Origin::parse(&url).into_iter().collect(), development: true };
    let client = Client::new(policy, Arc::new(SystemResolver)).expect("a client");
    let refused = client.send(Request::get(url.parse().expect("a URL"))).await.expect_err("a refusal");
    assert_eq!(refused, OutboundError::UntrustedCertificate);
    assert!(refused.nothing_was_sent());
    let (received, refused_there_too) = server.await.expect("a server that ended");
    assert!(received.is_empty() && refused_there_too);
}

/// A certificate whose only fault is that it vouches for itself: valid for fifty years, for this name and key.
///
/// Its signature is not even looked at, because no trusted party stands above it.
fn self_made(host: &str, public_key: &[u8]) -> Vec<u8> {
    const ECDSA_WITH_SHA256: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    const SUBJECT_ALT_NAME: [u8; 5] = [0x06, 0x03, 0x55, 0x1d, 0x11];
    const SEQUENCE: u8 = 0x30;
    let algorithm = der(SEQUENCE, &[&ECDSA_WITH_SHA256]);
    let nobody = der(SEQUENCE, &[]);
    let valid = der(SEQUENCE, &[&der(0x17, &[b"200101000000Z"]), &der(0x17, &[b"491231235959Z"])]);
    let names = der(0x04, &[&der(SEQUENCE, &[&der(0x82, &[host.as_bytes()])])]);
    let extensions = der(0xa3, &[&der(SEQUENCE, &[&der(SEQUENCE, &[&SUBJECT_ALT_NAME, &names])])]);
    let (version, serial) = (der(0xa0, &[&der(0x02, &[&[2]])]), der(0x02, &[&[1]]));
    let body = der(SEQUENCE, &[&version, &serial, &algorithm, &nobody, &valid, &nobody, public_key, &extensions]);
    let signature = der(0x03, &[&[0; 65]]);
    der(SEQUENCE, &[&body, &algorithm, &signature])
}

/// One element: its tag, its length, its parts.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).expect("short");
    let mut element = vec![tag];
    match length {
        0..=0x7f => element.push(length as u8),
        0x80..=0xff => element.extend([0x81, length as u8]),
        _ => element.extend([[0x82].as_slice(), &length.to_be_bytes()].concat()),
    }
    element.extend(content);
    element
}
