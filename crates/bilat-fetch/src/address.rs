//! Which addresses are reached: public ones, so that a card or a redirect cannot make the program
//! ask machines inside the user's network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks a host up as usual and refuses what is not public.
#[derive(Debug)]
pub(crate) struct Guard {
    /// The host that is asked for. Other hosts looked up are the user's own proxy's.
    pub(crate) host: String,
    pub(crate) rule: Rule,
}

/// Which addresses a host may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Public ones.
    Public,
    /// Public ones and loopback.
    PublicOrLoopback,
    /// Loopback alone: plain `http`.
    Loopback,
    /// Public ones and those of the user's own machine and networks: a page that the user has
    /// asked for by name. What no page stands at (link-local, where clouds keep their secrets,
    /// multicast, reserved) stays refused.
    Own,
}

impl Rule {
    /// Whether an address is accepted.
    pub(crate) fn accepts(self, address: IpAddr) -> bool {
        // An IPv4 address in IPv6 clothing is judged as what it is.
        let address = address.to_canonical();
        match self {
            Self::Public => is_public(address),
            Self::PublicOrLoopback => is_public(address) || address.is_loopback(),
            Self::Loopback => address.is_loopback(),
            Self::Own => is_public(address) || address.is_loopback() || is_own(address),
        }
    }
}

/// The refusal as it travels through the HTTP library.
#[derive(Debug, thiserror::Error)]
#[error("{address} is not a public address")]
pub(crate) struct Inside {
    pub(crate) address: IpAddr,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        if uri.host() == Some(self.host.as_str())
            && let Some(bad) = found.iter().find(|a| !self.rule.accepts(a.ip()))
        {
            return Err(ureq::Error::Other(Box::new(Inside { address: bad.ip() })));
        }
        Ok(found)
    }
}

/// Whether an address belongs to the public internet, after the registries of special-purpose
/// addresses (RFC 6890 and its successors).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(a) => is_public_v4(a),
        IpAddr::V6(a) => is_public_v6(a),
    }
}

/// Whether an address belongs to a private network, one between a provider and its customers
/// included.
fn is_own(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(a) => {
            let [x, y, ..] = a.octets();
            a.is_private() || (x == 100 && y & 0xc0 == 64)
        }
        IpAddr::V6(a) => a.is_unique_local(),
    }
}

fn is_public_v4(a: Ipv4Addr) -> bool {
    let [x, y, z, _] = a.octets();
    !(x == 0
        || x >= 240
        || a.is_private()
        || a.is_loopback()
        || a.is_link_local()
        || a.is_multicast()
        || a.is_documentation()
        || (x == 100 && y & 0xc0 == 64) // between a provider and its customers
        || (x == 198 && y & 0xfe == 18) // measurement of networks
        || (x == 192 && y == 0 && z == 0))
}

fn is_public_v6(a: Ipv6Addr) -> bool {
    let s = a.segments();
    // Addresses that carry an IPv4 address lead where that leads.
    let carried = match s {
        [0x64, 0xff9b, 0, 0, 0, 0, hi, lo] => Some((hi, lo)),
        [0x2002, hi, lo, ..] => Some((hi, lo)),
        _ => None,
    };
    if let Some((hi, lo)) = carried {
        let [a, b] = hi.to_be_bytes();
        let [c, d] = lo.to_be_bytes();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    // All that is given out lies in 2000::/3; of it, 2001::/23 and 2001:db8::/32 are special.
    s[0] & 0xe000 == 0x2000
        && !(s[0] == 0x2001 && s[1] < 0x200)
        && !(s[0] == 0x2001 && s[1] == 0xdb8)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for inside in [
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!Rule::Public.accepts(inside.parse().unwrap()), "{inside}");
        }
        for public in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "198.20.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(Rule::Public.accepts(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn own_networks_are_reached_only_when_asked_for() {
        for own in [
            "10.0.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "127.0.0.1",
            "::1",
            "fd12::1",
            "8.8.8.8",
        ] {
            assert!(Rule::Own.accepts(own.parse().unwrap()), "{own}");
        }
        for never in [
            "169.254.169.254",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "fe80::1",
            "::",
            "ff02::1",
            "::ffff:169.254.169.254",
        ] {
            assert!(!Rule::Own.accepts(never.parse().unwrap()), "{never}");
        }
    }

    #[test]
    fn plain_http_reaches_loopback_alone() {
        let loopback = "127.0.0.1".parse().unwrap();
        let public = "8.8.8.8".parse().unwrap();
        let private = "10.0.0.1".parse().unwrap();
        assert!(Rule::Loopback.accepts(loopback));
        assert!(!Rule::Loopback.accepts(public));
        assert!(Rule::PublicOrLoopback.accepts(loopback));
        assert!(Rule::PublicOrLoopback.accepts("::ffff:127.0.0.1".parse().unwrap()));
        assert!(!Rule::PublicOrLoopback.accepts(private));
    }
}
