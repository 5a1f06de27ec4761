#![allow(clippy::unwrap_used)]

use bilat_model::Decimal;
use bilat_model::evidence::{Measure, Statement, Valuation};

use crate::testing::{gz, read_sample, source};
use crate::{Records, Report};

fn read(rows: &str) -> (Records, Report) {
    let file =
        gz(format!("year,sitc_section,exporter,importer,value_thousand_usd\n{rows}").as_bytes());
    read_sample(source("trade_unctad"), &[(super::FILE, &file)])
}

#[test]
fn sections_are_products_and_all_goods_have_none() {
    let (records, _) = read(
        "2015,All,Slovenia,Kazakhstan,69.5\n2015,SITC5_Chemicals,Slovenia,Kazakhstan,53.25\n\
         2015,SITC9_Commodities,Slovenia,Kazakhstan,0.0\n",
    );
    let told: Vec<_> = records
        .evidence
        .iter()
        .map(|(_, s, _)| match s {
            Statement::Figure(f) => {
                assert_eq!(f.measure, Measure::Exports);
                assert_eq!((f.from.code(), f.to.code()), ("SVN", "KAZ"));
                assert_eq!((f.reporter, f.valuation), (None, Some(Valuation::Fob)));
                (f.product.as_deref(), f.value)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            (None, Decimal::from(69_500)),
            (Some("SITC5"), Decimal::from(53_250)),
            (Some("SITC9"), Decimal::ZERO),
        ],
        "a listed zero is kept"
    );
}

#[test]
fn names_without_spaces_and_with_years_are_looked_up() {
    let (records, report) = read(
        "1995,All,Indonesia2002,SerbiaandMontenegro,1\n2015,All,Congo,DemRepoftheCongo,1\n\
         2015,All,Guinea,GuineaBissau,1\n2015,All,Sudan,SouthSudan,1\n2005,All,Sudan2011,Niger,1\n\
         2015,All,KoreaRepublicof,KoreaDemPeoples,1\n2015,All,Slovenia,Slovakia,1\n",
    );
    let pairs: Vec<_> = records
        .evidence
        .iter()
        .map(|(p, ..)| p.to_string())
        .collect();
    assert_eq!(
        pairs,
        [
            "IDN-SCG", "COD-COG", "GIN-GNB", "SDN-SSD", "NER-SDN", "KOR-PRK", "SVK-SVN"
        ]
    );
    assert!(report.unresolved.is_empty());
}

#[test]
fn a_country_with_itself_and_broken_rows_give_nothing() {
    let (records, report) = read(
        "2005,All,France,France,138675\n2005,SITC10_Other,France,Chile,1\n20x5,All,France,Chile,1\n\
         2005,All,France,Chile,-1\n2005,All,France,Chile,\n2005,All,France,Atlantis,1\n",
    );
    assert_eq!(records.evidence.len(), 0);
    assert_eq!(report.left_out["a country with itself"], 1);
    assert_eq!(report.files[0].skipped, 5);
}
