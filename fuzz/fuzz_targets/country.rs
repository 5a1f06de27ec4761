//! Names of countries as people type them, and of pairs.
#![no_main]

#[allow(dead_code)]
#[path = "common/world.rs"]
mod world;

use std::sync::LazyLock;

use bilat_model::registry::{NotFound, fold};
use bilat_model::{Country, Pair, Registry};

static REGISTRY: LazyLock<Registry> = LazyLock::new(world::registry);

libfuzzer_sys::fuzz_target!(|typed: &str| {
    let key = fold(typed);
    assert_eq!(fold(&key), key);
    // A character decomposes into eighteen at most.
    assert!(key.len() <= 36 * typed.len());
    match REGISTRY.find(typed) {
        Ok(country) => assert!(REGISTRY.info(country).is_some()),
        Err(NotFound::Unknown { suggestions, .. }) => assert!(suggestions.len() <= 5),
        Err(NotFound::Ambiguous { candidates, .. }) => assert!(candidates.len() > 1),
    }
    if let Some(country) = REGISTRY.name(typed) {
        assert_eq!(REGISTRY.name(&key), Some(country));
    }
    if let Ok(country) = typed.parse::<Country>() {
        assert_eq!(country.to_string().parse(), Ok(country));
    }
    if let Ok(pair) = typed.parse::<Pair>() {
        assert_eq!(pair.to_string().parse(), Ok(pair));
    }
});
