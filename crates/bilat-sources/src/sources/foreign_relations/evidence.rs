//! What was told, as evidence in words of our own.

use std::sync::Arc;

use bilat_model::evidence::{Event, EventDetails, EventKind, Locator, Tie, TieDetails, TieKind};
use bilat_model::{Country, Pair};

use super::tell::Told;
use crate::Context;

/// Adds a piece of evidence.
pub(super) fn add(
    context: &mut Context<'_>,
    pair: Pair,
    article: Country,
    file: &Arc<str>,
    at: Locator,
    told: &Told,
) {
    if let Some(tie) = tie(context, pair, told) {
        context.tie(pair, file, at, tie);
    } else if let Some(event) = event(context, article, told) {
        context.event(pair, file, at, event);
    }
}

fn tie(context: &Context<'_>, pair: Pair, told: &Told) -> Option<Tie> {
    let as_of = Some(context.card.vintage);
    Some(match told {
        Told::Mission {
            from,
            to,
            type_name,
            seat,
            city,
        } => Tie {
            kind: TieKind::Mission,
            from: *from,
            to: *to,
            what: type_name.clone(),
            since: None,
            until: None,
            as_of,
            details: TieDetails::Mission {
                type_name: type_name.clone(),
                city: city.clone(),
                seat: *seat,
                latitude: None,
                longitude: None,
                founded: None,
            },
        },
        Told::Membership { organisation } => Tie {
            kind: TieKind::Membership,
            from: pair.a(),
            to: pair.b(),
            what: organisation.clone(),
            since: None,
            until: None,
            as_of,
            details: TieDetails::None,
        },
        _ => return None,
    })
}

fn event(context: &Context<'_>, article: Country, told: &Told) -> Option<Event> {
    let name = |c: &Country| context.registry.english(*c).to_owned();
    let other = |date, what: &str| Event {
        kind: EventKind::Other,
        date: Some(date),
        what: what.to_owned(),
        details: EventDetails::None,
    };
    Some(match told {
        Told::Relations { date } => Event {
            kind: EventKind::DiplomaticRelations,
            date: Some(*date),
            what: "diplomatic relations established".to_owned(),
            details: EventDetails::Relations { stated_by: article },
        },
        Told::Severed { date } => other(*date, "diplomatic relations broken off or suspended"),
        Told::Restored { date } => other(*date, "diplomatic relations taken up again"),
        Told::Recognition { by, of, date } => Event {
            kind: EventKind::Other,
            date: Some(*date),
            what: format!("recognition of {} by {}", name(of), name(by)),
            details: EventDetails::Recognition { by: *by, of: *of },
        },
        Told::Visit {
            by,
            host,
            office,
            level,
            date,
        } => Event {
            kind: EventKind::Visit,
            date: Some(*date),
            what: format!("{level} of the {office} of {} to {}", name(by), name(host)),
            details: EventDetails::Visit {
                by: *by,
                host: *host,
                office: office.clone(),
                level: (*level).to_owned(),
            },
        },
        Told::Agreement {
            subject,
            in_force,
            date,
        } => Event {
            kind: EventKind::Agreement,
            date: Some(*date),
            what: format!(
                "{subject} {}",
                if *in_force { "in force" } else { "signed" }
            ),
            details: EventDetails::None,
        },
        Told::Opening {
            by,
            host,
            type_name,
            city,
            date,
        }
        | Told::Closing {
            by,
            host,
            type_name,
            city,
            date,
        } => {
            let opened = matches!(told, Told::Opening { .. });
            let place = if city.is_empty() {
                name(host)
            } else {
                city.clone()
            };
            let verb = if opened { "opened" } else { "closed" };
            Event {
                kind: if opened {
                    EventKind::EmbassyOpening
                } else {
                    EventKind::Other
                },
                date: Some(*date),
                what: format!("{type_name} of {} {verb} in {place}", name(by)),
                details: EventDetails::MissionChange {
                    by: *by,
                    host: *host,
                    type_name: type_name.clone(),
                    city: city.clone(),
                    opened,
                },
            }
        }
        Told::Mission { .. } | Told::Membership { .. } => return None,
    })
}
