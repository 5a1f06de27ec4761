use jiff::civil::date;

use super::*;

fn found(line: &str) -> Option<(String, Place)> {
    of_line(line).unwrap().map(|d| {
        let year = d.date.year.map_or("?".to_owned(), |y| y.to_string());
        (
            format!("{year}-{:02}-{:02}", d.date.month, d.date.day),
            d.place,
        )
    })
}

#[test]
fn datelines_open_a_report() {
    for (line, day) in [
        (
            "BAKU, May 1. Figures of Geostat put trade at $355.3 million.",
            "?-05-01",
        ),
        (
            "25 October 2024. Over January-August 2024 the turnover went up.",
            "2024-10-25",
        ),
        (
            "Azerbaijan, Baku, Dec. 25, 2011. Foreign Minister says so.",
            "2011-12-25",
        ),
        (
            "UZBEKISTAN, February 3 (2023). Minister had a talk on February 4.",
            "2023-02-03",
        ),
        (
            "9th Saturday, April 2022. The minister took a plane.",
            "2022-04-09",
        ),
        (
            "3rd Saturday, April 2022. The minister took a plane.",
            "2022-04-16",
        ),
        (
            "ASTANA – 12 March 2021 – The two countries signed.",
            "2021-03-12",
        ),
        (
            "NAIROBI, 3 Aug (Xinhua) -- Kenya and Uganda agreed.",
            "?-08-03",
        ),
        (
            "NAIROBI, Aug. 3 (Xinhua) -- Kenya and Uganda agreed.",
            "?-08-03",
        ),
        (
            "LUSAKA, March 5, 2020 (Reuters) - Zambia said.",
            "2020-03-05",
        ),
        ("MOSCOW, June 14. /TASS/. Trade rose.", "?-06-14"),
        (
            "Baku, Azerbaijan, May 5, Trend: The ministers met.",
            "?-05-05",
        ),
        (
            "São Paulo, 5 de mayo de 2024. – Las exportaciones",
            "2024-05-05",
        ),
        (
            "Friday, December 23, 2011: The presidents met.",
            "2011-12-23",
        ),
        ("2024-03-02. The turnover rose.", "2024-03-02"),
        (
            "Dar es Salaam, 7 July 2019 - The presidents met.",
            "2019-07-07",
        ),
        ("(Tashkent, 7 July 2019) The presidents met.", ""),
    ] {
        let expected = (!day.is_empty()).then(|| (day.to_owned(), Place::Opening));
        assert_eq!(found(line), expected, "{line}");
    }
}

#[test]
fn other_dates_do_not() {
    for line in [
        "On April 1, 2025, the Kazakhstan-Slovenia business forum will take place in Astana.",
        "April 1, 2025, was the day of the forum.",
        "In October 2024, Kazakhstan and Slovenia marked 32 years.",
        "May 5, 2022 - May 9, 2022 the delegation stayed.",
        "TBILISI. When Georgia's economy minister was in Israel on February 13.",
        "25-percent rise in Bulgarian trade with North Macedonia seen for 2022",
        "Prague hosted Czech-Israeli political consultations in April 24 - 25, 2018; they met.",
        "Georgia opened its embassy in Baku on 5 May 1996.",
        "31 companies took part. They came from 5 countries.",
        "May is the month of the fair. It opened on May 3.",
        "35 May 2024. Nothing",
        "(Reuters) - Trade between the two rose.",
        "Report of trade rose by 5, May brought more",
        "",
        ",",
    ] {
        assert_eq!(found(line), None, "{line}");
    }
}

#[test]
fn dates_stand_alone_or_labelled() {
    for (line, day, place) in [
        ("25 October 2024", "2024-10-25", Place::Alone),
        ("Astana, 25 October 2024", "2024-10-25", Place::Alone),
        (
            "Friday 25 October 2024, 14:30 GMT",
            "2024-10-25",
            Place::Alone,
        ),
        ("12.03.2021", "2021-03-12", Place::Alone),
        ("12 марта 2021", "2021-03-12", Place::Alone),
        ("Published: 2024-03-02", "2024-03-02", Place::Labelled),
        (
            "Published: 2024-03-02T10:00:00Z",
            "2024-03-02",
            Place::Labelled,
        ),
        (
            "Posted on March 2nd, 2024 by the editor",
            "2024-03-02",
            Place::Labelled,
        ),
        (
            "Remarks of the Maldivian foreign minister, 26 June 2014. She spoke of yesterday.",
            "2014-06-26",
            Place::Statement,
        ),
        (
            "Joint statement by the two ministers (Lima, 3 May 2019)",
            "2019-05-03",
            Place::Statement,
        ),
    ] {
        let expected = (!day.is_empty()).then(|| (day.to_owned(), place));
        assert_eq!(found(line), expected, "{line}");
    }
    assert_eq!(found("05/06/2024"), None, "May or June");
    assert_eq!(found("Updated: 5 May 2024"), None);
    assert_eq!(found("LAST UPDATED 5 May 2024"), None);
}

#[test]
fn a_report_opens_with_its_place() {
    assert!(opens("TBILISI. When Georgia's economy minister was in Israel, they met.").unwrap());
    assert!(opens("BAKU, May 1. Figures").unwrap());
    assert!(opens("KYIV – Ukraine and Portugal talk about trade again").unwrap());
    assert!(!opens("History and partnership: What connects Kazakhstan and Slovenia").unwrap());
    assert!(!opens("UAE and Oman sign a pact").unwrap());
    assert!(!opens("TRADE RISES BY A THIRD").unwrap());
}

#[test]
fn the_year_that_the_text_decides() {
    let text = "Trade in January-March 2022 was $355 million. A year before, in the first quarter of 2021, it was less.";
    assert_eq!(year_by_text(text, 5).unwrap(), Some(2022));
    // A year later the same words would be old news; ten months leave it open.
    assert_eq!(year_by_text(text, 12).unwrap(), None);
    assert_eq!(year_by_text("In 2022 trade rose.", 5).unwrap(), None);
    assert_eq!(
        year_by_text("A forum is planned for November 2024.", 5).unwrap(),
        None
    );
    assert_eq!(
        year_by_text("In the first quarter of 2023 it rose.", 4).unwrap(),
        Some(2023)
    );
}

#[test]
fn dates_in_addresses() {
    assert_eq!(
        in_address("https://a.example/2022/05/01/trade"),
        Some(date(2022, 5, 1))
    );
    assert_eq!(
        in_address("a/trade-2022-05-01.html"),
        Some(date(2022, 5, 1))
    );
    assert_eq!(in_address("a/2022/13/01/x"), None);
    assert_eq!(in_address("a/12022/05/01/x"), None);
    assert_eq!(
        value("2024-05-06T08:00:00+05:00").unwrap(),
        Some(date(2024, 5, 6))
    );
    assert_eq!(
        value("May 6, 2024 8:00 am").unwrap(),
        Some(date(2024, 5, 6))
    );
    assert_eq!(value("soon").unwrap(), None);
}
