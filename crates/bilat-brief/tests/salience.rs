//! What is unusual comes first, and nothing is told that rests on nothing.
#![allow(clippy::unwrap_used)]

use bilat_brief::Salience;
use bilat_brief::brief::{Sentence, Support};
use bilat_brief::salience::WEIGHTS;
use bilat_model::source::SourceId;
use bilat_model::standing::Standing;
use bilat_model::{Country, Decimal, Pair};
use proptest::prelude::*;

fn standing(indicator: &str, percentile: i64, rank: (u16, u16)) -> Standing {
    Standing {
        pair: Pair::new(Country::new("KAZ"), Country::new("SVN")).unwrap(),
        indicator: indicator.to_owned(),
        period: None,
        value: Decimal::ONE,
        percentile: Decimal::from(percentile),
        rank_a: rank.0,
        of_a: rank.1,
        rank_b: 0,
        of_b: 0,
    }
}

fn weights() -> Salience {
    Salience::new(WEIGHTS).unwrap()
}

#[test]
fn the_first_partner_counts_more_than_the_tenth_and_the_tenth_more_than_the_hundredth() {
    let s = weights();
    let of = |rank| s.of(&standing("turnover", 50, (rank, 200)));
    assert!(of(1) > of(10) && of(10) > of(100));
    assert_eq!(of(1), s.weight("turnover").round_dp(4));
    assert_eq!(of(200), Decimal::ZERO);
}

#[test]
fn both_ends_of_agreement_stand_out_and_the_middle_does_not() {
    let s = weights();
    let of = |p| s.of(&standing("un_agreement", p, (100, 190)));
    assert_eq!(of(0), of(100));
    assert_eq!(of(50), Decimal::ZERO);
}

#[test]
fn an_indicator_without_a_weight_is_never_salient() {
    assert_eq!(
        weights().of(&standing("nothing", 100, (1, 200))),
        Decimal::ZERO
    );
    assert_eq!(weights().weight("nothing"), Decimal::ZERO);
}

#[test]
fn a_file_of_weights_that_is_not_valid_is_refused() {
    assert!(
        Salience::new("[indicator.x]\nweight = 1").is_err(),
        "no end, no reason"
    );
    assert!(Salience::new("[indicator.x]\nweight = 1\nend = \"up\"\nreason = \"r\"").is_err());
}

proptest! {
    #[test]
    fn salience_lies_between_nothing_and_the_weight(p in 0i64..=100, rank in 0u16..300, of in 0u16..300) {
        let s = weights();
        for indicator in ["turnover", "un_agreement", "migrants"] {
            let v = s.of(&standing(indicator, p, (rank.min(of), of)));
            prop_assert!(v >= Decimal::ZERO && v <= s.weight(indicator));
        }
    }
}

#[test]
fn a_sentence_that_rests_on_nothing_cannot_be_built() {
    assert!(Sentence::new("x".into(), "So it is.".into(), Vec::new()).is_err());
    let nowhere = Support::Absence {
        what: "visits".into(),
        sources: Vec::new(),
    };
    assert!(Sentence::new("x".into(), "So it is.".into(), vec![nowhere]).is_err());
    let searched = Support::Absence {
        what: "visits".into(),
        sources: vec![SourceId::new("unga")],
    };
    assert!(Sentence::new("x".into(), "So it is.".into(), vec![searched]).is_ok());
}
