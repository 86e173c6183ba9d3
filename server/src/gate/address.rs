//! From where a request comes, as a key for limits and events.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use access::rate::address_key;
use axum::extract::{ConnectInfo, Request};

/// The address of the client: the peer's, or the one that a trusted proxy says it passes on.
///
/// Only the last entry of `X-Forwarded-For` is our own proxy's word; those before it are whatever the client wrote.
pub fn of(request: &Request, proxies: &[IpAddr]) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let passed_on = proxies.contains(&peer).then(|| last_forwarded(request)).flatten();
    address_key(passed_on.unwrap_or(peer))
}

fn last_forwarded(request: &Request) -> Option<IpAddr> {
    let line = request.headers().get_all("x-forwarded-for").iter().next_back()?;
    line.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn request(peer: &str, forwarded: &str) -> Request {
        let mut request =
            Request::builder().header("x-forwarded-for", forwarded).body(Body::empty()).expect("a request");
        let peer: SocketAddr = peer.parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    }

    #[test]
    fn only_a_trusted_proxy_says_who_asks_and_only_by_its_own_entry() {
        let proxies = ["10.0.0.1".parse().expect("an address")];
        assert_eq!(of(&request("10.0.0.1:80", "1.1.1.1, 192.0.2.7"), &proxies), "192.0.2.7");
        assert_eq!(of(&request("192.0.2.9:80", "192.0.2.7"), &proxies), "192.0.2.9");
        assert_eq!(of(&request("10.0.0.1:80", "not an address"), &proxies), "10.0.0.1");
    }
}
