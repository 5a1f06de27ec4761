//! Wording: messages in Fluent, numbers, dates and lists by CLDR, forms of country names.
//!
//! A language is a folder `wording/LANGUAGE` of three files: `language.toml`, `countries.toml`
//! and `brief.ftl`. Code names messages and passes values; it holds no words of its own.

mod amounts;

use std::collections::BTreeMap;

use bilat_model::{Country, Decimal, Period, Registry};
use fixed_decimal::Decimal as Fixed;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter as DateFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use serde::Deserialize;

/// A wording file is not valid, or a message lacks what the program gives it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("wording of “{language}”, {place}: {reason}")]
pub struct WordingError {
    /// The language.
    pub language: String,
    /// The file or the message.
    pub place: String,
    /// What is wrong.
    pub reason: String,
}

/// The text of a language's files.
#[derive(Clone, Copy, Debug)]
pub struct WordingFiles<'a> {
    /// BCP 47.
    pub language: &'a str,
    /// `language.toml`.
    pub settings: &'a str,
    /// `countries.toml`.
    pub countries: &'a str,
    /// `brief.ftl`.
    pub messages: &'a str,
}

/// English, as compiled in.
pub const ENGLISH: WordingFiles<'static> = WordingFiles {
    language: "en",
    settings: include_str!("../wording/en/language.toml"),
    countries: include_str!("../wording/en/countries.toml"),
    messages: include_str!("../wording/en/brief.ftl"),
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    locale: String,
    direction: String,
    forms: BTreeMap<String, String>,
}

/// A language, ready to speak.
pub struct Wording {
    language: String,
    direction: String,
    bundle: FluentBundle<FluentResource>,
    decimals: DecimalFormatter,
    lists: ListFormatter,
    ordinals: PluralRules,
    days: DateFormatter<Gregorian, YMD>,
    months: DateFormatter<Gregorian, YM>,
    forms: BTreeMap<String, String>,
    countries: BTreeMap<Country, BTreeMap<String, String>>,
}

/// A country's name in the forms that a language has, by the form's word; `name` is the plain one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms(pub BTreeMap<String, String>);

impl Forms {
    /// The plain name with its article.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.get("name").map_or("", String::as_str)
    }
}

