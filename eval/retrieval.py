"""Rankings of a test collection to figures: one row a way to search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.formats.collection import Collection
from eval.passages import Ranker
from eval.ranking import ndcg_at, recall_at, reciprocal_rank, success_at
from eval.statistics import Interval, bootstrap_interval

Measure = Callable[[Sequence[str], Mapping[str, int]], float]
"""Ranked ids and the grades of the relevant ones to the figure of one query."""

SUCCESS: dict[str, Measure] = {
    "success@1": lambda ranked, grades: success_at(ranked, grades, 1),
    "success@5": lambda ranked, grades: success_at(ranked, grades, 5),
    "success@10": lambda ranked, grades: success_at(ranked, grades, 10),
    "MRR": reciprocal_rank,
}
BEIR: dict[str, Measure] = {
    "R@10": lambda ranked, grades: recall_at(ranked, grades, 10),
    "R@100": lambda ranked, grades: recall_at(ranked, grades, 100),
    "MRR@10": lambda ranked, grades: reciprocal_rank(ranked, grades, 10),
    "nDCG@10": lambda ranked, grades: ndcg_at(ranked, grades, 10),
}


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one way to search: the mean of each measure with a 95 % interval."""

    name: str
    figures: dict[str, Interval]


def measure(
    collection: Collection,
    ways: Mapping[str, Ranker],
    measures: Mapping[str, Measure],
    depth: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Row, ...]:
    """Search for every query that has a relevant passage, with every way, and measure.

    `depth` is how many ids a way is asked for; `progress` counts searches.

    Raises:
        ValueError: if no query has a relevant passage.
    """
    judged = [
        (query, {name: collection.qrels[query.query_id][name] for name in relevant})
        for query in collection.queries
        if (relevant := collection.relevant(query.query_id))
    ]
    rows, done = [], 0
    for name, rank in ways.items():
        values: dict[str, list[float]] = {measure: [] for measure in measures}
        for query, grades in judged:
            ranked = rank(query.text, depth)
            for key, figure in measures.items():
                values[key].append(figure(ranked, grades))
            done += 1
            progress(done, len(judged) * len(ways))
        rows.append(Row(name, {key: bootstrap_interval(v) for key, v in values.items()}))
    return tuple(rows)


def table_of(rows: Sequence[Row]) -> list[list[str]]:
    """Return the rows as cells, a way to search a line: `.964 [.957, .970]`."""
    head = ["", *rows[0].figures]
    return [head, *([row.name, *map(_cell, row.figures.values())] for row in rows)]


def _cell(figure: Interval) -> str:
    return f"{figure.mean:.4f} [{figure.low:.3f}, {figure.high:.3f}]"


def record_of(rows: Sequence[Row]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the rows as plain values, by way and measure."""
    return {
        row.name: {
            key: {"mean": f.mean, "low": f.low, "high": f.high} for key, f in row.figures.items()
        }
        for row in rows
    }
