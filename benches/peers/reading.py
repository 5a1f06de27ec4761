"""Amounts of money or dates in the labelled texts, by a program from PyPI.

usage: reading.py quantulum3|recognizers|dateparser TEXTS RUNS

Prints one line of JSON: what was found in each text, how long loading took, and each run. An
amount is its value and the ISO 4217 code of its currency. What the programs call "dollar" is taken
for the dollar of the United States, "franc" and the like for nothing. dateparser is told the
day of publication and that the texts are in English; only its full days are kept.
"""

import datetime
import json
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")


def quantulum3():
    from quantulum3 import parser

    def read(text, _):
        out = []
        for q in parser.parse(text):
            code = getattr(q.unit, "currency_code", None)
            if q.unit.entity.name == "currency":
                code = code or PLAIN.get(q.unit.name)
                if code:
                    out.append([repr(q.value), code])
        return out

    read("It was $5 million.", None)
    return "amounts", read


PLAIN = {
    "dollar": "USD", "united states dollar": "USD", "us dollar": "USD", "euro": "EUR",
    "pound sterling": "GBP", "british pound": "GBP", "japanese yen": "JPY", "yen": "JPY",
    "swiss franc": "CHF", "indian rupee": "INR", "russian ruble": "RUB",
}


def recognizers():
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    def read(text, _):
        out = []
        for found in recognize_currency(text, Culture.English):
            r = found.resolution or {}
            code = r.get("isoCurrency") or PLAIN.get((r.get("unit") or "").lower())
            if code and r.get("value"):
                out.append([r["value"], code])
        return out

    read("It was $5 million.", None)
    return "amounts", read


def dateparser():
    from dateparser.search import search_dates

    def read(text, published):
        settings = {"REQUIRE_PARTS": ["day", "month"], "RETURN_AS_TIMEZONE_AWARE": False}
        if published:
            settings["RELATIVE_BASE"] = datetime.datetime.fromisoformat(published)
        found = search_dates(text, languages=["en"], settings=settings) or []
        return sorted({d.date().isoformat() for _, d in found})

    read("On 5 May 2024.", None)
    return "dates", read


def main():
    name, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    begun = time.perf_counter()
    what, read = {"quantulum3": quantulum3, "recognizers": recognizers, "dateparser": dateparser}[name]()
    load = time.perf_counter() - begun
    texts = []
    for file in sorted(folder.glob("*.json")):
        published = json.loads(file.read_text()).get("published")
        texts.append((file.stem, file.with_suffix(".txt").read_text(), published))
    seconds, core, answer = [], [], {}
    for _ in range(runs):
        begun, worked = time.perf_counter(), time.thread_time()
        answer = {i: read(text, published) for i, text, published in texts}
        seconds.append(time.perf_counter() - begun)
        core.append(time.thread_time() - worked)
    print(json.dumps({"answer": {what: answer}, "load": load, "seconds": seconds, "core": core}))


main()
