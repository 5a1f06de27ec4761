#![allow(clippy::unwrap_used)]

use bilat_model::evidence::{EventDetails, Statement};

use crate::testing::{gz, read_sample, source};

const FORMER: &str = "current,former,start_date,end_date\n\
    Russia,Soviet Union,1924-11-16,1991-11-13\n\
    Russia,CIS,1992-01-25,1992-06-18\n\
    Serbia,FR Yugoslavia,1994-12-23,2003-02-03\n\
    Northern Ireland,Ireland,1882-02-18,1956-04-11\n";

fn read(rows: &str) -> (Vec<String>, crate::Report) {
    let header = "date,home_team,away_team,home_score,away_score,tournament,city,country,neutral\n";
    let results = gz(format!("{header}{rows}").as_bytes());
    let files: [(&str, &[u8]); 2] = [
        (super::RESULTS, &results),
        (super::NAMES, FORMER.as_bytes()),
    ];
    let (records, report) = read_sample(source("football"), &files);
    let told = records.evidence.iter().map(|(pair, s, _)| {
        let Statement::Event(e) = s else {
            panic!("{s:?}");
        };
        let EventDetails::Match {
            home,
            home_name,
            away_name,
            home_goals,
            away_goals,
            neutral,
            ..
        } = &e.details
        else {
            panic!("{e:?}");
        };
        let where_ = if *neutral { "neutral" } else { "home" };
        format!(
            "{pair} {} {home} {home_name}–{away_name} {home_goals}:{away_goals} {where_}, {}",
            e.date.unwrap(),
            e.what
        )
    });
    (told.collect(), report)
}

#[test]
fn a_match_keeps_sides_names_and_score() {
    let (told, report) = read(
        "2024-09-09,Slovenia,Kazakhstan,3,0,UEFA Nations League,Ljubljana,Slovenia,FALSE\n\
         1966-07-30,England,Germany,4,2,FIFA World Cup,London,England,TRUE\n",
    );
    let expected = [
        "KAZ-SVN 2024-09-09 SVN Slovenia–Kazakhstan 3:0 home, UEFA Nations League in Ljubljana",
        "DEU-GBR 1966-07-30 GBR England–Germany 4:2 neutral, FIFA World Cup in London",
    ];
    assert_eq!(told, expected);
    assert!(report.skipped.is_empty());
}

#[test]
fn a_team_has_the_name_and_the_state_of_its_time() {
    let (told, report) = read(
        "1960-07-10,Russia,Yugoslavia,2,1,UEFA Euro,Paris,France,TRUE\n\
         1998-06-21,Germany,Serbia,2,2,FIFA World Cup,Lens,France,TRUE\n\
         2018-06-14,Russia,Saudi Arabia,5,0,FIFA World Cup,Moscow,Russia,FALSE\n\
         1903-03-28,Northern Ireland,France,1,0,Friendly,Dublin,Ireland,FALSE\n\
         1992-06-12,Russia,Germany,1,1,UEFA Euro,Norrköping,Sweden,TRUE\n",
    );
    let expected = [
        "SUN-YUG 1960-07-10 SUN Soviet Union–Yugoslavia 2:1 neutral, UEFA Euro in Paris",
        "DEU-SCG 1998-06-21 DEU Germany–FR Yugoslavia 2:2 neutral, FIFA World Cup in Lens",
        "RUS-SAU 2018-06-14 RUS Russia–Saudi Arabia 5:0 home, FIFA World Cup in Moscow",
        "FRA-GBR 1903-03-28 GBR Ireland–France 1:0 home, Friendly in Dublin",
    ];
    assert_eq!(told, expected);
    assert_eq!(report.not_countries["CIS (Russia)"].1, 1);
}

#[test]
fn regions_and_matches_to_come_are_left_out() {
    let (told, report) = read(
        "2019-03-25,Catalonia,Venezuela,2,1,Friendly,Girona,Spain,FALSE\n\
         1950-04-15,England,Scotland,1,0,British Home Championship,Glasgow,Scotland,FALSE\n\
         2027-03-25,Slovenia,Kazakhstan,NA,NA,Friendly,Celje,Slovenia,FALSE\n",
    );
    assert!(told.is_empty());
    assert_eq!(report.left_out["not between two countries"], 1);
    assert_eq!(report.left_out["a country with itself"], 1);
    assert_eq!(report.left_out["not yet played"], 1);
}

#[test]
fn broken_matches_are_listed() {
    let (told, report) = read(
        "2024-02-30,Slovenia,Kazakhstan,3,0,Friendly,Celje,Slovenia,FALSE\n\
         2024,Slovenia,Kazakhstan,3,0,Friendly,Celje,Slovenia,FALSE\n\
         2024-02-20,Slovenia,Kazakhstan,NA,0,Friendly,Celje,Slovenia,FALSE\n\
         2024-02-20,Slovenia,Kazakhstan,3,-1,Friendly,Celje,Slovenia,FALSE\n\
         2024-02-20,Slovenia,Kazakhstan,3,0,Friendly,Celje,Slovenia,maybe\n\
         2024-02-20,Slovenia,Slovania,3,0,Friendly,Celje,Slovenia,FALSE\n",
    );
    assert!(told.is_empty());
    assert_eq!(report.skipped.len(), 6);
    assert_eq!(report.unresolved["Slovania"], 1);
}
