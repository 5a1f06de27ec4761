//! Addresses: which are asked, and where a redirect leads.

use std::net::IpAddr;

use ureq::http::Uri;

use crate::address::Rule;

/// An address that may be asked, with the rule for what its host may resolve to.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    pub(crate) uri: Uri,
    pub(crate) host: String,
    pub(crate) rule: Rule,
    /// Whether it is this machine, which no proxy stands before.
    pub(crate) local: bool,
}

/// Why an address is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is not of the right form.
    Form(String),
    /// It names an address that is not public.
    Inside(String, IpAddr),
}

impl Checked {
    /// Checks an address. Names are looked up later; addresses written as numbers are judged here,
    /// so that they are refused behind a proxy too.
    pub(crate) fn new(text: &str, allow_loopback: bool) -> Result<Self, Refused> {
        Self::judged(text, allow_loopback, |scheme, local| match scheme {
            "https" if allow_loopback => Ok(Rule::PublicOrLoopback),
            "https" => Ok(Rule::Public),
            "http" if allow_loopback && local => Ok(Rule::Loopback),
            _ => Err("only https:// is downloaded from"),
        })
    }

    /// Checks the address of a page; `own` says that the user has allowed plain HTTP and private
    /// addresses for its host.
    pub(crate) fn page(text: &str, own: bool) -> Result<Self, Refused> {
        Self::judged(text, own, |scheme, _| match scheme {
            "https" | "http" if own => Ok(Rule::Own),
            "https" => Ok(Rule::Public),
            "http" => Err("only https:// is fetched unless private addresses are allowed"),
            _ => Err("only https:// is fetched"),
        })
    }

    fn judged(
        text: &str,
        allow_local: bool,
        rule: impl Fn(&str, bool) -> Result<Rule, &'static str>,
    ) -> Result<Self, Refused> {
        let form = |reason: &str| Refused::Form(reason.to_owned());
        let uri: Uri = text
            .parse()
            .map_err(|e| Refused::Form(format!("it is not an address ({e})")))?;
        let authority = uri.authority().ok_or_else(|| form("it names no host"))?;
        if authority.as_str().contains('@') {
            return Err(form("it holds a user name; keys belong in a header"));
        }
        let host = authority.host().to_owned();
        if host.is_empty() {
            return Err(form("it names no host"));
        }
        // The parser lets ports pass that are no numbers, and then has none.
        let port = authority.as_str().get(host.len()..).unwrap_or_default();
        if !matches!(port, "" | ":") && authority.port_u16().is_none() {
            return Err(form("its port is no number up to 65535"));
        }
        let number = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let local = host == "localhost" || number.is_some_and(|a| a.is_loopback());
        let rule = rule(uri.scheme_str().unwrap_or_default(), local).map_err(form)?;
        if let Some(address) = number
            && !rule.accepts(address)
        {
            return Err(Refused::Inside(host, address));
        }
        // Behind a proxy nobody here would look the name up.
        let here = IpAddr::from([127, 0, 0, 1]);
        if (host == "localhost" || host.ends_with(".localhost")) && !rule.accepts(here) {
            return Err(Refused::Inside(host, here));
        }
        Ok(Self {
            uri,
            host,
            rule,
            // A machine of the user's own network is not reached through a proxy either.
            local: (local || number.is_some_and(|a| !Rule::Public.accepts(a))) && allow_local,
        })
    }

    /// Whether this is plain HTTP, which only a loopback address may be.
    pub(crate) fn is_plain(&self) -> bool {
        self.uri.scheme_str() == Some("http")
    }

    /// Whether a secret for one address may be sent to the other: scheme, host and port are the
    /// same.
    pub(crate) fn same_origin(&self, other: &Self) -> bool {
        let port = |u: &Uri| {
            u.port_u16()
                .unwrap_or(if self.is_plain() { 80 } else { 443 })
        };
        self.uri.scheme() == other.uri.scheme()
            && self.host.eq_ignore_ascii_case(&other.host)
            && port(&self.uri) == port(&other.uri)
    }
}

