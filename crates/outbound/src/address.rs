//! Which network addresses may be connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// True for an address of the public internet; in development also for loopback.
///
/// Everything else is somebody's inside: private networks, link-local (the metadata services of the clouds), shared
/// address space, and the IPv6 forms that carry an IPv4 address within.
pub(crate) fn is_permitted(address: IpAddr, development: bool) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address) || (development && address.is_loopback()),
        IpAddr::V6(address) => is_public_v6(address) || (development && address.is_loopback()),
    }
}

/// The special-purpose registry of IANA (RFC 6890 and its successors), all of it refused.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, _, _)
    );
    !special
}

/// Global unicast (2000::/3) without its special blocks; so mapped, NAT64, unique local and link-local are out.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let global_unicast = a & 0xe000 == 0x2000;
    let special = matches!((a, b), (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff));
    global_unicast && !special
}

#[cfg(test)]
mod tests {
    use super::is_permitted;

    const PRIVATE: [&str; 35] = [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::ffff:8.8.8.8",
        "::ffff:127.0.0.1",
        "::8.8.8.8",
        "64:ff9b::a00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "ff02::1",
    ];

    #[test]
    fn s2_private_mapped_and_metadata_addresses_are_never_permitted() {
        for text in PRIVATE {
            let address = text.parse().expect("an address");
            assert!(!is_permitted(address, false), "{text}");
            assert!(!is_permitted(address, true), "{text} in development");
        }
    }

    #[test]
    fn s2_loopback_is_for_development_only() {
        for text in ["127.0.0.1", "127.8.9.10", "::1"] {
            let address = text.parse().expect("an address");
            assert!(!is_permitted(address, false), "{text}");
            assert!(is_permitted(address, true), "{text}");
        }
    }

    #[test]
    fn public_addresses_are_permitted() {
        for text in [
            "8.8.8.8",
            "100.63.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.254",
            "2606:4700::1",
            "2001:4860::8888",
        ] {
            assert!(is_permitted(text.parse().expect("an address"), false), "{text}");
        }
    }
}
