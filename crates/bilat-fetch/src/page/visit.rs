//! The visit from the first question to the page.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use ureq::http::header::{
    ACCEPT, ACCEPT_ENCODING, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT,
};
use ureq::http::{HeaderMap, Response};
use ureq::{Body, Error};

use super::body::{self, Came};
use super::robots::{self, Robots};
use super::{Page, PageError, Policy};
use crate::Validators;
use crate::exchange::{self, Astray, Deadline, Patience, Trouble, redirect, validators};
use crate::url::{Checked, Refused};

/// What is wanted, in order.
const WANTED: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
                      application/feed+json, application/pdf;q=0.9, text/plain;q=0.9, */*;q=0.5";

/// Fetches pages, one after the other.
///
/// Every host is looked up here and refused when any of its addresses is not public; the
/// connection goes to the addresses that were checked, so that a second look-up cannot lead
/// elsewhere. Redirects are checked like the first address. A site's robots.txt is asked once for
/// as long as the visitor lives, and holds: there is no way around it.
pub struct Visitor {
    policy: Policy,
    robots: BTreeMap<String, Robots>,
    visited: BTreeSet<String>,
}

impl std::fmt::Debug for Visitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visitor")
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

/// One visit: what was asked for, and until when.
struct Visit<'a> {
    url: &'a str,
    home: Checked,
    deadline: Deadline,
}

impl Visitor {
    /// A visitor that has been nowhere yet.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            robots: BTreeMap::new(),
            visited: BTreeSet::new(),
        }
    }

    /// Fetches a page; with validators of an earlier state only when it has changed since.
    ///
    /// # Errors
    /// [`PageError`], with what to do.
    pub fn get(&mut self, url: &str, known: &Validators) -> Result<Page, PageError> {
        let home = Checked::page(url, self.policy.allow_private).map_err(|r| refused(url, r))?;
        let visit = Visit {
            url,
            home: home.clone(),
            deadline: Deadline::after(self.policy.overall),
        };
        let headers = self.headers(url, known)?;
        let mut at = home;
        for _ in 0..=self.policy.max_redirects {
            self.permitted(&visit, &at)?;
            let answer = self.ask(&visit, &at, headers.clone())?;
            let Some(location) = redirect(&answer) else {
                return self.page(&visit, &at, answer, known);
            };
            at = self.follow(&visit, &at, &location)?;
        }
        let most = self.policy.max_redirects;
        Err(not_followed(url, exchange::too_many(&at, most)))
    }

    fn headers(&self, url: &str, known: &Validators) -> Result<HeaderMap, PageError> {
        let mut headers = HeaderMap::new();
        let mut put = |name: HeaderName, value: &str| match HeaderValue::from_str(value) {
            Ok(v) => {
                headers.insert(name, v);
                Ok(())
            }
            Err(e) => Err(PageError::Url {
                url: url.to_owned(),
                reason: format!("“{value}” cannot be sent as a header ({e})"),
            }),
        };
        put(USER_AGENT, &self.policy.user_agent)?;
        put(ACCEPT, WANTED)?;
        put(ACCEPT_ENCODING, "gzip")?;
        if let Some(etag) = &known.etag {
            put(IF_NONE_MATCH, etag)?;
        } else if let Some(date) = &known.last_modified {
            put(IF_MODIFIED_SINCE, date)?;
        }
        Ok(headers)
    }

    /// Asks the site's robots.txt, and waits when it wants that.
    fn permitted(&mut self, visit: &Visit<'_>, at: &Checked) -> Result<(), PageError> {
        let site = site(at);
        if !self.robots.contains_key(&site) {
            let robots = self.site_rules(visit, at)?;
            self.robots.insert(site.clone(), robots);
        }
        let Some(robots) = self.robots.get(&site) else {
            return Ok(());
        };
        if let Some(reason) = robots.refusal(&at.uri.to_string()) {
            return Err(PageError::Robots {
                url: visit.url.to_owned(),
                reason,
            });
        }
        if !self.visited.insert(site)
            && let Some(wait) = robots.delay()
        {
            let wait = wait
                .min(self.policy.longest_wait)
                .min(visit.deadline.left());
            (self.policy.sleep.0)(wait);
        }
        Ok(())
    }

    fn site_rules(&self, visit: &Visit<'_>, at: &Checked) -> Result<Robots, PageError> {
        let mut headers = HeaderMap::new();
        if let Ok(name) = HeaderValue::from_str(&self.policy.user_agent) {
            headers.insert(USER_AGENT, name);
        }
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        let mut at = self.follow(visit, at, "/robots.txt")?;
        for _ in 0..=self.policy.max_redirects {
            let answer = match self.ask(visit, &at, headers.clone()) {
                Ok(answer) => answer,
                Err(PageError::Network { reason, .. }) => return Ok(Robots::Unknown(reason)),
                Err(e) => return Err(e),
            };
            if let Some(location) = redirect(&answer) {
                at = self.follow(visit, &at, &location)?;
                continue;
            }
            return match answer.status().as_u16() {
                200..=299 => {
                    let most = robots::MOST_BYTES;
                    let (Came::Whole(text) | Came::Cut(text)) =
                        body::read(visit.url, answer, most, &|e| self.broken(visit, e))?;
                    Ok(Robots::read(&self.policy.user_agent, &text))
                }
                status @ (429 | 500..=599) => Ok(Robots::Unknown(format!(
                    "its robots.txt is answered with {status}"
                ))),
                // No such file, or none for us: no rules.
                _ => Ok(Robots::None),
            };
        }
        Ok(Robots::None)
    }

    /// One exchange with one host.
    fn ask(
        &self,
        visit: &Visit<'_>,
        at: &Checked,
        headers: HeaderMap,
    ) -> Result<Response<Body>, PageError> {
        exchange::call(at, headers, &self.patience(visit))
            .map_err(|e| self.trouble(visit, &at.host, e))
    }

    fn patience(&self, visit: &Visit<'_>) -> Patience {
        Patience {
            deadline: visit.deadline,
            connect: self.policy.connect,
            read: self.policy.read,
        }
    }

    /// Where an answer leads. What the user has allowed for the host named first holds for no
    /// other.
    fn follow(&self, visit: &Visit<'_>, from: &Checked, to: &str) -> Result<Checked, PageError> {
        let check = |to: &str| {
            let uri = to.parse::<ureq::http::Uri>().ok();
            let host = uri.as_ref().and_then(|u| u.host()).unwrap_or_default();
            let home = visit.home.host.eq_ignore_ascii_case(host);
            Checked::page(to, self.policy.allow_private && home)
        };
        exchange::follow(from, to, check).map_err(|astray| not_followed(visit.url, astray))
    }

    fn page(
        &self,
        visit: &Visit<'_>,
        at: &Checked,
        answer: Response<Body>,
        known: &Validators,
    ) -> Result<Page, PageError> {
        let status = answer.status().as_u16();
        let mut now = validators(answer.headers());
        let (media_type, charset) = body::content_type(&answer);
        let asked = known.etag.is_some() || known.last_modified.is_some();
        let bytes = match status {
            200 | 203 => {
                let most = self.policy.max_bytes;
                match body::read(visit.url, answer, most, &|e| self.broken(visit, e))? {
                    Came::Whole(bytes) => bytes,
                    Came::Cut(_) => {
                        return Err(PageError::TooLarge {
                            url: visit.url.to_owned(),
                            limit: most,
                        });
                    }
                }
            }
            304 if asked => {
                // A 304 need not repeat what the 200 said.
                now.etag = now.etag.or_else(|| known.etag.clone());
                now.last_modified = now.last_modified.or_else(|| known.last_modified.clone());
                Vec::new()
            }
            status => {
                return Err(PageError::Status {
                    url: visit.url.to_owned(),
                    status,
                });
            }
        };
        Ok(Page {
            bytes,
            final_url: at.uri.to_string(),
            media_type,
            charset,
            validators: now,
            status,
        })
    }

    /// What an error while reading means.
    fn broken(&self, visit: &Visit<'_>, e: io::Error) -> PageError {
        self.trouble(visit, "", Error::from(e))
    }

    fn trouble(&self, visit: &Visit<'_>, host: &str, e: Error) -> PageError {
        let url = visit.url.to_owned();
        match Trouble::of(e, self.policy.connect, self.policy.read) {
            Trouble::Late => PageError::Timeout {
                url,
                limit: self.policy.overall,
            },
            Trouble::Inside(address) => PageError::Inside {
                url,
                host: host.to_owned(),
                address,
            },
            Trouble::Tls(reason) => PageError::Tls { url, reason },
            Trouble::Passing(reason) => PageError::Network { url, reason },
        }
    }
}

fn not_followed(url: &str, astray: Astray) -> PageError {
    match astray.why {
        Refused::Form(reason) => PageError::Redirect {
            url: url.to_owned(),
            to: astray.to,
            reason,
        },
        inside @ Refused::Inside(..) => refused(url, inside),
    }
}

fn refused(url: &str, why: Refused) -> PageError {
    match why {
        Refused::Form(reason) => PageError::Url {
            url: url.to_owned(),
            reason,
        },
        Refused::Inside(host, address) => PageError::Inside {
            url: url.to_owned(),
            host,
            address,
        },
    }
}

/// What one robots.txt speaks for: scheme, host and port.
fn site(at: &Checked) -> String {
    let scheme = at.uri.scheme_str().unwrap_or("https");
    let authority = at.uri.authority().map_or("", |a| a.as_str());
    format!("{scheme}://{}", authority.to_ascii_lowercase())
}
