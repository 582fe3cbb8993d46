"""Search over many bilingual companies: are its result sets exact, how fast is it beside tantivy, how large its index.

Run as ``python -m bench.search --docs 100000``. Documents are made from the listed companies and English descriptions
under BAYBRIDGE_DATA (default ../shared/data), or from made-up names where there are none. Tantivy gets the same
documents, cut into the same tokens, and the same queries. Exactness is measured against a scan of the folded texts
that shares the folding and nothing else.
"""

import argparse
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import tantivy
from sqlalchemy import Connection, create_engine

from bench.corpus import companies
from listing.bilingual import sound, tokens
from listing.store import fulltext
from listing.store.fulltext import source

KIND = fulltext.Kind.COMPANY
FIELDS = {"text": 1.0, "name": 10.0, "title": 5.0, "sound": 4.0}
CLASSES = ("1 character", "2 characters", "4 characters", "English", "mixed")
ROUNDS = 3
PAGE = 25
TARGETS = {"newest": 3.0, "relevance": 30.0, "bytes": 1.5}


class Scan:
    """The naive search: every folded text is looked through from start to end."""

    def __init__(self, documents: Iterable[fulltext.Document]) -> None:
        self.rows = []
        for document in documents:
            fields = [*document.names, document.title, document.text]
            folded = tokens.fold("\n".join(fields))
            cut = [tuple(tokens.runs(name)) for name in document.names]
            keys = frozenset(form for name in cut for form in tokens.name_forms(name))
            latin = frozenset(tokens.FORMS.get(word, word) for word in re.findall("[a-z0-9]+", folded))
            bare = {word.lstrip("0") or "0" for word in latin if word[0] == "0" and word.isdigit()}
            latin |= bare | {word.zfill(4) for word in bare}
            sounds, initials = self._sounds(cut)
            self.rows.append((document.row_id, folded, latin, keys, sounds, initials))

    @staticmethod
    def _sounds(names: list[tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
        syllables, initials = [], []
        for runs in names:
            read = sound.syllables("".join(run for run in runs if run[0] > "\u2000"))
            syllables += read
            short = "".join(syllable[0] for syllable in read)
            initials += [short[-len(form) :] for form in tokens.name_forms(runs) if len(short) > 1]
        return " " + " ".join(syllables) + " ", tuple(initials)

    def find(self, query: str) -> set[int]:
        """Return the rows a query must find."""
        runs = tuple(dict.fromkeys(tokens.runs(query)))
        key = "".join(tokens.runs(query))
        han = [run for run in runs if run[0] > "\u2000"]
        latin = [(run, self._spelt(run)) for run in runs if run[0] < "\u2000"]
        return {
            row_id
            for row_id, folded, words, names, sounds, initials in self.rows
            if key in names
            or (
                all(run in folded for run in han)
                and all(word in words or self._heard(word, spelt, sounds, initials) for word, spelt in latin)
            )
        }

    @staticmethod
    def _spelt(word: str) -> tuple[list[str], bool]:
        if word in tokens.FORMS.values():
            return [], False  # a legal form is no pinyin
        return [f" {' '.join(reading)} " for reading in sound.readings(word)], sound.may_be_initials(word)

    @staticmethod
    def _heard(word: str, spelt: tuple[list[str], bool], sounds: str, initials: tuple[str, ...]) -> bool:
        readings, short = spelt
        if any(reading in sounds for reading in readings):
            return True
        return short and any(i == word or (len(word) > 2 and i.startswith(word)) for i in initials)


class Tantivy:
    """The same documents and queries in tantivy, one field for each of our columns."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for field in FIELDS:
            builder.add_text_field(field, stored=False, tokenizer_name="cut", index_option="position")
        builder.add_integer_field("row_id", fast=True, stored=True, indexed=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, str(folder))
        cut = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("cut", cut)

    def put_many(self, documents: Iterable[fulltext.Document]) -> None:
        """Index all documents."""
        writer = self.index.writer(256_000_000, 1)
        for document in documents:
            row = tantivy.Document()
            row.add_integer("row_id", document.row_id)
            for field, value in source.read(document.names, document.title, document.text).tokens().items():
                row.add_text(field, value)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def _phrase(self, phrase: tokens.Phrase, field: str) -> tantivy.Query:
        if phrase.prefix:
            return tantivy.Query.regex_query(self.schema, field, re.escape(phrase.tokens[0]) + ".*")
        if len(phrase.tokens) == 1:
            return tantivy.Query.term_query(self.schema, field, phrase.tokens[0])
        return tantivy.Query.phrase_query(self.schema, field, list(phrase.tokens))

    def query(self, typed: str) -> tantivy.Query:
        """Return a query with the meaning of ours, weighted alike; whole names apart, which tantivy is spared."""
        clauses = []
        for alternatives in tokens.query(typed).clauses:
            fields = [
                (tantivy.Occur.Should, tantivy.Query.boost_query(self._phrase(phrase, field), weight))
                for phrase in alternatives
                for field, weight in FIELDS.items()
                if (field == "sound") == (phrase.tokens[0][0] in tokens.SOUND + tokens.INITIALS)
            ]
            clauses.append((tantivy.Occur.Must, tantivy.Query.boolean_query(fields)))
        return tantivy.Query.boolean_query(clauses)


def _queries(documents: list[fulltext.Document], each: int) -> dict[str, list[str]]:
    """Queries cut out of the documents themselves, so that every one finds something."""
    chosen = random.Random(20261123)
    found: dict[str, list[str]] = {name: [] for name in CLASSES}
    while min(map(len, found.values())) < each:
        document = chosen.choice(documents)
        han = [run for run in re.findall("[\u4e00-\u9fff]+", f"{document.names[0]} {document.text}") if len(run) > 3]
        latin = re.findall("[A-Za-z]{3,}", document.text)
        if not han or len(latin) < 3:
            continue
        run = chosen.choice(han)
        start = chosen.randrange(len(run) - 3)
        word = chosen.randrange(len(latin) - 1)
        typed = (
            run[start],
            run[start : start + 2],
            run[start : start + 4],
            " ".join(latin[word : word + chosen.choice((1, 2))]),
            f"{run[start : start + 2]} {latin[word]}",
        )
        for name, query in zip(CLASSES, typed, strict=True):
            if len(found[name]) < each and query not in found[name]:
                found[name].append(query)
    return found


def _milliseconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best * 1000


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _exact(connection: Connection, scan: Scan, other: Tantivy, typed: str, rows: int) -> tuple[bool, bool]:
    truth = scan.find(typed)
    ours = {hit.row_id for hit in fulltext.newest(connection, typed, kind=KIND, tier=0, limit=rows + 1)}
    theirs = other.searcher.search(other.query(typed), 1, count=True).count
    return ours == truth, theirs == len(truth)


def _measure(connection: Connection, other: Tantivy, typed: str) -> dict[str, float]:
    search = other.searcher.search
    return {
        "newest": _milliseconds(lambda: fulltext.newest(connection, typed, kind=KIND, tier=0, limit=PAGE)),
        "newest tantivy": _milliseconds(lambda: search(other.query(typed), PAGE, count=False, order_by_field="row_id")),
        "relevance": _milliseconds(lambda: fulltext.best(connection, typed, kind=KIND, tier=0, limit=PAGE)),
        "relevance tantivy": _milliseconds(lambda: search(other.query(typed), PAGE, count=False)),
        "count": _milliseconds(lambda: fulltext.count(connection, typed, kind=KIND, tier=0)),
    }


def _summary(times: list[dict[str, float]]) -> dict[str, float]:
    p95 = {name: _p95([time[name] for time in times]) for name in times[0]}
    return {
        **p95,
        "newest ratio": p95["newest"] / p95["newest tantivy"],
        "relevance ratio": p95["relevance"] / p95["relevance tantivy"],
    }


def _build(folder: Path, documents: list[fulltext.Document]) -> tuple[Connection, Tantivy, dict[str, float]]:
    path = folder / "search.sqlite3"
    connection = create_engine(f"sqlite:///{path}").connect()
    fulltext.create(connection)
    started = time.perf_counter()
    fulltext.put_many(connection, documents)
    connection.commit()
    ours = time.perf_counter() - started
    with closing(sqlite3.connect(path)) as own:  # the product's connections are always in a transaction
        own.execute("VACUUM")
        own.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (folder / "tantivy").mkdir()
    other = Tantivy(folder / "tantivy")
    started = time.perf_counter()
    other.put_many(documents)
    theirs = time.perf_counter() - started
    written = sum(len("".join((*document.names, document.title, document.text)).encode()) for document in documents)
    sizes = {
        "text bytes": written,
        "bytes": path.stat().st_size / written,
        "bytes tantivy": sum(file.stat().st_size for file in (folder / "tantivy").iterdir()) / written,
        "build": ours,
        "build tantivy": theirs,
    }
    return connection, other, sizes


def run(docs: int = 100_000, queries: int = 40) -> dict:
    """Measure search over ``docs`` companies with ``queries`` of each class; times in ms, builds in seconds."""
    documents = companies(docs)
    asked = _queries(documents, queries)
    with tempfile.TemporaryDirectory() as folder:
        connection, other, sizes = _build(Path(folder), documents)
        scan = Scan(documents)
        result: dict = {"docs": docs, **sizes, "classes": {}}
        everything: list[dict[str, float]] = []
        for name, typed in asked.items():
            exact = [_exact(connection, scan, other, query, docs) for query in typed]
            times = [_measure(connection, other, query) for query in typed]
            everything += times
            result["classes"][name] = {
                "exact": sum(ours for ours, _ in exact) / len(exact),
                "wrong": [query for query, (ours, _) in zip(typed, exact, strict=True) if not ours],
                "exact tantivy": sum(theirs for _, theirs in exact) / len(exact),
                **_summary(times),
            }
        result["all"] = {
            "exact": min(row["exact"] for row in result["classes"].values()),
            "exact tantivy": min(row["exact tantivy"] for row in result["classes"].values()),
            **_summary(everything),
        }
        connection.close()
        connection.engine.dispose()
    return result


def table(result: dict) -> str:
    """Return the measurements as a table."""
    lines = [
        f"{result['docs']:,} documents, {result['text bytes'] / 1e6:.1f} MB of text",
        f"index bytes / text bytes {result['bytes']:.2f} (tantivy {result['bytes tantivy']:.2f})",
        f"built in {result['build']:.1f} s (tantivy {result['build tantivy']:.1f} s, the same cutting included)",
        "",
        "p95, ms         exact   newest  tantivy  ratio     best  tantivy  ratio   count",
    ]
    for name, row in {**result["classes"], "all": result["all"]}.items():
        lines.append(
            f"{name:14}{row['exact']:7.0%}{row['newest']:9.2f}{row['newest tantivy']:9.2f}{row['newest ratio']:7.2f}"
            f"{row['relevance']:9.2f}{row['relevance tantivy']:9.2f}{row['relevance ratio']:7.1f}{row['count']:8.2f}"
        )
    lines += [f"not exact: {query!r}" for row in result["classes"].values() for query in row["wrong"]]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=40, help="of each class")
    arguments = parser.parse_args()
    sys.stdout.write(table(run(arguments.docs, arguments.queries)) + "\n")


if __name__ == "__main__":
    main()