/// The address that `location` means when `base` answers with it (RFC 3986, section 5).
pub(crate) fn join(base: &Uri, location: &str) -> String {
    let location = location.split('#').next().unwrap_or_default();
    let scheme = base.scheme_str().unwrap_or("https");
    let authority = base.authority().map_or("", |a| a.as_str());
    if has_scheme(location) {
        return location.to_owned();
    }
    if let Some(rest) = location.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let (path, query) = match location.split_once('?') {
        Some((p, q)) => (p, format!("?{q}")),
        None => (location, String::new()),
    };
    let path = if path.starts_with('/') {
        path.to_owned()
    } else if path.is_empty() {
        base.path().to_owned()
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(f, _)| f);
        format!("{folder}/{path}")
    };
    format!("{scheme}://{authority}{}{query}", without_dots(&path))
}

fn has_scheme(location: &str) -> bool {
    location.split_once(':').is_some_and(|(s, _)| {
        s.starts_with(|c: char| c.is_ascii_alphabetic())
            && s.chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// A path with `.` and `..` carried out.
fn without_dots(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    out.pop();
                }
                if last {
                    out.push("");
                }
            }
            s => out.push(s),
        }
    }
    format!("/{}", out.join("/"))
}

/// An address as messages show it: without its query, which may hold a token.
pub(crate) fn shown(url: &str) -> &str {
    url.split('?').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_https_is_accepted() {
        assert!(Checked::new("https://example.org/a?b=c", false).is_ok());
        for bad in [
            "http://example.org/a",
            "http://127.0.0.1/a",
            "ftp://example.org/a",
            "/a",
            "file:///etc/passwd",
            "https://user:secret@example.org/",
            "https:///a",
            "https://:s/a",
            "https://:443/a",
            "https://example.org:s/a",
            "https://example.org:65536/a",
            "not an address",
            "",
        ] {
            assert!(
                matches!(Checked::new(bad, false), Err(Refused::Form(_))),
                "{bad}"
            );
        }
        assert!(Checked::new("http://127.0.0.1:8/a", true).is_ok());
        assert!(Checked::new("http://[::1]:8/a", true).is_ok());
        assert!(Checked::new("http://localhost/a", true).is_ok());
        assert!(matches!(
            Checked::new("http://example.org/", true),
            Err(Refused::Form(_))
        ));
        assert!(matches!(
            Checked::new("http://localhost.example.org/", true),
            Err(Refused::Form(_))
        ));
    }

    #[test]
    fn numbers_of_the_inside_are_refused() {
        for bad in [
            "https://10.0.0.1/",
            "https://[fe80::1]/",
            "https://169.254.169.254/x",
            "https://[::ffff:10.1.2.3]/",
        ] {
            assert!(
                matches!(Checked::new(bad, true), Err(Refused::Inside(..))),
                "{bad}"
            );
        }
        assert!(matches!(
            Checked::new("https://127.0.0.1/", false),
            Err(Refused::Inside(..))
        ));
        assert!(Checked::new("https://127.0.0.1/", true).is_ok());
    }

    #[test]
    fn a_secret_stays_with_its_host_and_port() {
        let c = |u| Checked::new(u, false).unwrap();
        let home = c("https://a.org/x");
        assert!(home.same_origin(&c("https://A.org:443/y")));
        assert!(!home.same_origin(&c("https://b.org/x")));
        assert!(!home.same_origin(&c("https://a.org:444/x")));
        assert!(!home.same_origin(&c("https://a.org.b.org/x")));
    }

    #[test]
    fn redirects_are_resolved_against_their_page() {
        let base: Uri = "https://a.org/x/y?z=1".parse().unwrap();
        for (location, expected) in [
            ("https://b.org/q", "https://b.org/q"),
            ("//b.org/q", "https://b.org/q"),
            ("/q", "https://a.org/q"),
            ("q?r=2#s", "https://a.org/x/q?r=2"),
            ("../q", "https://a.org/q"),
            ("../../../q/.", "https://a.org/q/"),
            ("?r=http://c.org/", "https://a.org/x/y?r=http://c.org/"),
            ("q:r", "q:r"),
        ] {
            assert_eq!(join(&base, location), expected, "{location}");
        }
    }
}
