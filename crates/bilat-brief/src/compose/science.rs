//! Science: works with authors in both countries.

use bilat_model::Decimal;
use bilat_model::evidence::Measure;

use super::{Composer, Result, Told, by};

pub(super) fn tell(c: &Composer<'_>) -> Result<Told> {
    let mut told = Told::new();
    let mut years: Vec<_> = c
        .dossier
        .figures(Measure::Works)
        .filter(|(_, f)| f.period.is_some())
        .collect();
    years.sort_by_key(|(_, f)| f.period);
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        let absent = c.absence("works", &["coauthorship"]);
        told.paragraph(vec![c.sentence("works-none", &c.args(), vec![absent])?]);
        return Ok(told);
    };
    let total: Decimal = years.iter().map(|(_, f)| f.value).sum();
    let whole = |d: Decimal| d.to_string().parse::<i64>().unwrap_or(i64::MAX);
    let year = |p: Option<bilat_model::Period>| p.map_or(String::new(), |p| p.to_string());
    let args = c
        .args()
        .text("year", year(last.1.period))
        .text("since", year(first.1.period))
        .text("span", if years.len() > 1 { "many" } else { "one" })
        .number("n", whole(last.1.value))
        .text("count", c.wording.count(last.1.value))
        .number("total", whole(total))
        .text("total-count", c.wording.count(total));
    let support: Vec<_> = years.iter().map(|(e, _)| by(e)).collect();
    let mut out = vec![c.sentence("works", &args, support)?];
    if let Some(s) = c.dossier.standing("works") {
        let of = |a: bool| {
            if a {
                (s.rank_a, s.of_a)
            } else {
                (s.rank_b, s.of_b)
            }
        };
        let a_first = c.a().code == c.dossier.pair.a();
        let ((ra, na), (rb, nb)) = (of(a_first), of(!a_first));
        // A rank is told where it says something: the better half of the partners.
        if ra <= na / 2 || rb <= nb / 2 {
            let args = c
                .ordinal(c.args(), "rank-a", ra)?
                .text("of-a", na.to_string());
            let args = c.ordinal(args, "rank-b", rb)?.text("of-b", nb.to_string());
            out.push(c.sentence("works-rank", &args, c.place(s).into_iter().collect())?);
        }
        if last.1.value >= Decimal::from(20) {
            let lead = out[0].again(format!("{}:lead-works", c.dossier.pair));
            told.lead(c.salience.of(s), lead);
        }
    }
    told.paragraph(out);
    Ok(told)
}
