//! What a site's robots.txt lets a program read (RFC 9309).

use std::time::Duration;

use texting_robots::Robot;

/// The largest robots.txt that is read; the rest of a longer one is not (RFC 9309, 2.5).
pub(super) const MOST_BYTES: u64 = 500 * 1024;

/// What a site says.
pub(super) enum Robots {
    /// It has no rules.
    None,
    /// It has rules.
    Rules(Box<Robot>),
    /// It could not be asked, which counts as a refusal (RFC 9309, 2.3.1.4).
    Unknown(String),
}

impl Robots {
    /// Reads the rules for a program; the part of its name before `/` is what they go by.
    pub(super) fn read(agent: &str, text: &[u8]) -> Self {
        let name = agent.split(['/', ' ']).next().unwrap_or_default();
        match Robot::new(name, text) {
            Ok(robot) => Self::Rules(Box::new(robot)),
            Err(e) => Self::Unknown(format!("its robots.txt does not read ({e})")),
        }
    }

    /// Why a page may not be read; `None` when it may.
    pub(super) fn refusal(&self, url: &str) -> Option<String> {
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
    pub(super) fn delay(&self) -> Option<Duration> {
        match self {
            Self::Rules(robot) => {
                let seconds = robot.delay.filter(|s| s.is_finite() && *s > 0.0)?;
                Duration::try_from_secs_f32(seconds).ok()
            }
            _ => None,
        }
    }
}
