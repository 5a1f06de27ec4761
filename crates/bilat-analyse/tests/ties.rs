//! Missions, visas, routes, towns and treaties of a pair.
#![allow(clippy::unwrap_used)]

use bilat_analyse::ties;
use bilat_model::evidence::{Citation, Locator, Statement, TieDetails, TieKind, VisaRule};
use bilat_model::source::SourceId;
use bilat_model::{Country, Decimal, Evidence, EvidenceId, Pair, Period, Tie};

const KAZ: Country = Country::new("KAZ");
const SVN: Country = Country::new("SVN");

fn pair() -> Pair {
    Pair::new(KAZ, SVN).unwrap()
}

fn tie(kind: TieKind, from: Country, details: TieDetails) -> Evidence {
    let source = SourceId::new("test");
    let statement = Statement::Tie(Tie {
        kind,
        from,
        to: pair().other(from).unwrap(),
        what: "a tie".to_owned(),
        since: None,
        until: None,
        as_of: None,
        details,
    });
    Evidence {
        id: EvidenceId::of(pair(), &source, &statement, 0),
        pair: pair(),
        statement,
        citation: Citation {
            source,
            file: "f".into(),
            at: Locator::Line(1),
        },
    }
}

fn mission(from: Country, type_name: &str, seat: &str, city: &str) -> Evidence {
    tie(
        TieKind::Mission,
        from,
        TieDetails::Mission {
            type_name: type_name.to_owned(),
            city: city.to_owned(),
            seat: seat.parse().unwrap(),
            latitude: None,
            longitude: None,
            founded: None,
        },
    )
}

fn visa(from: Country, rule: VisaRule, days: Option<u16>) -> Evidence {
    tie(TieKind::VisaRegime, from, TieDetails::Visa { rule, days })
}

fn treaty(status: &str, in_force: Option<&str>) -> Evidence {
    tie(
        TieKind::Treaty,
        KAZ,
        TieDetails::Treaty {
            type_name: "bilateral investment treaty".to_owned(),
            status: status.to_owned(),
            signed: None,
            in_force: in_force.map(|p| p.parse().unwrap()),
            bilateral: true,
        },
    )
}

#[test]
fn a_mission_elsewhere_covers_and_does_not_reside() {
    let all = [
        mission(KAZ, "embassy", "AUT", "Vienna"),
        mission(SVN, "honorary consulate", "KAZ", "Almaty"),
        mission(SVN, "Embassy", "RUS", "Moscow"),
    ];
    let [kaz, svn] = ties::missions(pair(), &all);
    assert_eq!((kaz.from, kaz.to), (KAZ, SVN));
    assert!(kaz.resident.is_empty() && kaz.covering.len() == 1);
    assert_eq!((svn.resident.len(), svn.covering.len()), (1, 1));
    assert!(!svn.has_embassy(), "a consulate is no embassy");
    let there = [
        mission(SVN, "consulate", "KAZ", "Almaty"),
        mission(SVN, "embassy", "KAZ", "Astana"),
    ];
    let [_, svn] = ties::missions(pair(), &there);
    assert!(svn.has_embassy() && ties::is_embassy(svn.resident[0].1));
}

#[test]
fn the_easier_border_is_told() {
    let all = [
        visa(SVN, VisaRule::Free, Some(30)),
        visa(KAZ, VisaRule::Required, None),
    ];
    let v = ties::visas(pair(), &all);
    assert_eq!(v[0].as_ref().unwrap().rule, VisaRule::Required);
    assert_eq!(v[1].as_ref().unwrap().days, Some(30));
    assert_eq!(ties::easier(&v), Some(SVN));
    let same = [
        visa(SVN, VisaRule::Free, Some(30)),
        visa(KAZ, VisaRule::Free, Some(90)),
    ];
    assert_eq!(ties::easier(&ties::visas(pair(), &same)), None);
    assert_eq!(ties::easier(&ties::visas(pair(), &all[..1])), None);
}

#[test]
fn only_treaties_in_force_count() {
    let all = [
        treaty("in force", None),
        treaty("In force", Some("2001")),
        treaty("signed", None),
        treaty("terminated", Some("1999")),
        treaty("Signed (not in force)", Some("2001")),
        treaty("", Some("2003-05-01")),
    ];
    let t = ties::treaties(pair(), &all).unwrap();
    assert_eq!(t.value, Decimal::from(3));
    assert_eq!(t.inputs.len(), 3);
    assert!(ties::treaties(pair(), &all[2..4]).is_err());
}

#[test]
fn nothing_listed_is_missing_and_not_zero() {
    let none: [Evidence; 0] = [];
    for c in [
        ties::routes,
        ties::flights,
        ties::twin_towns,
        ties::football,
    ] {
        let e = c(pair(), &none).unwrap_err().to_string();
        assert!(e.contains("there is none"), "{e}");
    }
    let town = tie(
        TieKind::SisterCity,
        KAZ,
        TieDetails::Towns {
            from_town: "Astana".to_owned(),
            to_town: "Ljubljana".to_owned(),
        },
    );
    let t = ties::twin_towns(pair(), &[town]).unwrap();
    assert_eq!(t.arithmetic, "1: Astana–Ljubljana");
    assert_eq!(t.id.to_string(), "KAZ-SVN:=twin_towns");
    assert_eq!(t.period, None::<Period>);
}
