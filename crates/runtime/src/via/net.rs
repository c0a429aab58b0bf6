//! Addresses of the standard library. They are written as the formats have them, and read from nothing else.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::text::read_known;
use crate::input::{Input, Read};

macro_rules! read_addresses {
    ($($type:ty: $expecting:literal)+) => {$(
        impl Read for $type {
            fn read<I: Input>(input: I) -> Result<Self, I::Error> {
                read_known(input, $expecting, |text| text.parse().ok())
            }
        }
    )+};
}

read_addresses! {
    Ipv4Addr: "an IPv4 address"
    Ipv6Addr: "an IPv6 address"
    IpAddr: "an IP address"
}
