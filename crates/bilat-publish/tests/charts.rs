//! Any chart, whatever its values and words, is a well-formed drawing.
#![allow(clippy::unwrap_used)]

mod common;

use bilat_brief::chart::{Axis, Chart, Map, Place, Plot, Series, SvgOptions, TimelineEvent};
use proptest::prelude::*;
use quick_xml::events::Event;

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -1e9..1e12f64,
        1 => any::<f64>(),
        1 => Just(0.0),
    ]
}

fn any_axis() -> impl Strategy<Value = Axis> {
    (
        ".*",
        any_value(),
        0usize..4,
        proptest::option::of((any_value(), any_value())),
    )
        .prop_map(|(unit, divisor, digits, bounds)| Axis {
            unit,
            divisor,
            digits,
            bounds,
        })
}

fn any_plot() -> impl Strategy<Value = Plot> {
    let points = || proptest::collection::vec((1900..2030i16, any_value()), 0..30);
    let one = (".{0,60}", 0usize..9, any::<bool>(), points()).prop_map(|(l, c, d, p)| Series {
        label: l,
        colour: c,
        dashed: d,
        points: p,
    });
    let value = || proptest::option::of(any_value());
    let degrees = || (-190.0..190.0f64, -95.0..95.0f64);
    let ring = || proptest::collection::vec((-181.0..181.0f32, -91.0..91.0f32), 0..12);
    let rings = move || proptest::collection::vec(ring(), 0..3);
    let place = (".{0,20}", degrees(), any::<bool>(), 0usize..3).prop_map(|(l, at, c, s)| Place {
        label: l,
        at,
        capital: c,
        side: s,
    });
    prop_oneof![
        (proptest::collection::vec(one, 0..6), any_axis())
            .prop_map(|(series, axis)| Plot::Lines { series, axis }),
        (
            ".*",
            ".*",
            proptest::collection::vec((".*", value(), value()), 0..8),
            any_axis()
        )
            .prop_map(|(left, right, rows, axis)| Plot::Mirror {
                left,
                right,
                rows,
                axis
            }),
        (
            proptest::collection::vec((0usize..2, rings()), 0..3),
            proptest::collection::vec(rings(), 0..5),
            proptest::collection::vec(place, 0..8),
            proptest::option::of((degrees(), degrees())),
            ".*",
        )
            .prop_map(
                |(countries, ground, places, line, line_label)| Plot::Map(Map {
                    countries,
                    ground,
                    places,
                    line,
                    line_label,
                })
            ),
        proptest::collection::vec((any_value(), ".*", ".*"), 0..9).prop_map(|e| {
            let events = e
                .into_iter()
                .map(|(at, date, label)| TimelineEvent {
                    at: at % 3000.0,
                    date,
                    label,
                })
                .collect();
            Plot::Timeline { events }
        }),
    ]
}

/// Reads a drawing; fails when it is not XML, or when a number is none.
fn read(svg: &str) {
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut depth = 0;
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(e) | Event::Empty(e) = &event {
            for a in e.attributes() {
                let a = a.unwrap();
                let value = a
                    .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                    .unwrap();
                let number = ["x", "y", "width", "height", "r", "cx", "cy", "d"];
                if number.contains(&a.key.as_ref()) {
                    assert!(!value.contains("NaN") && !value.contains("inf"), "{value}");
                }
            }
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}

proptest! {
    #[test]
    fn any_chart_is_well_formed(plot in any_plot(), id in ".*", title in ".*", prefix in ".*") {
        let c = Chart { id, ..common::chart("x", &title, plot) };
        let options = SvgOptions { prefix: &prefix, ..SvgOptions::default() };
        let svg = c.svg_with(&options);
        read(&svg);
        prop_assert_eq!(svg, c.svg_with(&options));
    }
}
