#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{Statement, TieDetails};

use crate::testing::{gz, read_sample, source, try_read_sample};

const AIRPORTS: &str = "\u{feff}Code,Name,ICAO,IATA,Location,CountryISO2,Latitude,Longitude,AltitudeFeet\n\
    UAAA,Almaty Airport,UAAA,ALA,Almaty,KZ,43.3,77.0,2234\n\
    UACC,Astana Airport,UACC,NQZ,Astana,KZ,51.0,71.4,1165\n\
    LTFM,Istanbul Airport,LTFM,IST,Istanbul,TR,41.2,28.7,325\n\
    BKPR,Pristina Airport,BKPR,PRN,Pristina,KS,42.5,21.0,1789\n\
    LJLJ,Ljubljana Airport,LJLJ,LJU,,SI,46.2,14.4,1273\n";

const AIRLINES: &str = "\u{feff}Code,Name,ICAO,IATA,PositioningFlightPattern,CharterFlightPattern\n\
    KZR,Air Astana,KZR,KC,^9\\d\\d$,\n\
    AXY,Air X Charter,AXY,,,.*\n\
    CLX,Cargolux,CLX,CV,,\n\
    EWG,Eurowings,EWG,EW,6([^8]|8(?!0))\\d\\d,\n";

fn archive(airlines: &str, routes: &[(&str, &str)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut add = |path: &str, text: &str| {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, path, text.as_bytes()).unwrap();
    };
    add("airports/schema-01/README.md", "not read");
    add("airports/schema-01/U/UA.csv", AIRPORTS);
    add("airlines/schema-01/airlines.csv", airlines);
    for (path, text) in routes {
        let header = "\u{feff}Callsign,Code,Number,AirlineCode,AirportCodes\n";
        add(path, &format!("{header}{text}"));
    }
    gz(&tar.into_inner().unwrap())
}

fn read(bytes: &[u8]) -> (Vec<String>, crate::Report) {
    let (records, report) = read_sample(source("air_routes"), &[(super::FILE, bytes)]);
    let told = records.evidence.iter().map(|(pair, s, c)| match s {
        Statement::Tie(t) => match &t.details {
            TieDetails::Route {
                from_airport,
                from_place,
                to_airport,
                to_place,
                flights,
            } => format!(
                "{pair} {from_airport} {from_place} {to_airport} {to_place} ×{flights}, {}",
                c.at
            ),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    });
    (told.collect(), report)
}

#[test]
fn legs_are_counted_by_flight_number_both_ways() {
    let bytes = archive(
        AIRLINES,
        &[
            (
                "routes/schema-01/T/THY-all.csv",
                "THY1,THY,1,THY,LTFM-UAAA-UACC\nTHY2,THY,2,THY,LTFM-BKPR-LTFM\n",
            ),
            (
                "routes/schema-01/K/KZR-all.csv",
                "KZR1,KZR,1,KZR,UAAA-UACC\nKZR2,KZR,2,KZR,UAAA-LTFM\n",
            ),
        ],
    );
    let (told, report) = read(&bytes);
    let expected = [
        "TUR-XKX LTFM Istanbul BKPR Pristina ×1, routes/schema-01/T/THY-all.csv line 3",
        "KAZ-TUR UAAA Almaty LTFM Istanbul ×2, routes/schema-01/K/KZR-all.csv line 3",
    ];
    assert_eq!(told, expected);
    assert_eq!(report.left_out["within one country"], 1);
    assert_eq!(report.files[0].kept, 3);
}

#[test]
fn freight_charter_and_positioning_flights_are_left_out() {
    let rows = "KZR901,KZR,901,KZR,UAAA-LJLJ\nAXY1,AXY,1,AXY,UAAA-LJLJ\n\
                CLX1,CLX,1,CLX,UAAA-LJLJ\nEWG6812,EWG,6812,EWG,UAAA-LJLJ\n\
                EWG6802,EWG,6802,EWG,UAAA-LJLJ\nKZR5,KZR,5,KZR,UAAA-XXXX\nKZR6,KZR,6,KZR,UAAA\n";
    let (told, report) = read(&archive(
        AIRLINES,
        &[("routes/schema-01/X/X-all.csv", rows)],
    ));
    assert_eq!(
        told,
        ["KAZ-SVN UAAA Almaty LJLJ Ljubljana Airport ×1, routes/schema-01/X/X-all.csv line 6"],
        "Eurowings 6802 is no positioning flight by the pattern"
    );
    assert_eq!(report.left_out["an airline that carries freight only"], 1);
    let charter = "a charter or positioning flight by the airline's own pattern";
    assert_eq!(report.left_out[charter], 3);
    assert_eq!(report.skipped.len(), 2);
    assert!(report.skipped[0].reason.contains("XXXX"));
}

#[test]
fn a_code_that_has_passed_to_another_airline_is_listed() {
    let airlines = AIRLINES.replace("Cargolux", "Celestial Express");
    let rows = "CLX1,CLX,1,CLX,UAAA-LJLJ\n";
    let (told, report) = read(&archive(
        &airlines,
        &[("routes/schema-01/C/CLX-all.csv", rows)],
    ));
    assert_eq!(told.len(), 1);
    assert!(report.skipped[0].reason.contains("Celestial Express"));
}

#[test]
fn an_archive_built_otherwise_stops_the_reading() {
    let read = |bytes: &[u8]| {
        let read = try_read_sample(source("air_routes"), &[(super::FILE, bytes)]);
        read.map(|_| ()).unwrap_err().to_string()
    };
    assert!(read(&archive(AIRLINES, &[])).contains("routes/schema-01"));
    let other = AIRLINES.replace("CharterFlightPattern", "Charter");
    assert!(read(&archive(&other, &[])).contains("columns"));
    assert!(read(&gz(b"no archive at all")).contains("air_routes"));
}
