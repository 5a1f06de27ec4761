//! `bilat sql`: the data in SQL.

use bilat_lake::Lake;

use crate::args::SqlArgs;
use crate::failure::Failure;
use crate::flow;
use crate::table::{self, Rows};

pub(crate) fn run(args: &SqlArgs) -> Result<u8, Failure> {
    let snapshot = flow::snapshot()?;
    if args.tables {
        return tables(args, &snapshot);
    }
    let query = args.query.as_deref().unwrap_or_default();
    let lake = Lake::new(&snapshot)?;
    let batches = lake.query(query)?;
    table::write_batches(&batches, &args.table)?;
    Ok(0)
}

fn tables(args: &SqlArgs, snapshot: &bilat_snapshot::Snapshot) -> Result<u8, Failure> {
    let mut rows = Rows::new(&["table", "column", "type", "holds"]);
    for t in bilat_lake::tables(snapshot) {
        rows.push(vec![
            t.name.clone().into(),
            "".into(),
            format!("{} rows", t.rows).into(),
            t.doc.clone().into(),
        ]);
        for c in &t.columns {
            rows.push(vec![
                t.name.clone().into(),
                c.name.clone().into(),
                c.sql_type.clone().into(),
                c.doc.clone().into(),
            ]);
        }
    }
    rows.write(&args.table)?;
    Ok(0)
}
