//! The catalogue of indicators: one place each, as data.

use bilat_model::Unit;
use serde::{Serialize, Serializer};

/// Whether more of it is told as closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The largest value ranks first.
    HighFirst,
    /// The smallest value ranks first.
    LowFirst,
    /// Neither is more: a balance, a gap.
    Neutral,
}

/// A quantity that is computed, with everything needed to explain it.
#[derive(Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its id in names of computed values.
    pub id: &'static str,
    /// Its name in plain words.
    pub name: &'static str,
    /// The unit of its values.
    pub unit: Unit,
    /// The formula in words.
    pub words: &'static str,
    /// The formula in symbols.
    pub formula: &'static str,
    /// Who describes the method: a manual, a paper, or the convention of this project.
    pub method: &'static str,
    /// What ranks first.
    pub direction: Direction,
    /// What a missing input means, and what is done then.
    pub missing: &'static str,
}

impl Serialize for Indicator {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.id)
    }
}

/// The indicator of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Indicator> {
    ALL.iter().copied().find(|i| i.id == id)
}

const IMTS: &str = "United Nations, International Merchandise Trade Statistics: Concepts and \
    Definitions 2010 (ST/ESA/STAT/SER.M/52/Rev.3), chapters on valuation (exports FOB, imports \
    CIF) and on partner country";
const MIRROR: &str = "United Nations, International Merchandise Trade Statistics: Compilers \
    Manual, Revision 1 (2013), on bilateral asymmetries and mirror statistics; the usual CIF/FOB \
    margin of 6 to 10 per cent is the one of the IMF Direction of Trade Statistics (10 per cent \
    in earlier editions, 6 per cent since Marini, Dippelsman and Stanger, IMF WP/18/16)";
const AGREEMENT: &str = "Share of equal votes, with yes, abstain and no as three positions: A. \
    Lijphart, The Analysis of Bloc Voting in the General Assembly, American Political Science \
    Review 57 (1963); data and treatment of absences as missing: E. Voeten, Data and Analyses of \
    Voting in the UN General Assembly (2013)";
const HHI: &str = "Herfindahl–Hirschman index (A. O. Hirschman, The Paternity of an Index, \
    American Economic Review 54, 1964) on the scale of 0 to 10,000 points that the US Merger \
    Guidelines use, which call a market above 1,800 highly concentrated";
const COUNT: &str = "A count of records; no estimate";
const ABSENT_FIGURE: &str = "The source holds no such figure: not reported, or no trade that it \
    recorded. Nothing is computed; a missing row is not a zero";
const ABSENT_RECORD: &str = "The source lists none; it may still not know one that there is";

