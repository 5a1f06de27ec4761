//! What a site's robots.txt lets a program read (RFC 9309).

use std::time::Duration;

use texting_robots::Robot;

/// The largest robots.txt that is read; the rest of a longer one is not (RFC 9309, 2.5).
pub(crate) const MOST_BYTES: u64 = 500 * 1024;

/// Rules with `$` are compiled, each at some cost in memory: what has more than this many is made
/// to be a burden and not to be read.
const MOST_PATTERNS: usize = 2000;

/// What a site says.
pub(crate) enum Robots {
    /// It has no rules.
    None,
    /// It has rules.
    Rules(Box<Robot>),
    /// It could not be asked, which counts as a refusal (RFC 9309, 2.3.1.4).
    Unknown(String),
}

impl Robots {
    /// Reads the rules for a program; the part of its name before `/` is what they go by.
    pub(crate) fn read(agent: &str, text: &[u8]) -> Self {
        let patterns = text.iter().filter(|b| **b == b'$').count();
        if patterns > MOST_PATTERNS {
            return Self::Unknown(format!("its robots.txt has {patterns} patterns"));
        }
        let name = agent.split(['/', ' ']).next().unwrap_or_default();
        match Robot::new(name, text) {
            Ok(robot) => Self::Rules(Box::new(robot)),
            Err(e) => Self::Unknown(format!("its robots.txt does not read ({e})")),
        }
    }

    /// Why a page may not be read; `None` when it may.
    pub(crate) fn refusal(&self, url: &str) -> Option<String> {
        match self {
            Self::None => None,
            Self::Rules(robot) if robot.allowed(url) => None,
            Self::Rules(_) => {
                Some("the site's robots.txt does not let programs read it".to_owned())
            }
            Self::Unknown(reason) => Some(format!(
                "the site could not be asked whether programs may read it: {reason}"
            )),
        }
    }

    /// How long to wait between two pages.
    pub(crate) fn delay(&self) -> Option<Duration> {
        match self {
            Self::Rules(robot) => {
                let seconds = robot.delay.filter(|s| s.is_finite() && *s > 0.0)?;
                Duration::try_from_secs_f32(seconds).ok()
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_site_sends_is_read_or_refused() {
        let strange: [&[u8]; 9] = [
            b"",
            b"\xff\xfe\x00U\x00s",
            b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n",
            b"Disallow: /\n",
            b"User-agent",
            b"User-agent: *\rDisallow: /a\rAllow: /*b$\r",
            b"Disallow: %zz%\n\nAllow: \xc3\x28",
            b"Crawl-delay: NaN\nCrawl-delay: -1\nCrawl-delay: 1e99",
            b"User-agent: *\nDisallow: ((((((([[[[\\\nAllow: $$$**$",
        ];
        for text in strange {
            for n in 0..=text.len() {
                let robots = Robots::read("bilat/1", &text[..n]);
                for url in ["https://a.org/", "https://a.org/a%zzb?c", "/a", "x", ""] {
                    let _ = robots.refusal(url);
                }
                assert!(robots.delay().is_none_or(|d| d > Duration::ZERO));
            }
        }
    }

    #[test]
    fn a_burden_of_rules_is_a_refusal_or_read_in_bounds() {
        let stars = format!("Disallow: /{}\n", "*a".repeat(400)).repeat(600);
        let ends = "Disallow: /*.x$\n".repeat(30_000);
        let rules = |text: &str| Robots::read("bilat", format!("User-agent: *\n{text}").as_bytes());
        let url = format!("https://a.org/{}", "a".repeat(300));
        assert_eq!(rules(&stars).refusal(&url), None);
        assert!(
            rules(&ends)
                .refusal(&url)
                .is_some_and(|r| r.contains("30000 patterns"))
        );
    }
}
