"""UN agreement of all pairs and years: votes alike among those on which both took a position.

usage: un_agreement.py numpy|duckdb SNAPSHOT RUNS
Prints one line of JSON: the answer, how long loading took, and how long each run took.
"""

import json
import sys
import time
from pathlib import Path


def numpy_runner(snapshot):
    import numpy as np
    import polars as pl

    calls = pl.read_parquet(snapshot / "roll_calls.parquet", columns=["index", "date"])
    calls = calls.with_columns(pl.col("date").cast(pl.String).str.slice(0, 4).cast(pl.Int32))
    votes = pl.read_parquet(snapshot / "votes.parquet")
    names = votes["country"].cast(pl.String).unique().sort()
    code = {"yes": 1, "abstain": 2, "no": 3, "absent": 0}
    table = np.zeros((len(names), calls["index"].max() + 1), dtype=np.int8)
    row = votes["country"].cast(pl.String).replace_strict(names, range(len(names)))
    value = votes["vote"].cast(pl.String).replace_strict(code, return_dtype=pl.Int8)
    table[row.to_numpy(), votes["index"].to_numpy()] = value.to_numpy()
    index, year = calls["index"].to_numpy(), calls["date"].to_numpy()
    years = np.unique(year)
    upper = np.triu_indices(len(names), 1)
    at = {n: i for i, n in enumerate(names)}

    def run():
        out = {}
        for y in years:
            part = table[:, index[year == y]]
            both = (part != 0).astype(np.float32)
            same = sum((p := (part == v).astype(np.float32)) @ p.T for v in (1, 2, 3))
            out[int(y)] = (same, both @ both.T)
        return out

    def answer(out):
        rows = same = both = 0
        for s, b in out.values():
            b, s = b[upper], s[upper]
            rows += int((b > 0).sum())
            same += int(s.sum(dtype=np.float64))
            both += int(b.sum(dtype=np.float64))
        k, v = at["KAZ"], at["SVN"]
        s, b = out[2023]
        return {"rows": rows, "same": same, "both": both, "kaz_svn_2023": [int(s[k, v]), int(b[k, v])]}

    return run, answer


def duckdb_runner(snapshot):
    import duckdb

    db = duckdb.connect()
    db.execute(
        f"""CREATE TABLE v AS
        SELECT v.country::VARCHAR AS country, v.index, v.vote::VARCHAR AS vote,
               substr(c.date::VARCHAR, 1, 4)::INT AS year
        FROM '{snapshot}/votes.parquet' v JOIN '{snapshot}/roll_calls.parquet' c USING (index)
        WHERE v.vote::VARCHAR IN ('yes', 'abstain', 'no')"""
    )

    def run():
        db.execute(
            """CREATE OR REPLACE TABLE out AS
            SELECT a.country AS a, b.country AS b, a.year AS year,
                   count(*) AS voted, count(*) FILTER (a.vote = b.vote) AS same
            FROM v a JOIN v b ON a.index = b.index AND a.country < b.country
            GROUP BY ALL"""
        )

    def answer(_):
        rows, same, both = db.execute("SELECT count(*), sum(same), sum(voted) FROM out").fetchone()
        pair = db.execute(
            "SELECT same, voted FROM out WHERE a = 'KAZ' AND b = 'SVN' AND year = 2023"
        ).fetchone()
        return {"rows": rows, "same": int(same), "both": int(both), "kaz_svn_2023": list(pair)}

    return run, answer


def main():
    which, snapshot, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    begun = time.perf_counter()
    run, answer = {"numpy": numpy_runner, "duckdb": duckdb_runner}[which](snapshot)
    load = time.perf_counter() - begun
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        out = run()
        seconds.append(time.perf_counter() - begun)
    print(json.dumps({"answer": answer(out), "load": load, "seconds": seconds}))


main()