/// Values for a message.
#[derive(Default)]
pub struct Args(FluentArgs<'static>);

impl Args {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A text, already in the language.
    #[must_use]
    pub fn text(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.set(name.to_owned(), FluentValue::from(value.into()));
        self
    }

    /// A number that the message chooses a plural form by. Shown through a formatted text.
    #[must_use]
    pub fn number(mut self, name: &str, value: i64) -> Self {
        // Plural rules look at the last digits only; no count here reaches 2^53.
        #[allow(clippy::cast_precision_loss)]
        self.0.set(name.to_owned(), FluentValue::from(value as f64));
        self
    }

    /// A country: `$NAME` and `$NAME-FORM` for every form.
    #[must_use]
    pub fn country(mut self, name: &str, forms: &Forms) -> Self {
        for (form, text) in &forms.0 {
            let key = if form == "name" {
                name.to_owned()
            } else {
                format!("{name}-{form}")
            };
            self.0.set(key, FluentValue::from(text.clone()));
        }
        self
    }
}

impl Wording {
    /// A language from its files.
    ///
    /// # Errors
    /// [`WordingError`] when a file is not valid.
    pub fn new(files: WordingFiles<'_>) -> Result<Self, WordingError> {
        let fail = |place: &str, reason: String| WordingError {
            language: files.language.to_owned(),
            place: place.to_owned(),
            reason,
        };
        let settings: Settings =
            toml::from_str(files.settings).map_err(|e| fail("language.toml", e.to_string()))?;
        let countries =
            toml::from_str(files.countries).map_err(|e| fail("countries.toml", e.to_string()))?;
        let locale: Locale = settings
            .locale
            .parse()
            .map_err(|_| fail("language.toml", "unknown locale".into()))?;
        let data = |e: &dyn std::fmt::Display| fail("language.toml", format!("no CLDR data: {e}"));
        let resource = FluentResource::try_new(files.messages.to_owned())
            .map_err(|(_, e)| fail("brief.ftl", format!("{:?}", e.first())))?;
        let langid = files
            .language
            .parse()
            .map_err(|_| fail("language", "unknown".into()))?;
        let mut bundle = FluentBundle::new_concurrent(vec![langid]);
        bundle.set_use_isolating(settings.direction == "rtl");
        bundle
            .add_resource(resource)
            .map_err(|e| fail("brief.ftl", format!("{:?}", e.first())))?;
        Ok(Self {
            language: files.language.to_owned(),
            direction: settings.direction,
            bundle,
            decimals: DecimalFormatter::try_new((&locale).into(), Default::default())
                .map_err(|e| data(&e))?,
            lists: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default())
                .map_err(|e| data(&e))?,
            ordinals: PluralRules::try_new_ordinal((&locale).into()).map_err(|e| data(&e))?,
            days: DateFormatter::try_new((&locale).into(), YMD::long()).map_err(|e| data(&e))?,
            months: DateFormatter::try_new((&locale).into(), YM::long()).map_err(|e| data(&e))?,
            forms: settings.forms,
            countries,
        })
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// `ltr` or `rtl`.
    #[must_use]
    pub fn direction(&self) -> &str {
        &self.direction
    }

    /// A message with its values, as it stands.
    ///
    /// # Errors
    /// [`WordingError`] when the message is missing or asks for a value that was not given.
    pub fn say(&self, message: &str, args: &Args) -> Result<String, WordingError> {
        let fail = |reason: String| WordingError {
            language: self.language.clone(),
            place: format!("message {message}"),
            reason,
        };
        let pattern = self
            .bundle
            .get_message(message)
            .and_then(|m| m.value())
            .ok_or_else(|| fail("there is none".into()))?;
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&args.0), &mut errors);
        match errors.first() {
            Some(e) => Err(fail(e.to_string())),
            None => Ok(text.into_owned()),
        }
    }

    /// Whether there is such a message.
    #[must_use]
    pub fn has(&self, message: &str) -> bool {
        self.bundle.has_message(message)
    }

    /// A message as a sentence: its first letter raised, no two spaces in a row.
    ///
    /// # Errors
    /// As [`say`](Self::say).
    pub fn sentence(&self, message: &str, args: &Args) -> Result<String, WordingError> {
        Ok(raise(&self.say(message, args)?))
    }

    /// A country's forms in this language.
    #[must_use]
    pub fn country(&self, registry: &Registry, code: Country) -> Forms {
        let own = self.countries.get(&code);
        let name = own.and_then(|o| o.get("name").cloned()).unwrap_or_else(|| {
            if self.language == "en" {
                return registry.english(code).to_owned();
            }
            let names = registry.names().iter();
            let mut short = names.filter(|n| {
                n.country == code
                    && n.kind == bilat_model::registry::NameKind::Short
                    && n.language.as_deref() == Some(&self.language)
            });
            short
                .next()
                .map_or_else(|| registry.english(code).to_owned(), |n| n.name.clone())
        });
        let mut forms: BTreeMap<String, String> = self
            .forms
            .iter()
            .map(|(f, t)| (f.clone(), t.replace("{name}", &name)))
            .collect();
        forms.extend(
            own.into_iter()
                .flatten()
                .map(|(f, t)| (f.clone(), t.clone())),
        );
        forms.insert("name".into(), name);
        Forms(forms)
    }

    /// A number with the language's separators, rounded half to even at `digits` decimals, and
    /// with exactly as many.
    #[must_use]
    pub fn decimal(&self, value: Decimal, digits: u32) -> String {
        let mut rounded = value.round_dp(digits);
        rounded.rescale(digits);
        if rounded.is_zero() {
            rounded.set_sign_positive(true);
        }
        match rounded.to_string().parse::<Fixed>() {
            Ok(fixed) => self.decimals.format(&fixed).to_string(),
            Err(_) => rounded.to_string(),
        }
    }

    /// A number as prose tells it: three significant digits at most, no trailing zeros.
    #[must_use]
    pub fn rough(&self, value: Decimal) -> String {
        let rounded = value.round_sf(3).unwrap_or(value).normalize();
        self.decimal(rounded, rounded.scale())
    }

    /// A whole number, all digits.
    #[must_use]
    pub fn count(&self, value: Decimal) -> String {
        self.decimal(value, 0)
    }

    /// A whole number as prose tells it: in words where the language does so for small ones,
    /// else all digits.
    ///
    /// # Errors
    /// As [`say`](Self::say).
    pub fn words(&self, n: i64) -> Result<String, WordingError> {
        let args = Args::new()
            .number("n", n)
            .text("digits", self.count(Decimal::from(n)));
        self.say("number-in-words", &args)
    }

    /// A number of people or things as prose tells it: in words, in digits, rounded to three of
    /// them from ten thousand on, with a scale word from a million on.
    ///
    /// # Errors
    /// As [`say`](Self::say).
    pub fn many(&self, n: Decimal) -> Result<String, WordingError> {
        let million = Decimal::from(1_000_000);
        if n >= million {
            return self.say(
                "count-million",
                &Args::new().text("n", self.rough(n / million)),
            );
        }
        if n >= Decimal::from(10_000) {
            return Ok(self.rough(n));
        }
        self.words(n.round().to_string().parse().unwrap_or(0))
    }

    /// US dollars as prose tells them: "94.4 million dollars".
    ///
    /// # Errors
    /// As [`say`](Self::say).
    pub fn usd(&self, value: Decimal) -> Result<String, WordingError> {
        let size = value.abs();
        let scales: [(i64, &str); 4] = [
            (1_000_000_000_000, "usd-trillion"),
            (1_000_000_000, "usd-billion"),
            (1_000_000, "usd-million"),
            (1, "usd-one"),
        ];
        // 999,600 rounds to a million and is said so.
        let told = size.round_sf(3).unwrap_or(size);
        let (unit, message) = scales
            .into_iter()
            .find(|(unit, _)| told >= Decimal::from(*unit))
            .unwrap_or((1, "usd-one"));
        let n = value / Decimal::from(unit);
        let shown = if unit == 1 && size < Decimal::ONE && !size.is_zero() {
            return self.say("usd-below-one", &Args::new());
        } else if unit == 1 {
            self.rough(n.round())
        } else {
            self.rough(n)
        };
        let plural = i64::from(n.round_sf(3) != Some(Decimal::ONE)) + 1;
        self.say(
            message,
            &Args::new().text("n", shown).number("plural", plural),
        )
    }

    /// Per cent as prose tells them, one decimal under ten, none above.
    #[must_use]
    pub fn percent(&self, value: Decimal) -> String {
        let digits = if value.abs() < Decimal::TEN { 1 } else { 0 };
        let text = self.decimal(value, digits);
        text.strip_suffix(".0")
            .or_else(|| text.strip_suffix(",0"))
            .unwrap_or(&text)
            .to_owned()
    }

    /// The CLDR category of an ordinal number: `one` for 1st, `two` for 2nd.
    #[must_use]
    pub fn ordinal_category(&self, n: u16) -> &'static str {
        match self.ordinals.category_for(n) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// "A, B and C".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        self.lists.format(items.iter()).to_string()
    }

    /// A period as prose names it: "20 October 1992", "May 1920", "2019".
    ///
    /// # Errors
    /// As [`say`](Self::say).
    pub fn period(&self, period: Period) -> Result<String, WordingError> {
        let plain = |p: Period| p.to_string();
        let month = |y: i16, m: i8| match gregorian(y, m, 1) {
            Some(d) => self.months.format(&d).to_string(),
            None => plain(Period::Month(y, m)),
        };
        Ok(match period {
            Period::Year(y) => y.to_string(),
            Period::Day(d) => match gregorian(d.year(), d.month(), d.day()) {
                Some(g) => self.days.format(&g).to_string(),
                None => plain(period),
            },
            Period::Month(y, m) => month(y, m),
            Period::Years(x, y) => format!("{x}–{y}"),
            Period::Months((y, m), (z, n)) => {
                let args = Args::new()
                    .text("from", month(y, m))
                    .text("to", month(z, n));
                self.say("period-range", &args)?
            }
            Period::Half(y, h) => {
                let args = Args::new()
                    .number("half", h.into())
                    .text("year", y.to_string());
                self.say("period-half", &args)?
            }
            Period::Quarter(y, q) => {
                let args = Args::new()
                    .number("quarter", q.into())
                    .text("year", y.to_string());
                self.say("period-quarter", &args)?
            }
            Period::Fiscal(y) => {
                let args = Args::new()
                    .text("from", y.to_string())
                    .text("to", (y + 1).to_string());
                self.say("period-fiscal", &args)?
            }
        })
    }
}

fn gregorian(y: i16, m: i8, d: i8) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(y.into(), m.try_into().ok()?, d.try_into().ok()?).ok()
}

/// The first letter raised, runs of white space made one space.
fn raise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if out.is_empty() {
            let mut chars = word.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(chars.as_str());
        } else {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}
