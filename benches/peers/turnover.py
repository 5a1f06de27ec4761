"""Turnover, growth on the year before and rank among partners, all pairs and years.

By each country's own books (source trade_dots): turnover is exports plus imports where both are
there; growth where the year before is there and not zero; rank by turnover among the partners
of one year, largest first, equal values sharing a place.

A value is its digits with its zeros behind them, in millionths; sums are exact.

usage: turnover.py duckdb|polars SNAPSHOT RUNS
Prints one line of JSON. Each run reads the Parquet file anew.
"""

import json
import sys
import time
from pathlib import Path

SQL = """
CREATE OR REPLACE TABLE out AS
WITH f AS (
  SELECT reporter::VARCHAR AS reporter,
         CASE WHEN reporter::VARCHAR = "from"::VARCHAR THEN "to" ELSE "from" END::VARCHAR AS partner,
         period::VARCHAR::INT AS year, measure::VARCHAR AS measure,
         value_digits * (10 ** value_zeros)::BIGINT AS value
  FROM '{snapshot}/figures.parquet'
  WHERE source = 'trade_dots' AND measure IN ('exports', 'imports') AND product IS NULL
    AND ordinal = 0
    AND reporter::VARCHAR = CASE WHEN measure = 'exports' THEN "from" ELSE "to" END::VARCHAR
), t AS (
  SELECT reporter, partner, year, sum(value) AS turnover
  FROM f GROUP BY ALL HAVING count(*) = 2
)
SELECT *,
  CASE WHEN lag(year) OVER w = year - 1 AND lag(turnover) OVER w > 0
       THEN 100.0 * (turnover - lag(turnover) OVER w)::DOUBLE / lag(turnover) OVER w::DOUBLE END AS growth,
  rank() OVER (PARTITION BY reporter, year ORDER BY turnover DESC) AS rank
FROM t WINDOW w AS (PARTITION BY reporter, partner ORDER BY year)
"""


def duckdb_runner(snapshot):
    import duckdb

    db = duckdb.connect()

    def run():
        db.execute(SQL.format(snapshot=snapshot))

    def answer(_):
        rows, total, growths, grown, ranks = db.execute(
            """SELECT count(*), sum(turnover), count(growth), count(*) FILTER (growth > 0), sum(rank)
            FROM out"""
        ).fetchone()
        one = db.execute(
            """SELECT turnover, growth, rank FROM out
            WHERE reporter = 'KAZ' AND partner = 'SVN' AND year = 2019"""
        ).fetchone()
        return result(rows, total, growths, grown, ranks, one)

    return run, answer


def polars_runner(snapshot):
    import polars as pl

    value = pl.col("value_digits") * pl.lit(10, pl.Int64).pow(pl.col("value_zeros").cast(pl.UInt32))
    text = [pl.col(c).cast(pl.String) for c in ("reporter", "from", "to", "measure", "period")]

    def run():
        f = (
            pl.scan_parquet(snapshot / "figures.parquet")
            .filter(
                (pl.col("source").cast(pl.String) == "trade_dots")
                & pl.col("measure").cast(pl.String).is_in(["exports", "imports"])
                & pl.col("product").is_null()
                & (pl.col("ordinal") == 0)
            )
            .select(*text, value.alias("value"))
            .filter(
                pl.col("reporter")
                == pl.when(pl.col("measure") == "exports").then("from").otherwise("to")
            )
            .select(
                "reporter",
                pl.when(pl.col("reporter") == pl.col("from")).then("to").otherwise("from").alias("partner"),
                pl.col("period").cast(pl.Int32).alias("year"),
                "value",
            )
        )
        before = pl.col("turnover").shift(1).over(["reporter", "partner"], order_by="year")
        there = pl.col("year").shift(1).over(["reporter", "partner"], order_by="year") == pl.col("year") - 1
        return (
            f.group_by("reporter", "partner", "year")
            .agg(pl.col("value").sum().alias("turnover"), pl.len().alias("books"))
            .filter(pl.col("books") == 2)
            .with_columns(
                pl.when(there & (before > 0))
                .then(100 * (pl.col("turnover") - before).cast(pl.Float64) / before.cast(pl.Float64))
                .alias("growth"),
                pl.col("turnover").rank("min", descending=True).over("reporter", "year").alias("rank"),
            )
            .collect()
        )

    def answer(out):
        one = out.filter(
            (pl.col("reporter") == "KAZ") & (pl.col("partner") == "SVN") & (pl.col("year") == 2019)
        ).row(0, named=True)
        return result(
            len(out),
            sum(out["turnover"].to_list()),
            out["growth"].count(),
            (out["growth"] > 0).sum(),
            out["rank"].sum(),
            (one["turnover"], one["growth"], one["rank"]),
        )

    return run, answer


def dollars(millionths):
    whole, rest = divmod(int(millionths), 10**6)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")


def result(rows, total, growths, grown, ranks, one):
    turnover, growth, rank = one
    return {
        "rows": rows,
        "turnover": dollars(total),
        "growths": growths,
        "grown": grown,
        "ranks": int(ranks),
        "kaz_svn_2019": {
            "turnover": dollars(turnover),
            "growth": f"{growth:.6f}",
            "rank": int(rank),
        },
    }


def main():
    which, snapshot, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    begun = time.perf_counter()
    run, answer = {"duckdb": duckdb_runner, "polars": polars_runner}[which](snapshot)
    load = time.perf_counter() - begun
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        out = run()
        seconds.append(time.perf_counter() - begun)
    print(json.dumps({"answer": answer(out), "load": load, "seconds": seconds}))


main()
