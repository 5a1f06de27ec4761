//! The rules of rules.toml, compiled.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;
use serde::Deserialize;

use super::mask::sign;
use crate::SourceError;

/// What a rule's sentence tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Tells {
    Relations,
    Severed,
    Restored,
    Recognition,
    Visit,
    Agreement,
    Opening,
    Closing,
    Membership,
    Missions,
    Accredited,
    AlsoAccredited,
}

/// A sentence that a rule is tested by.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct Example {
    pub(super) text: String,
    /// What it gives, in the notation of the labels.
    pub(super) gives: Vec<String>,
    /// Tried with this rule alone: others read the same sentence too.
    #[serde(default)]
    pub(super) alone: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    words: Vec<String>,
    tells: Tells,
    #[serde(default)]
    all: bool,
    reason: String,
    needs: Option<String>,
    never: Option<String>,
    patterns: Vec<String>,
    matches: Vec<Example>,
    passes: Vec<String>,
}

/// A word of evidence and how the articles write it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    name: String,
    forms: Vec<String>,
}

/// What an agreement is on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Subject {
    pub(super) name: String,
    pub(super) words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Written>,
    office: Vec<Forms>,
    mission: Vec<Forms>,
    subject: Vec<Subject>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    organisation: Vec<Organisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    name: String,
    #[serde(default)]
    also: Vec<String>,
}

/// A rule. Its name, reason and examples are read by tests.
#[derive(Debug)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) tells: Tells,
    /// Every place where it matches tells something, not the first alone.
    pub(super) all: bool,
    words: Vec<String>,
    needs: Option<Regex>,
    never: Option<Regex>,
    pub(super) patterns: Vec<Regex>,
    pub(super) reason: String,
    pub(super) matches: Vec<Example>,
    pub(super) passes: Vec<String>,
}

impl Rule {
    /// Whether a masked sentence may be read by it at all.
    pub(super) fn fits(&self, masked: &str) -> bool {
        self.words.iter().any(|w| masked.contains(w.as_str()))
            && self.needs.as_ref().is_none_or(|r| r.is_match(masked))
            && !self.never.as_ref().is_some_and(|r| r.is_match(masked))
    }
}

/// Everything that rules.toml and organisations.toml hold.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) list: Vec<Rule>,
    /// Word of the article → word of evidence.
    pub(super) offices: BTreeMap<String, String>,
    pub(super) missions: BTreeMap<String, String>,
    pub(super) subjects: Vec<Subject>,
    /// How an organisation is written → its name; the longest spelling first.
    pub(super) organisations: Vec<(String, String)>,
    /// A type of mission, captured as `mission`.
    pub(super) mission: Regex,
}

impl Rules {
    /// Compiles the files.
    pub(super) fn new(source_id: &Arc<str>) -> Result<Self, SourceError> {
        let bad = |file: &'static str, reason: String| SourceError::Data {
            source_id: source_id.to_string(),
            file,
            reason,
        };
        let file: File = toml::from_str(include_str!("rules.toml"))
            .map_err(|e| bad("rules.toml", e.to_string()))?;
        let orgs: Organisations = toml::from_str(include_str!("organisations.toml"))
            .map_err(|e| bad("organisations.toml", e.to_string()))?;
        let macros = Macros {
            offices: alternation(&file.office),
            missions: alternation(&file.mission),
        };
        let regex = |id: &str, pattern: &str| {
            Regex::new(&macros.expand(pattern)).map_err(|e| bad("rules.toml", format!("{id}: {e}")))
        };
        let mut list = Vec::new();
        for w in file.rule {
            let one = |p: &Option<String>| p.as_deref().map(|p| regex(&w.id, p)).transpose();
            list.push(Rule {
                needs: one(&w.needs)?,
                never: one(&w.never)?,
                patterns: w
                    .patterns
                    .iter()
                    .map(|p| regex(&w.id, p))
                    .collect::<Result<_, _>>()?,
                id: w.id,
                tells: w.tells,
                all: w.all,
                words: w.words,
                reason: w.reason,
                matches: w.matches,
                passes: w.passes,
            });
        }
        let forms = |list: Vec<Forms>| {
            let each = |f: Forms| f.forms.into_iter().map(move |w| (w, f.name.clone()));
            list.into_iter().flat_map(each).collect()
        };
        let mut organisations: Vec<_> = orgs
            .organisation
            .into_iter()
            .flat_map(|o| {
                let name = o.name.clone();
                [o.name]
                    .into_iter()
                    .chain(o.also)
                    .map(move |w| (w, name.clone()))
            })
            .collect();
        organisations.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        Ok(Self {
            mission: regex("missions", "{mission:mission}")?,
            list,
            offices: forms(file.office),
            missions: forms(file.mission),
            subjects: file.subject,
            organisations,
        })
    }
}

