#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::svg::{BOLD, FONT, WIDTH, width};
use super::*;

fn table() -> Table {
    Table {
        id: "t".into(),
        title: "T".into(),
        columns: vec!["Year".into()],
        numeric: vec![true],
        rows: vec![],
        citations: vec![],
    }
}

fn chart(id: &str, plot: Plot) -> Chart {
    Chart {
        id: id.into(),
        title: "Trade has halved since 2013".into(),
        subtitle: "Goods, million US dollars a year".into(),
        source_line: "Source: a source".into(),
        alt: "A line that falls.".into(),
        plot,
        table: table(),
    }
}

fn axis() -> Axis {
    Axis {
        unit: "million US dollars".into(),
        divisor: 1e6,
        digits: 1,
        bounds: None,
    }
}

fn series(label: &str, colour: usize, dashed: bool, points: &[(i16, f64)]) -> Series {
    Series {
        label: label.into(),
        colour,
        dashed,
        points: points.to_vec(),
    }
}

fn lines() -> Chart {
    let falling: Vec<(i16, f64)> = (2000..=2019)
        .filter(|y| ![2006, 2007, 2011].contains(y))
        .map(|y| (y, 1e6 * (100.0 - f64::from(y - 2010).powi(2) * 0.7)))
        .collect();
    let near: Vec<(i16, f64)> = falling.iter().map(|(y, v)| (*y, v * 0.97)).collect();
    chart(
        "turnover",
        Plot::Lines {
            series: vec![
                series("Kazakhstan’s books: from Slovenia", 0, false, &falling),
                series("Slovenia’s books", 0, true, &near),
                series(
                    "to Slovenia",
                    1,
                    false,
                    &[(1999, 2e6), (2001, 4e6), (2002, 4e6)],
                ),
            ],
            axis: axis(),
        },
    )
}

fn mirror() -> Chart {
    let row = |l: &str, a, b| (l.to_owned(), a, b);
    chart(
        "goods",
        Plot::Mirror {
            left: "Kazakhstan to Slovenia".into(),
            right: "Slovenia to Kazakhstan".into(),
            rows: vec![
                row(
                    "Chemicals and related products",
                    Some(0.0),
                    Some(70_912_345.0),
                ),
                row(
                    "Machinery and transport equipment",
                    Some(12_000.0),
                    Some(15e6),
                ),
                row("Mineral fuels", Some(16e6), None),
                row("Returned goods", Some(-2e6), Some(1.0)),
            ],
            axis: axis(),
        },
    )
}

fn square(west: f32, south: f32, size: f32) -> Vec<Vec<(f32, f32)>> {
    let (e, n) = (west + size, south + size);
    vec![vec![(west, south), (e, south), (e, n), (west, n)]]
}

fn place(label: &str, at: (f64, f64), capital: bool, side: usize) -> Place {
    Place {
        label: label.into(),
        at,
        capital,
        side,
    }
}

fn map() -> Chart {
    chart(
        "map",
        Plot::Map(Map {
            countries: vec![(0, square(50.0, 42.0, 20.0)), (1, square(14.0, 45.0, 2.0))],
            ground: vec![square(20.0, 45.0, 15.0), square(-170.0, -60.0, 9.0)],
            places: vec![
                place("Astana", (71.4, 51.2), true, 0),
                place("Ljubljana", (14.5, 46.05), true, 1),
                place("Vienna", (16.4, 48.2), false, 0),
                place("Moscow", (37.6, 55.75), false, 1),
                place("Ljubljana", (14.5, 46.05), false, 0),
            ],
            line: Some(((71.4, 51.2), (14.5, 46.05))),
            line_label: "4,140 km".into(),
        }),
    )
}

fn timeline() -> Chart {
    let event = |at: f64, date: &str, label: &str| TimelineEvent {
        at,
        date: date.into(),
        label: label.into(),
    };
    chart(
        "timeline",
        Plot::Timeline {
            events: vec![
                event(
                    1992.8,
                    "20 October 1992",
                    "Diplomatic relations established",
                ),
                event(
                    2009.1,
                    "7 February 2009",
                    "Football: Slovenia 5–1 Kazakhstan",
                ),
                event(
                    2009.15,
                    "1 March 2009",
                    "Agreement on avoiding double taxation signed after years of talks about its scope",
                ),
                event(2009.2, "15 March 2009", "Visit"),
                event(2016.9, "28 November 2016", "Visit of the president"),
            ],
        },
    )
}

/// The texts of a drawing, each on a line of its own: left, top, right, bottom, text.
fn texts(svg: &str) -> Vec<([f64; 4], String)> {
    let of = |line: &str| -> Option<([f64; 4], String)> {
        let (tag, rest) = line.strip_prefix("<text ")?.split_once('>')?;
        let get = |k: &str| Some(tag.split_once(&format!("{k}=\""))?.1.split_once('"')?.0);
        let number = |k: &str| get(k).unwrap().parse::<f64>().unwrap();
        let mut text = rest.strip_suffix("</text>")?.to_owned();
        for entity in [
            "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#123;", "&#125;",
        ] {
            text = text.replace(entity, "x");
        }
        let w = width(&text)
            * if get("font-weight").is_some() {
                BOLD
            } else {
                1.0
            };
        let (x, y) = (number("x"), number(" y"));
        let left = match get("text-anchor") {
            None => x,
            Some("middle") => x - w / 2.0,
            _ => x - w,
        };
        Some(([left, y - FONT * 0.75, left + w, y + FONT * 0.2], text))
    };
    svg.lines().filter_map(of).collect()
}

