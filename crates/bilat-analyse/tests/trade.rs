//! Trade of a pair: what is computed, and what is said when a figure is absent.
#![allow(clippy::unwrap_used)]

use bilat_analyse::trade::{Margin, usual_margin};
use bilat_analyse::{Missing, Series, Trade};
use bilat_model::evidence::{Citation, Locator, Statement, Valuation};
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Evidence, EvidenceId, Figure, Measure, Pair, Period};

const KAZ: Country = Country::new("KAZ");
const SVN: Country = Country::new("SVN");

fn pair() -> Pair {
    Pair::new(KAZ, SVN).unwrap()
}

fn d(s: &str) -> Decimal {
    s.parse().unwrap()
}

fn figure(
    source: &str,
    m: Measure,
    from: Country,
    year: i16,
    value: &str,
    product: Option<&str>,
) -> Evidence {
    let to = pair().other(from).unwrap();
    let source = SourceId::new(source);
    let statement = Statement::Figure(Figure {
        measure: m,
        from,
        to,
        reporter: Some(if m == Measure::Exports { from } else { to }),
        product: product.map(str::to_owned),
        period: Some(Period::Year(year)),
        value: d(value),
        valuation: Some(if m == Measure::Exports {
            Valuation::Fob
        } else {
            Valuation::Cif
        }),
    });
    Evidence {
        id: EvidenceId::of(pair(), &source, &statement, 0),
        pair: pair(),
        statement,
        citation: Citation {
            source,
            file: "f.csv".into(),
            at: Locator::Line(2),
        },
    }
}

/// The figures that stand in the sources for 2019, and made-up ones around them.
fn evidence() -> Vec<Evidence> {
    use Measure::{Exports as X, Imports as M};
    let s = "trade_dots";
    vec![
        figure(s, X, KAZ, 2019, "17073009", None),
        figure(s, M, SVN, 2019, "94447357", None),
        figure(s, X, SVN, 2019, "96561418", None),
        figure(s, M, KAZ, 2019, "21495434", None),
        figure(s, X, KAZ, 2018, "10000000", None),
        figure(s, M, SVN, 2018, "45760183", None),
        figure(s, X, SVN, 2020, "66408986", None),
        figure(s, X, KAZ, 2015, "5000000", None),
        figure("other", X, KAZ, 2019, "1", None),
        figure("goods", X, SVN, 2015, "75", Some("SITC5")),
        figure("goods", X, SVN, 2015, "15", Some("SITC7")),
        figure("goods", X, SVN, 2015, "10", Some("SITC0")),
    ]
}

fn trade() -> Trade {
    Trade::of(pair(), &evidence(), &SourceId::new("trade_dots"))
}

#[test]
fn turnover_is_by_one_countrys_books() {
    let t = trade().turnover(KAZ, 2019).unwrap();
    assert_eq!(t.value, d("111520366"));
    assert_eq!(t.id.to_string(), "KAZ-SVN:=turnover:KAZ:2019");
    assert_eq!(t.arithmetic, "17,073,009 + 94,447,357 = 111,520,366 USD");
    let ids: Vec<_> = t.evidence().map(|e| e.0.as_str()).collect();
    assert_eq!(
        ids,
        [
            "KAZ-SVN:trade_dots:exports:KAZ>SVN:KAZ:2019",
            "KAZ-SVN:trade_dots:imports:SVN>KAZ:KAZ:2019"
        ]
    );
    assert_eq!(trade().turnover(SVN, 2019).unwrap().value, d("118056852"));
    assert_eq!(trade().balance(KAZ, 2019).unwrap().value, d("-77374348"));
    assert_eq!(trade().balance(SVN, 2019).unwrap().value, d("75065984"));
}

#[test]
fn an_absent_figure_is_named_and_never_zero() {
    let e = trade().turnover(KAZ, 2015).unwrap_err();
    assert_eq!(
        e.to_string(),
        "turnover cannot be computed: trade_dots has no imports SVN>KAZ by KAZ’s books for 2015"
    );
    let Missing::Figures { gaps, .. } = trade().turnover(KAZ, 1995).unwrap_err() else {
        panic!("both figures are absent");
    };
    assert_eq!(gaps.len(), 2);
    assert!(trade().turnover(Country::new("USA"), 2019).is_err());
    assert!(
        trade()
            .mirror_gap(SVN, 2020)
            .unwrap_err()
            .to_string()
            .contains("imports SVN>KAZ by KAZ’s books")
    );
}

#[test]
fn growth_and_spans() {
    let t = trade();
    let g = t.growth(Series::Turnover, KAZ, 2019).unwrap();
    assert_eq!(g.id.to_string(), "KAZ-SVN:=growth:KAZ:turnover:2019");
    assert_eq!(g.value, d("100")); // 55,760,183 to 111,520,366
    assert_eq!(g.inputs.len(), 4);
    let c = t.cagr(Series::Exports, KAZ, 2015, 2019).unwrap();
    assert_eq!(c.value, d("35.94"));
    assert_eq!(c.period, Some(Period::Years(2015, 2019)));
    assert!(t.cagr(Series::Exports, KAZ, 2019, 2019).is_err());
    assert!(t.cagr(Series::Exports, KAZ, 2019, 2015).is_err());
    assert!(t.growth(Series::Turnover, SVN, 2019).is_err());
    assert!(t.growth(Series::Turnover, SVN, i16::MIN).is_err());
    assert_eq!(t.latest_common_year(), Some(2019));
    assert_eq!(t.latest_year(Series::Exports, SVN), Some(2020));
    assert_eq!(t.latest_year(Series::Imports, SVN), Some(2019));
    let p = t.peak(Series::Exports, KAZ).unwrap();
    assert_eq!(p.value, d("17073009"));
    assert_eq!(p.period, Some(Period::Year(2019)));
    assert_eq!(p.id.to_string(), "KAZ-SVN:=peak:KAZ:exports");
}