/// The words of a list as an alternation, longer ones first.
fn alternation(list: &[Forms]) -> String {
    let mut words: Vec<&str> = list
        .iter()
        .flat_map(|f| &f.forms)
        .map(String::as_str)
        .collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words
        .iter()
        .map(|w| regex::escape(w))
        .collect::<Vec<_>>()
        .join("|")
}

struct Macros {
    offices: String,
    missions: String,
}

impl Macros {
    /// Writes out the words in braces.
    fn expand(&self, pattern: &str) -> String {
        let mut out = String::with_capacity(pattern.len() * 4);
        let mut rest = pattern;
        while let Some(i) = rest.find('{') {
            out.push_str(&rest[..i]);
            rest = &rest[i + 1..];
            let end = rest.find('}').unwrap_or(rest.len());
            let word = &rest[..end];
            match self.word(word) {
                Some(written) => out.push_str(&written),
                None => {
                    out.push('{');
                    out.push_str(word);
                    out.push('}');
                }
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        out + rest
    }

    fn word(&self, word: &str) -> Option<String> {
        let (word, group) = word.split_once(':').unwrap_or((word, ""));
        let [own, other, third] = sign::COUNTRY;
        let [own_adj, other_adj, third_adj] = sign::ADJECTIVE;
        let [own_town, other_town, third_town] = sign::TOWN;
        let (date, name) = (sign::DATE, sign::NAME);
        let named = |set: String| match group {
            "" => format!("(?:{set})"),
            g => format!("(?P<{g}>{set})"),
        };
        let when = "(?:(?:on|in|since|from|during|around|by|at|as of|effective)? ?(?:the )?\
                    (?:early |late |mid-? ?|end of |beginning of |spring of |summer of |autumn of )?)";
        let apart = format!("[^{own}{other}{third}{own_adj}{other_adj}{third_adj}{date};]");
        Some(match word {
            "side" => named(format!("[{own}{other}]")),
            "own" => named(format!("[{own}{other}{own_adj}{other_adj}]")),
            "host" => named(format!("[{own}{other}{own_town}{other_town}]")),
            "third" => named(format!("[{third}{third_adj}]")),
            "name" => named(format!("{name}")),
            "place" => named(format!(
                "[{name}{own_town}{other_town}{third_town}{own}{other}{third}]"
            )),
            "date" => format!("(?P<date>{date})"),
            "when" | "when0" => when.to_owned(),
            "lead" => format!(
                "(?:^|[ .;(])(?:In|On|During|From|By|Since)(?: the)?\
                 (?: early| late| mid-?| end of| spring of| summer of| autumn of)? ?\
                 (?P<date>{date}),? ?"
            ),
            "gap0" => format!("{apart}*?"),
            "gap" => format!("{apart}*?"),
            "wide" => format!("[^{third}{third_adj}{date};]*?"),
            "who" => format!("(?P<who>(?:[ ,]{apart}*?)?)[ ,]"),
            "who0" => format!("(?P<who>(?:[ ,]{apart}*?)?)"),
            "office" => named(self.offices.clone()),
            "mission" => named(self.missions.clone()),
            "type" => format!("(?:{})", self.missions),
            "visits" => {
                let visit =
                    "(?:an?|his|her|their|the)(?: [a-z-]+)*? visit (?:of [a-z]+ )?(?:in|to)";
                format!(
                    "(?P<visits>(?:has |have |had |also |later |officially |first )*\
                     (?:visited|paid {visit}|made {visit}|undertook {visit}|began {visit}|\
                     went on {visit}|concluded {visit}|arrived in|travell?ed to)\
                     (?: (?:northern|southern|eastern|western|central))?)"
                )
            }
            "visitnoun" => {
                "(?P<level>[Ss]tate visit|[Oo]fficial visit|[Ww]orking visit|[Vv]isit)".to_owned()
            }
            "both" => format!(
                "(?:(?:[Bb]oth|[Tt]he two|[Tt]hese two) (?:countries|states|nations|sides|governments|parties)|\
                 [{own}{other}{own_adj}{other_adj}](?:'s)? and [{own}{other}{own_adj}{other_adj}](?:'s)?(?: governments?)?|[Tt]hey)"
            ),
            "signed" => "(?:signed|concluded|ratified|entered into)".to_owned(),
            "object" => named(format!(
                "(?:an?|the|several|two|three|their|its|bilateral|[a-z]+)? ?[^{third}{third_adj}{date};]*?\
                 (?:[Aa]greements?|[Tt]reaty|[Tt]reaties|[Mm]emorand(?:um|a|ums) of [Uu]nderstanding|\
                 M[Oo]Us?|[Pp]rotocols?|[Cc]onventions?|[Pp]act|[Aa]ccords?)"
            )),
            _ => return None,
        })
    }
}