macro_rules! catalogue {
    ($($(#[$meta:meta])* $const:ident = $id:literal, $name:literal, $unit:expr, $direction:ident,
        $words:literal, $formula:literal, $method:expr, $missing:expr;)+) => {
        $($(#[$meta])* pub static $const: Indicator = Indicator {
            id: $id, name: $name, unit: $unit, words: $words, formula: $formula,
            method: $method, direction: Direction::$direction, missing: $missing,
        };)+

        /// Every indicator, in the order of the brief.
        pub static ALL: &[&Indicator] = &[$(&$const,)+];
    };
}

catalogue! {
    /// Exports and imports together, by one country's books.
    TURNOVER = "turnover", "trade turnover", Unit::USD, HighFirst,
        "exports plus imports, both as one country's books have them",
        "T(A,t) = X_FOB(A>B,t) + M_CIF(B>A,t)", IMTS, ABSENT_FIGURE;
    /// Exports less imports, by one country's books.
    BALANCE = "balance", "trade balance", Unit::USD, Neutral,
        "exports less imports, both as one country's books have them",
        "S(A,t) = X_FOB(A>B,t) - M_CIF(B>A,t)", IMTS, ABSENT_FIGURE;
    /// Change from the year before.
    GROWTH = "growth", "growth on the year before", Unit::Percent, HighFirst,
        "the change from the year before, in per cent of the year before",
        "g(t) = 100 (v(t) - v(t-1)) / v(t-1)", IMTS, ABSENT_FIGURE;
    /// Growth a year over a span.
    CAGR = "cagr", "average yearly growth", Unit::Percent, HighFirst,
        "the steady yearly growth that leads from the first value to the last",
        "c = 100 ((v(t1) / v(t0))^(1 / (t1 - t0)) - 1)",
        "Compound growth, as UNCTAD's Handbook of Statistics uses it between two years", ABSENT_FIGURE;
    /// Five years against the five before.
    TREND = "trend", "trend over ten years", Unit::Percent, HighFirst,
        "the mean of the last five years against the mean of the five years before, over the years reported; at least three in each half",
        "r = 100 (mean v(t-4..t) / mean v(t-9..t-5) - 1)",
        "Convention of this project: means of five years even out single deliveries", ABSENT_FIGURE;
    /// The year with most.
    PEAK = "peak", "highest year", Unit::USD, HighFirst,
        "the largest yearly value of all years reported; of equal ones the latest",
        "max v(t)", IMTS, ABSENT_FIGURE;
    /// Part of all trade of one country.
    SHARE = "share", "share among partners", Unit::Percent, HighFirst,
        "the partner's part in the sum over all partners that are countries, by one country's books",
        "p = 100 v(A,B) / sum over P of v(A,P)", IMTS,
        "Partners without a figure add nothing to the sum; groups of countries are left out";
    /// Place among partners.
    RANK = "rank", "rank among partners", Unit::Count, LowFirst,
        "the place among all partners with a value, largest first; equal values share a place",
        "1 + number of P with v(A,P) > v(A,B)", IMTS,
        "Partners without a figure are not counted";
    /// Buyer's books less seller's.
    MIRROR_GAP = "mirror_gap", "mirror gap", Unit::USD, Neutral,
        "imports by the buyer's books (CIF) less exports by the seller's books (FOB), same goods, same year",
        "d(A>B,t) = M_CIF(A>B,t) - X_FOB(A>B,t)", MIRROR, ABSENT_FIGURE;
    /// The mirror gap against the seller's value.
    MIRROR_GAP_PERCENT = "mirror_gap_percent", "mirror gap in per cent", Unit::Percent, Neutral,
        "the mirror gap in per cent of the seller's value; 6 to 10 per cent are usual for freight and insurance",
        "100 (M_CIF(A>B,t) - X_FOB(A>B,t)) / X_FOB(A>B,t)", MIRROR, ABSENT_FIGURE;
    /// How few kinds of goods make the trade.
    CONCENTRATION = "concentration", "concentration of goods", Unit::Count, HighFirst,
        "the squares of the sections' shares added up, in points from 0 to 10,000 (one section only)",
        "H = sum over s of (100 v(s) / sum v)^2", HHI,
        "Sections without a figure count as not traded; the shares are of the sum over the sections told";
    /// The largest kind of goods.
    LARGEST_SECTION = "largest_section", "share of the largest section", Unit::Percent, HighFirst,
        "the largest section's part in the sum over the sections",
        "100 max v(s) / sum v(s)",
        "United Nations, Standard International Trade Classification, Revision 4 (2006): sections 0 to 9",
        "Sections without a figure count as not traded; the shares are of the sum over the sections told";
    /// Years that one side's books pass over.
    MISSING_YEARS = "missing_years", "years without a report", Unit::Count, LowFirst,
        "years in which this book has no figure, between the first and the last year in which any book of the pair has one, while both countries existed",
        "number of t in [t0, t1] without v(t)", MIRROR,
        "That is what is counted: no report, or none of trade";
    /// Votes alike.
    UN_AGREEMENT = "un_agreement", "agreement in the UN General Assembly", Unit::Percent, HighFirst,
        "roll calls on which both did the same, among those on which both voted yes, abstained or voted no",
        "100 same / both", AGREEMENT,
        "An absence is no position: the roll call is left out, on either side";
    /// A country's agreement with everybody.
    UN_AGREEMENT_MEAN = "un_agreement_mean", "mean agreement with all members", Unit::Percent, Neutral,
        "votes alike with each other member added up, among votes on which both took a position added up likewise",
        "100 (sum over P of same(A,P)) / (sum over P of both(A,P))", AGREEMENT,
        "An absence is no position: the roll call is left out, on either side";
    /// The pair against the country's mean.
    UN_AGREEMENT_EXCESS = "un_agreement_excess", "agreement against the mean", Unit::Percent, HighFirst,
        "the pair's agreement less one country's mean agreement with all members, in percentage points",
        "a(A,B) - mean a(A,.)", AGREEMENT,
        "An absence is no position: the roll call is left out, on either side";
    /// Organisations in common.
    SHARED_MEMBERSHIPS = "shared_memberships", "organisations in common", Unit::Count, HighFirst,
        "organisations of which both are full members in the year",
        "number of o with A in o and B in o",
        "Correlates of War, Intergovernmental Organizations (Wallace and Singer 1970; Pevehouse, Nordstrom, McManus and Jamison 2020)",
        ABSENT_RECORD;
    /// Years together in the Security Council.
    JOINT_TERMS = "joint_terms", "years together in the Security Council", Unit::Count, HighFirst,
        "calendar years in which both held a seat",
        "number of t with A and B seated", COUNT, ABSENT_RECORD;
    /// Airport pairs.
    ROUTES = "routes", "air routes", Unit::Count, HighFirst,
        "pairs of airports, one in each country, with flight numbers between them",
        "number of airport pairs", COUNT, ABSENT_RECORD;
    /// Flight numbers.
    FLIGHTS = "flights", "flight numbers", Unit::Count, HighFirst,
        "flight numbers on all air routes, both ways together",
        "sum over routes of flight numbers", COUNT, ABSENT_RECORD;
    /// Sister cities.
    TWIN_TOWNS = "twin_towns", "twin towns", Unit::Count, HighFirst,
        "pairs of towns, one in each country, that are twinned",
        "number of town pairs", COUNT, ABSENT_RECORD;
    /// Treaties in force.
    TREATIES = "treaties", "treaties in force", Unit::Count, HighFirst,
        "treaties that both are party to and that the source has in force, with two parties or more",
        "number of treaties in force", COUNT, ABSENT_RECORD;
    /// Internationals played.
    FOOTBALL = "football", "football internationals", Unit::Count, HighFirst,
        "men's internationals between the two, friendlies among them",
        "number of matches", COUNT, ABSENT_RECORD;
    /// Works written together.
    WORKS = "works", "scientific works together", Unit::Count, HighFirst,
        "works with authors in both countries, in three years together",
        "w(t-2) + w(t-1) + w(t)",
        "Full counting of co-authored works, as in the OECD's bibliometric indicators", ABSENT_FIGURE;
    /// People who moved, both ways.
    MIGRANTS = "migrants", "migrants both ways", Unit::Person, HighFirst,
        "people from either country who live in the other, added up",
        "m(A>B) + m(B>A)", "United Nations DESA, International Migrant Stock: documentation", ABSENT_FIGURE;
    /// Refugees, both ways.
    REFUGEES = "refugees", "refugees both ways", Unit::Person, HighFirst,
        "people from either country who are refugees in the other, added up",
        "r(A>B) + r(B>A)", "UNHCR, Refugee Data Finder: methodology", ABSENT_FIGURE;
    /// Direct investment held, both ways.
    FDI_STOCK = "fdi_stock", "direct investment held, both ways", Unit::USD, HighFirst,
        "direct investment of either country in the other; for each way the mean of the books that report it",
        "mean(in(A>B), out(A>B)) + mean(in(B>A), out(B>A))",
        "OECD Benchmark Definition of Foreign Direct Investment, 4th edition (2008)", ABSENT_FIGURE;
    /// Money sent home, both ways.
    REMITTANCES = "remittances", "remittances both ways", Unit::USD, HighFirst,
        "money sent home by migrants, both ways added up",
        "s(A>B) + s(B>A)", "World Bank, Bilateral Remittance Matrix (Ratha and Shaw 2007)", ABSENT_FIGURE;
    /// How far apart.
    DISTANCE = "distance", "distance", Unit::Kilometre, LowFirst,
        "the great-circle distance between the largest cities",
        "d(A,B)", "T. Mayer and S. Zignago, Notes on CEPII's distances measures, CEPII 2011-25", ABSENT_FIGURE;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_indicator_is_found_by_an_id_of_its_own() {
        for i in ALL {
            assert_eq!(find(i.id).map(|f| f.name), Some(i.name), "{} twice", i.id);
            assert!(!i.method.is_empty() && !i.formula.is_empty() && !i.words.is_empty());
            assert!(!i.missing.is_empty());
            assert!(i.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        }
        assert_eq!(find("nothing"), None);
    }
}
