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
        f"SELECT count(*), sum(value_digits::HUGEINT * (10 ** value_zeros)::BIGINT) FROM '{file}' WHERE pair = ? AND source = 'trade_dots'", [pair]
    ).fetchone()
else:
    import polars as pl

    found = (
        pl.scan_parquet(file)
        .filter(
            (pl.col("pair").cast(pl.String) == pair)
            & (pl.col("source").cast(pl.String) == "trade_dots")
        )
        .select("value_digits", "value_zeros")
        .collect()
    )
    rows, total = len(found), sum(d * 10**z for d, z in found.iter_rows())
# A value is its digits with its zeros behind them, in millionths.
total = Decimal(int(total)).scaleb(-6).normalize()
print(json.dumps({"answer": {"rows": rows, "sum": format(total, "f")}}))
