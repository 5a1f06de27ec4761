//! The sources, one folder each.

pub mod air_routes;
pub mod alliances;
pub mod cities;
pub mod coauthorship;
pub mod countries;
pub mod diplomatic_relations;
pub mod distance;
pub mod embassies;
pub mod factbook;
pub mod fdi;
pub mod football;
pub mod foreign_relations;
pub mod igo;
pub mod migration;
pub mod natural_earth;
pub mod nomenclature;
pub mod refugees;
pub mod remittances;
pub mod security_council;
pub mod trade_comtrade_panel;
pub mod trade_dots;
pub mod trade_unctad;
pub mod treaties;
pub mod twin_towns;
pub mod unga;
pub mod visas;
pub mod world_heritage;

use crate::Source;

/// A source whose folder and module have its name.
macro_rules! source {
    ($id:ident) => {
        Source {
            id: stringify!($id),
            card_toml: include_str!(concat!(stringify!($id), "/source.toml")),
            lookups_toml: include_str!(concat!(stringify!($id), "/lookups.toml")),
            corrections_toml: include_str!(concat!(stringify!($id), "/corrections.toml")),
            read: $id::read,
        }
    };
}

/// All sources in the order in which they are read: countries first, since the others look
/// names up in them.
pub const SOURCES: &[Source] = &[
    source!(countries),
    source!(nomenclature),
    source!(natural_earth),
    source!(cities),
    source!(distance),
    source!(factbook),
    source!(trade_dots),
    source!(trade_unctad),
    source!(trade_comtrade_panel),
    source!(fdi),
    source!(remittances),
    source!(unga),
    source!(security_council),
    source!(diplomatic_relations),
    source!(foreign_relations),
    source!(embassies),
    source!(treaties),
    source!(alliances),
    source!(igo),
    source!(visas),
    source!(air_routes),
    source!(migration),
    source!(refugees),
    source!(coauthorship),
    source!(football),
    source!(world_heritage),
    source!(twin_towns),
];