fn assert_apart(svg: &str) {
    let all = texts(svg);
    for (i, (a, s)) in all.iter().enumerate() {
        assert!(
            a[0] >= -1.0 && a[2] <= WIDTH + 1.0,
            "{s} leaves the page: {a:?}"
        );
        for (b, t) in &all[i + 1..] {
            let meet = a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
            assert!(!meet, "“{s}” {a:?} and “{t}” {b:?} overlap");
        }
    }
}

#[test]
fn one_of_each() {
    for c in [lines(), mirror(), map(), timeline()] {
        let svg = c.svg();
        assert_apart(&svg);
        insta::assert_snapshot!(format!("svg_{}", c.id), svg);
    }
}

#[test]
fn ids_take_the_prefix_and_colours_can_be_plain() {
    let options = SvgOptions {
        prefix: "a b\"-",
        variables: false,
        ..SvgOptions::default()
    };
    let svg = lines().svg_with(&options);
    assert!(svg.contains(r#"<title id="a-b--turnover-title">"#), "{svg}");
    assert!(!svg.contains("var("), "{svg}");
}

#[test]
fn numbers_follow_the_language() {
    let of = |language| {
        let options = SvgOptions {
            language,
            ..SvgOptions::default()
        };
        mirror().svg_with(&options)
    };
    assert!(of("en").contains(">70.9<"));
    assert!(of("de").contains(">70,9<"));
    assert!(of("no such language").contains(">70.9<"));
    assert!(of("en").contains(">\u{2212}2.0<"));
}

#[test]
fn missing_years_break_the_line_and_lone_years_are_dots() {
    let points = [
        (2000, 1e6),
        (2001, 2e6),
        (2004, 3e6),
        (2007, 1e6),
        (2008, 1e6),
    ];
    let one = chart(
        "x",
        Plot::Lines {
            series: vec![series("", 0, false, &points)],
            axis: axis(),
        },
    );
    let svg = one.svg();
    assert_eq!(
        svg.matches(r#"stroke-linejoin="round""#).count(),
        2,
        "{svg}"
    );
    // The year that stands alone, and the end of the line.
    assert_eq!(svg.matches("<circle").count(), 2, "{svg}");
}

#[test]
fn values_every_five_years_make_a_line() {
    let points = [
        (1990, 1.0),
        (1995, 2.0),
        (2000, 3.0),
        (2020, 9.0),
        (2024, 9.5),
    ];
    let one = chart(
        "x",
        Plot::Lines {
            series: vec![series("", 0, false, &points)],
            axis: axis(),
        },
    );
    // Two runs: 2005 to 2015 are missing.
    assert_eq!(one.svg().matches(r#"stroke-linejoin="round""#).count(), 2);
}

#[test]
fn nothing_to_show_is_said() {
    let options = SvgOptions {
        no_data: "No data <yet>",
        ..SvgOptions::default()
    };
    let empty = Plot::Lines {
        series: vec![series("a", 0, false, &[(2000, f64::NAN)])],
        axis: axis(),
    };
    let none = Plot::Mirror {
        left: String::new(),
        right: String::new(),
        rows: vec![("a".into(), None, None)],
        axis: axis(),
    };
    let blank = Plot::Map(Map {
        countries: vec![],
        ground: vec![],
        places: vec![],
        line: None,
        line_label: String::new(),
    });
    for plot in [empty, none, blank, Plot::Timeline { events: vec![] }] {
        let svg = chart("x", plot).svg_with(&options);
        assert!(svg.contains("No data &lt;yet&gt;"), "{svg}");
    }
}

#[test]
fn a_single_year_stands_in_the_middle() {
    let one = chart(
        "x",
        Plot::Lines {
            series: vec![series("only", 0, false, &[(2019, 5e6)])],
            axis: axis(),
        },
    );
    let svg = one.svg();
    assert!(svg.contains(">2019<"), "{svg}");
    assert_apart(&svg);
}

#[test]
fn series_colours_stand_out_from_their_grounds() {
    let light = |hex: &str| {
        let part = |i: usize| {
            let v = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let contrast = |a: &str, b: &str| {
        let (a, b) = (light(a), light(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    };
    let all = svg::custom_properties();
    let paper = all.iter().find(|c| c.0 == "--paper").unwrap();
    for c in all
        .iter()
        .filter(|c| c.0.starts_with("--c") || c.0 == "--ink" || c.0 == "--muted")
    {
        assert!(
            contrast(c.1, paper.1) >= 4.5,
            "{} {}",
            c.0,
            contrast(c.1, paper.1)
        );
        assert!(
            contrast(c.2, paper.2) >= 4.5,
            "{} {}",
            c.0,
            contrast(c.2, paper.2)
        );
    }
}

proptest! {
    #[test]
    fn labels_of_lines_never_overlap(
        ends in proptest::collection::vec((1990..2024i16, 0.0..1e9f64), 1..5),
    ) {
        let series = ends
            .iter()
            .map(|(y, v)| series("Imports by their books", 0, false, &[(*y, *v)]))
            .collect();
        assert_apart(&chart("x", Plot::Lines { series, axis: axis() }).svg());
    }

    #[test]
    fn names_on_maps_never_overlap(
        places in proptest::collection::vec(((-180.0..180.0f64), (-89.0..89.0f64)), 2..9),
    ) {
        let line = Some((places[0], places[1]));
        let places = places
            .iter()
            .enumerate()
            .map(|(i, at)| place("Some city", *at, i < 2, i % 2))
            .collect();
        let plot = Plot::Map(Map {
            countries: vec![],
            ground: vec![],
            places,
            line,
            line_label: "1,234 km".into(),
        });
        assert_apart(&chart("x", plot).svg());
    }

    #[test]
    fn dates_on_timelines_never_overlap(at in proptest::collection::vec(1800.0..2030.0f64, 1..25)) {
        let events = at
            .iter()
            .map(|at| TimelineEvent { at: *at, date: format!("{at:.2}"), label: "A visit".into() })
            .collect();
        assert_apart(&chart("x", Plot::Timeline { events }).svg());
    }
}

/// Draws real outlines for pairs that are hard to show, for looking at.
#[test]
#[ignore = "needs the data folder"]
fn gallery() {
    #[allow(clippy::disallowed_methods)] // a test is told where the files are
    let data = std::env::var("BILAT_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").into());
    let file = format!("{data}/natural_earth/ne_110m_admin_0_countries.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("not run: {file} is not there");
        return;
    };
    let world: serde_json::Value = serde_json::from_str(&text).unwrap();
    let out = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/charts");
    std::fs::create_dir_all(&out).unwrap();
    for c in [lines(), mirror(), timeline()] {
        std::fs::write(out.join(format!("{}.svg", c.id)), c.svg()).unwrap();
    }
    for (a, b, p, q) in [
        ("KAZ", "SVN", (71.43, 51.13), (14.51, 46.06)),
        ("CHN", "USA", (116.4, 39.9), (-77.0, 38.9)),
        ("ARM", "AZE", (44.5, 40.2), (49.9, 40.4)),
        ("NRU", "SMR", (166.9, -0.55), (12.45, 43.94)),
        ("CZE", "SVK", (14.4, 50.1), (17.1, 48.15)),
        ("FRA", "SEN", (2.35, 48.85), (-17.4, 14.7)),
        ("RUS", "USA", (37.6, 55.75), (-77.0, 38.9)),
        ("FJI", "USA", (178.4, -18.1), (-77.0, 38.9)),
        ("ESP", "NZL", (-3.7, 40.4), (174.8, -41.3)),
        ("EST", "RUS", (24.75, 59.4), (37.6, 55.75)),
        ("FJI", "KIR", (178.4, -18.1), (173.0, 1.4)),
        ("CHN", "MNG", (116.4, 39.9), (106.9, 47.9)),
        ("CHL", "RUS", (-70.7, -33.4), (37.6, 55.75)),
        ("NOR", "ZAF", (10.75, 59.9), (28.2, -25.7)),
    ] {
        let mut m = Map {
            countries: vec![],
            ground: vec![],
            places: vec![place(a, p, true, 0), place(b, q, true, 1)],
            line: Some((p, q)),
            line_label: format!("{:.0} km", sphere::angle(p, q) * 111.2),
        };
        if a == "KAZ" {
            m.places = vec![
                place("Astana", p, true, 0),
                place("Ljubljana", q, true, 1),
                place("Vienna", (16.4, 48.2), false, 0),
                place("Moscow", (37.6, 55.75), false, 1),
            ];
        }
        for f in world["features"].as_array().unwrap() {
            let code = f["properties"]["ADM0_A3"].as_str().unwrap();
            let g = &f["geometry"];
            let polygons = match g["type"].as_str().unwrap() {
                "Polygon" => vec![g["coordinates"].clone()],
                _ => g["coordinates"].as_array().unwrap().clone(),
            };
            for p in polygons {
                let rings: Vec<Vec<(f32, f32)>> = serde_json::from_value(p).unwrap();
                match [a, b].iter().position(|c| *c == code) {
                    Some(side) => m.countries.push((side, rings)),
                    None => m.ground.push(rings),
                }
            }
        }
        let c = chart("map", Plot::Map(m));
        let svg = c.svg();
        assert_apart(&svg);
        println!("{a}-{b} {} bytes", svg.len());
        std::fs::write(out.join(format!("map-{a}-{b}.svg")), svg).unwrap();
    }
}
