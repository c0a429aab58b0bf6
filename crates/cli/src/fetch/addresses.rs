//! Which addresses are of this machine or of its network: what a schema of others must not make the tool ask.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether anybody can reach an address, wherever they are.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => embedded(address).map_or_else(|| is_public_v6(address), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast();
    // This network; that of a provider; protocols; benchmarks; reserved, and broadcast.
    let is_reserved = a == 0
        || a == 100 && (64..128).contains(&b)
        || a == 192 && b == 0 && c == 0
        || a == 198 && (b == 18 || b == 19)
        || a >= 240;
    !is_special && !is_reserved
}

/// What is assigned for all to reach is `2000::/3`, less documentation.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    first & 0xE000 == 0x2000
        && !(first == 0x2001 && second == 0x0DB8)
        && !(first == 0x3FFF && second < 0x1000)
}

/// The address of version 4 that one of version 6 stands for: mapped, compatible, translated, or by 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xFFFF, high, low]
        | [0x64, 0xFF9B, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

/// Whether a name can only be of this machine or its network, whoever resolves it.
pub fn is_local_name(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = literal.parse() {
        return !is_public(address);
    }
    let of_networks = ["localhost", "local", "internal", "intranet", "lan", "home.arpa"];
    !host.contains('.')
        || of_networks.iter().any(|end| host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::{is_local_name, is_public};

    #[test]
    fn addresses_of_the_machine_and_its_network_are_told_from_all_others() {
        let local = [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "fec0::1",
        ];
        let public =
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "::ffff:8.8.8.8"];
        for (addresses, expected) in [(&local[..], false), (&public[..], true)] {
            for address in addresses {
                assert_eq!(is_public(address.parse().expect(address)), expected, "{address}");
            }
        }
    }

    #[test]
    fn names_that_only_a_network_knows_are_local() {
        for name in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "printer.local",
            "db",
            "[::1]",
            "127.0.0.1",
            "a.internal",
        ] {
            assert!(is_local_name(name), "{name}");
        }
        for name in ["example.com", "local.example.com", "[2606:4700::1111]", "8.8.8.8", "mylocal.com"] {
            assert!(!is_local_name(name), "{name}");
        }
    }
}
