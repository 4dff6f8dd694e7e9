"""Retrieval test sets, their figures, and BM25 to compare with."""

import json
import lzma
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from index.training.pairs import read_rows, without_state_prefix

Scores = npt.NDArray[np.float32]

DEPTH = 10


@dataclass(frozen=True)
class Benchmark:
    """Queries, passages, and for each query the positions of its relevant passages."""

    name: str
    queries: tuple[str, ...]
    passages: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Figures:
    """Mean over the queries: first passage relevant, part of the relevant ones in the first 10."""

    success_at_1: float
    recall_at_10: float


def read_stard(folder: Path) -> Benchmark:
    """Return STARD dev: everyday legal questions to statutes (Su et al., EMNLP 2024 Findings).

    Passages are title and text. The state's full name in front of a title is left out: in this
    rebuilt corpus it gives the relevant ones away.
    """
    corpus = list(read_rows(folder / "stard_corpus.jsonl.xz"))
    queries = list(read_rows(folder / "stard_queries_dev.jsonl.xz"))
    position = {str(row["_id"]): number for number, row in enumerate(corpus)}
    relevant: dict[str, set[int]] = {}
    judgements = (folder / "stard_qrels_dev.tsv").read_text(encoding="utf-8").splitlines()
    for line in judgements[1:]:
        query, passage, score = line.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, set()).add(position[passage])
    return Benchmark(
        "STARD dev",
        tuple(str(row["text"]) for row in queries),
        tuple(f"{without_state_prefix(str(row['title']))} {row['text']}" for row in corpus),
        tuple(frozenset(relevant[str(row["_id"])]) for row in queries),
    )


def read_cmrc(folder: Path) -> Benchmark:
    """Return CMRC 2018 dev as retrieval: question to its paragraph (Cui et al., EMNLP 2019)."""
    with lzma.open(folder / "cmrc2018_dev.json.xz", "rt", encoding="utf-8") as text:
        articles = json.load(text)["data"]
    position: dict[str, int] = {}
    queries: list[str] = []
    relevant: list[frozenset[int]] = []
    for paragraph in (one for article in articles for one in article["paragraphs"]):
        number = position.setdefault(paragraph["context"], len(position))
        for question in paragraph["qas"]:
            queries.append(question["question"])
            relevant.append(frozenset({number}))
    return Benchmark("CMRC2018 dev", tuple(queries), tuple(position), tuple(relevant))


def figures(scores: Scores, relevant: Sequence[frozenset[int]]) -> Figures:
    """Return the figures of a score matrix, queries by passages."""
    success, recall = 0.0, 0.0
    for row, wanted in zip(scores, relevant, strict=True):
        first = np.argsort(-row, kind="stable")[:DEPTH].tolist()
        success += first[0] in wanted
        recall += len(wanted.intersection(first)) / len(wanted)
    return Figures(success / len(relevant), recall / len(relevant))


def characters_and_bigrams(text: str) -> list[str]:
    """Return the characters of the text and its pairs of neighbours, white space left out."""
    plain = re.sub(r"\s+", "", text.lower())
    return [*plain, *(plain[i : i + 2] for i in range(len(plain) - 1))]


def _counts(texts: Sequence[str], terms: dict[str, int], *, grow: bool) -> sparse.csr_matrix:
    """Return how often each text holds each term; new terms are numbered if `grow`."""
    rows: list[int] = []
    columns: list[int] = []
    for number, text in enumerate(texts):
        for gram in characters_and_bigrams(text):
            column = terms.setdefault(gram, len(terms)) if grow else terms.get(gram)
            if column is not None:
                rows.append(number)
                columns.append(column)
    ones = np.ones(len(rows), dtype=np.float32)
    return sparse.coo_matrix((ones, (rows, columns)), shape=(len(texts), len(terms))).tocsr()


def bm25_scores(benchmark: Benchmark, k1: float = 0.9, b: float = 0.4) -> Scores:
    """Return BM25 scores, queries by passages (Robertson and Zaragoza, 2009)."""
    terms: dict[str, int] = {}
    passages = _counts(benchmark.passages, terms, grow=True)
    queries = _counts(benchmark.queries, terms, grow=False)
    holding = np.bincount(passages.indices, minlength=len(terms))
    rarity = np.log(1.0 + (len(benchmark.passages) - holding + 0.5) / (holding + 0.5))
    lengths = np.asarray(passages.sum(axis=1)).ravel()
    norms = k1 * (1.0 - b + b * lengths / lengths.mean())
    cells = passages.tocoo()
    saturated = cells.data * (k1 + 1.0) / (cells.data + norms[cells.row])
    weights = (saturated * rarity[cells.col]).astype(np.float32)
    index = sparse.csr_matrix((weights, (cells.row, cells.col)), shape=passages.shape)
    scores: Scores = (queries @ index.T).toarray()
    return scores


def fused(lexical: Scores, dense: Scores, weight: float) -> Scores:
    """Return the weighted sum of both scores, standardised query by query."""
    total: Scores = (1.0 - weight) * _standardised(lexical) + weight * _standardised(dense)
    return total


def _standardised(scores: Scores) -> Scores:
    """Return the scores with mean 0 and deviation 1 in every row."""
    mean = scores.mean(axis=1, keepdims=True)
    deviation = scores.std(axis=1, keepdims=True)
    result: Scores = (scores - mean) / np.maximum(deviation, 1e-9)
    return result