#[test]
fn a_trend_sets_five_years_against_five() {
    let all: Vec<_> = (2001..=2010)
        .map(|y| {
            figure(
                "trade_dots",
                Measure::Exports,
                KAZ,
                y,
                if y <= 2005 { "100" } else { "150" },
                None,
            )
        })
        .collect();
    let source = SourceId::new("trade_dots");
    let t = Trade::of(pair(), &all, &source);
    let r = t.trend(Series::Exports, KAZ, 2010).unwrap();
    assert_eq!(r.value, d("50"));
    assert_eq!(r.inputs.len(), 10);
    assert_eq!(r.id.to_string(), "KAZ-SVN:=trend:KAZ:exports:2001/2010");
    // Two of the first five years are too few.
    assert!(
        Trade::of(pair(), &all[3..], &source)
            .trend(Series::Exports, KAZ, 2010)
            .is_err()
    );
    assert!(
        Trade::of(pair(), &all[2..], &source)
            .trend(Series::Exports, KAZ, 2010)
            .is_ok()
    );
}

#[test]
fn both_books_side_by_side() {
    let t = trade();
    assert_eq!(t.mirror_gap(SVN, 2019).unwrap().value, d("-2114061"));
    let p = t.mirror_gap_percent(SVN, 2019).unwrap();
    assert_eq!(p.value, d("-2.19"));
    assert_eq!(p.id.to_string(), "KAZ-SVN:=mirror_gap_percent:SVN>KAZ:2019");
    assert_eq!(t.margin(SVN, 2019), Some(Margin::Below));
    assert_eq!(t.margin(KAZ, 2019), Some(Margin::Above));
    assert_eq!(t.margin(SVN, 2020), None);
    assert_eq!(
        usual_margin(d("1000000"), d("1060000")),
        Some(Margin::Estimated)
    );
    assert_eq!(
        usual_margin(d("1000000"), d("1100001")),
        Some(Margin::Estimated)
    );
    assert_eq!(
        usual_margin(d("1000000"), d("1070000")),
        Some(Margin::Usual)
    );
    assert_eq!(usual_margin(d("0"), d("1")), None);
}

#[test]
fn goods_by_section() {
    let t = Trade::of(pair(), &evidence(), &SourceId::new("goods")).marked();
    let c = t.concentration(SVN, 2015).unwrap();
    assert_eq!(c.value, d("5950")); // 75² + 15² + 10²
    assert_eq!(
        c.id.to_string(),
        "KAZ-SVN:=concentration@goods:SVN>KAZ:2015"
    );
    assert_eq!(c.arithmetic, "75² + 15² + 10² = 5,950");
    let l = t.largest_section(SVN, 2015).unwrap();
    assert_eq!(l.value, d("75"));
    assert!(l.arithmetic.starts_with("SITC5"));
    assert!(t.concentration(KAZ, 2015).is_err());
    assert_eq!(t.goods_years(SVN), [2015]);
}

#[test]
fn years_without_a_report_are_told_book_by_book() {
    let t = trade();
    let gaps = t.missing_years(|_, _| true);
    let of = |from, book| {
        gaps.iter()
            .find(|g| g.from == from && g.book == book)
            .map(|g| g.years.clone())
    };
    assert_eq!(of(KAZ, Measure::Exports), Some(vec![2016, 2017, 2020]));
    assert_eq!(
        of(SVN, Measure::Imports),
        Some(vec![2015, 2016, 2017, 2020])
    );
    let c = t.missing_count(&gaps[0]).unwrap();
    assert_eq!(c.value, d("3"));
    assert_eq!(
        c.id.to_string(),
        "KAZ-SVN:=missing_years:KAZ>SVN:exports:2015/2020"
    );
    // Years before a state began are not missing.
    let young = t.missing_years(|_, p| p.year() >= Some(2018));
    assert_eq!(
        young
            .iter()
            .find(|g| g.from == KAZ && g.book == Measure::Exports)
            .unwrap()
            .years,
        [2020]
    );
    assert!(
        Trade::of(pair(), &[], &SourceId::new("x"))
            .missing_years(|_, _| true)
            .is_empty()
    );
}

#[test]
fn a_share_needs_the_total() {
    let t = trade();
    let s = t
        .share(Series::Turnover, KAZ, 2019, d("96095750804"), 173)
        .unwrap();
    assert_eq!(s.value, d("0.12"));
    assert_eq!(s.id.to_string(), "KAZ-SVN:=share:KAZ:turnover:2019");
    assert!(
        t.share(Series::Turnover, KAZ, 2019, Decimal::ZERO, 0)
            .is_err()
    );
}
