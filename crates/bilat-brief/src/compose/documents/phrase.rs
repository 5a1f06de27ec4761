//! A told figure as clauses: what it is of, how much, when, against what.

use bilat_model::told::{Direction, Figure, Status};
use bilat_model::{Decimal, Period};

use super::figures::Fact;
use super::{Composer, Result, short};
use crate::wording::Args;

/// From this change on, growth is told in multiples where it is a whole one.
const DOUBLED: i64 = 100;

impl Composer<'_> {
    /// What a figure is of: "Latvia’s exports of timber to Uruguay".
    pub(super) fn subject(&self, f: &Figure) -> Result<String> {
        let product = f.product.as_deref().map(short).filter(|p| !p.is_empty());
        let args = self
            .args_xy(f.from, f.to)
            .text("kind", f.kind.code())
            .text("goods", if product.is_some() { "some" } else { "all" })
            .text("product", product.unwrap_or_default());
        Ok(self.wording.say("told-subject", &args)?)
    }

    /// How much, hedged as it was told; nothing when only a change is.
    pub(super) fn how_much(&self, f: &Figure) -> Result<Option<String>> {
        let Some(value) = f.value else {
            return Ok(None);
        };
        let told = self
            .wording
            .hedged(value, f.value_max, &f.unit, f.qualifier)?;
        Ok(Some(told))
    }

    /// Against what it changed, as a clause with its comma; nothing when no change is told.
    /// `before` is the earlier figure, when the document has it.
    pub(super) fn change(&self, f: &Figure, before: Option<&Fact<'_>>) -> Result<String> {
        let Some(args) = self.moved(f)? else {
            return Ok(String::new());
        };
        let previous = f.compare_period.filter(|p| Some(*p) != f.period);
        let amount = match before {
            Some(b) => self.how_much(b.figure)?,
            None => None,
        };
        let against = match (previous, &amount) {
            (Some(_), Some(_)) => "amount",
            (Some(_), None) => "period",
            (None, _) => "none",
        };
        let args = args
            .text("against", against)
            .text("before", amount.unwrap_or_default())
            .text("previous", self.named(previous)?)
            .text("then", self.when(previous.as_slice())?);
        Ok(self.wording.say("told-change", &args)?)
    }

    /// Which way and by how much: `$move`, `$by`, `$times`, `$hedge`.
    pub(super) fn moved(&self, f: &Figure) -> Result<Option<Args>> {
        let hedge = f.change_qualifier.map_or("exact", |q| q.code());
        let args = Args::new().text("hedge", hedge).number("times", 0);
        let (by, unit, change) = match (f.change_percent, f.change_abs) {
            (Some(p), _) => (p, "percent", p),
            (None, Some(a)) => (a, f.unit.as_str(), a),
            (None, None) => return Ok(None),
        };
        let whole = by.normalize().scale() == 0 && unit == "percent";
        if whole && by >= Decimal::from(DOUBLED) && (by % Decimal::from(DOUBLED)).is_zero() {
            let times = by / Decimal::from(DOUBLED) + Decimal::ONE;
            let n: i64 = times.normalize().to_string().parse().unwrap_or(0);
            let args = args
                .number("times", n)
                .text("by", self.wording.words(n)?)
                .text("move", "times");
            return Ok(Some(args));
        }
        let down = change.is_sign_negative()
            || (change.is_zero()
                && f.change.as_ref().and_then(|c| c.verb).map(|v| v.0) == Some(Direction::Down));
        let way = match (change.is_zero(), down) {
            (true, _) => "flat",
            (false, true) => "down",
            (false, false) => "up",
        };
        let args = args.text("by", self.wording.amount(by.abs(), unit)?);
        Ok(Some(args.text("move", way)))
    }

    /// A period in words; nothing for none.
    fn named(&self, period: Option<Period>) -> Result<String> {
        Ok(match period {
            Some(p) => self.wording.period(p)?,
            None => String::new(),
        })
    }

    /// Values of a figure's sentence: `$subject`, `$amount`, `$when`, `$date`, `$dated`,
    /// `$status`, `$n` and the two countries.
    pub(super) fn figure_args(&self, f: &Figure) -> Result<Args> {
        let status = f.status.map_or("actual", |s: Status| s.code());
        let n = f.value.unwrap_or_default().normalize();
        let n: i64 = n.to_string().parse().unwrap_or(2);
        Ok(self
            .args_xy(f.from, f.to)
            .text("kind", f.kind.code())
            .text("status", status)
            .text("subject", self.subject(f)?)
            .text("amount", self.how_much(f)?.unwrap_or_default())
            .number("n", n)
            .text("dated", if f.period.is_some() { "yes" } else { "no" })
            .text("date", self.named(f.period)?)
            .text("when", self.when(f.period.as_slice())?))
    }
}
