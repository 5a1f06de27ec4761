//! Dates, periods, intervals and amounts as they are written in files.
#![no_main]

use bilat_model::Period;
use bilat_model::interval::Interval;
use bilat_model::told::When;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(period) = text.parse::<Period>() {
        assert_eq!(period.to_string(), text);
        assert!(period.first() <= period.last());
        for by in [-1, 1, i16::MAX, i16::MIN] {
            let _ = period.shift_years(by);
        }
    }
    if let Ok(when) = text.parse::<When>() {
        assert_eq!(when.to_string().parse(), Ok(when));
        let _ = when.period().map(|p| (p.first(), p.last()));
        let _ = when.year();
    }
    if let Ok(interval) = text.parse::<Interval>() {
        assert_eq!(interval.to_string().parse(), Ok(interval));
    }
});
