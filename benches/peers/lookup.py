"""The trade of one pair, as a process that starts cold: start, read, print.

usage: lookup.py duckdb|polars SNAPSHOT PAIR
Prints one line of JSON: how many figures and what they add up to.
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

which, snapshot, pair = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
file = snapshot / "figures.parquet"
if which == "duckdb":
    import duckdb

    rows, total = duckdb.execute(
        f"SELECT count(*), sum(value) FROM '{file}' WHERE pair = ? AND source = 'trade_dots'", [pair]
    ).fetchone()
else:
    import polars as pl

    found = (
        pl.scan_parquet(file)
        .filter(
            (pl.col("pair").cast(pl.String) == pair)
            & (pl.col("source").cast(pl.String) == "trade_dots")
        )
        .select("value")
        .collect()
    )
    rows, total = len(found), found["value"].sum()
print(json.dumps({"answer": {"rows": rows, "sum": format(Decimal(total).normalize(), "f")}}))
