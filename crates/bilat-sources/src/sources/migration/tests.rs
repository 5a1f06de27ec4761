#![allow(clippy::unwrap_used)]

use bilat_model::evidence::Statement;

use crate::testing::{gz, read_sample, source};

#[test]
fn people_go_from_origin_to_destination() {
    let sample = gz(b"period,origin,destination,persons\n\
        2020,Kazakhstan,Slovenia,207\n\
        2020,Slovakia,Slovenia,12\n\
        2020,Channel Islands,Slovenia,3\n\
        2020,Atlantis,Slovenia,3\n\
        2020,Cote d'Ivoire,Slovenia,many\n\
        2020,Cote d'Ivoire,Slovenia,-4\n\
        2020-07,Cote d'Ivoire,Slovenia,4\n");
    let (records, report) = read_sample(source("migration"), &[(super::FILE, &sample)]);
    let told: Vec<String> = records
        .evidence
        .iter()
        .map(|(_, s, c)| match s {
            Statement::Figure(f) => {
                format!(
                    "{} {}>{} {} {}",
                    c.at,
                    f.from,
                    f.to,
                    f.period.unwrap(),
                    f.value
                )
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, ["line 2 KAZ>SVN 2020 207", "line 3 SVK>SVN 2020 12"]);
    assert_eq!(report.not_countries["Channel Islands"].1, 1);
    assert_eq!(report.unresolved["Atlantis"], 1);
    assert_eq!(report.skipped.len(), 4, "{:?}", report.skipped);
}
