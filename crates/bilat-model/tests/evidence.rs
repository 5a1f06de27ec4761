//! Names of countries, pairs and evidence.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use bilat_model::country::BadPair;
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, EvidenceId, Figure, Measure, Pair, Period, Statement};
use proptest::prelude::*;

fn country() -> impl Strategy<Value = Country> {
    "[A-Z]{3}".prop_map(|s| s.parse().unwrap())
}

fn figure(measure: Measure, pair: Pair, year: i16) -> Statement {
    Statement::Figure(Figure {
        measure,
        from: pair.a(),
        to: pair.b(),
        reporter: Some(pair.a()),
        product: None,
        period: Some(Period::Year(year)),
        value: Decimal::ONE,
        valuation: None,
    })
}

proptest! {
    #[test]
    fn any_text_is_a_country_or_refused(s in "\\PC*") {
        if let Ok(c) = s.parse::<Country>() {
            prop_assert_eq!(c.code(), s.to_ascii_uppercase());
        }
        if let Ok(p) = s.parse::<Pair>() {
            prop_assert!(p.a() < p.b());
        }
        let id = EvidenceId(s);
        let _ = (id.pair(), id.source());
    }

    #[test]
    fn a_pair_has_no_order(x in country(), y in country()) {
        match (Pair::new(x, y), Pair::new(y, x)) {
            (Ok(p), Ok(q)) => {
                prop_assert_eq!(p, q);
                prop_assert!(p.a() < p.b());
                prop_assert_eq!(p.other(x), Some(y));
                prop_assert_eq!(p.to_string().parse::<Pair>().unwrap(), p);
                prop_assert_eq!(format!("{y}-{x}").parse::<Pair>().unwrap(), p);
                prop_assert_eq!(format!("{},{}", x.code().to_lowercase(), y).parse::<Pair>().unwrap(), p);
            }
            (Err(e), Err(f)) => {
                prop_assert_eq!(x, y);
                prop_assert_eq!(&e, &f);
                prop_assert_eq!(e, BadPair::Same(x));
            }
            _ => prop_assert!(false, "one order makes a pair, the other none"),
        }
    }

    #[test]
    fn a_name_leads_back_to_its_pair_and_source(x in country(), y in country(), year in 1i16..9998, m in 0usize..18, n in 0usize..5) {
        prop_assume!(x != y);
        let pair = Pair::new(x, y).unwrap();
        let source = SourceId::new("trade_dots");
        let id = EvidenceId::of(pair, &source, &figure(Measure::ALL[m], pair, year), n);
        prop_assert_eq!(id.pair(), Some(pair));
        prop_assert_eq!(id.source(), Some("trade_dots"));
        // The mark of computed values never stands in a record's name.
        prop_assert!(!id.0.contains('='));
    }
}

#[test]
fn names_tell_statements_apart() {
    let pair: Pair = "KAZ-SVN".parse().unwrap();
    let source = SourceId::new("trade_dots");
    let mut seen = BTreeSet::new();
    for m in Measure::ALL {
        for year in 1990..2000 {
            for ordinal in 0..3 {
                let id = EvidenceId::of(pair, &source, &figure(*m, pair, year), ordinal);
                assert!(seen.insert(id.clone()), "{id} twice");
            }
        }
    }
}

#[test]
fn every_word_of_a_vocabulary_is_read_back() {
    for m in Measure::ALL {
        assert_eq!(m.code().parse::<Measure>().as_ref(), Ok(m));
    }
    assert!("export".parse::<Measure>().is_err());
}
