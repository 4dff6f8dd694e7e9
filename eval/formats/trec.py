"""TREC files, as trec_eval reads them: runs of six columns and qrels of four."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from eval.formats.reading import FormatError


def run_lines(rankings: Mapping[str, Sequence[tuple[str, float]]], tag: str) -> Iterator[str]:
    """Yield `query Q0 passage rank score tag`, best first.

    trec_eval ignores the rank: it sorts by score, in 32 bits, and equal scores by id. Where that
    would change the order, the scores of the query are given as 1 / rank.

    Raises:
        FormatError: if an id or the tag is empty or holds white space.
    """
    for query, ranking in rankings.items():
        scores = [score for _, score in ranking]
        if any(_single(b) >= _single(a) for a, b in pairwise(scores)):
            scores = [1 / rank for rank in range(1, len(ranking) + 1)]
        for rank, ((passage, _), score) in enumerate(zip(ranking, scores, strict=True), 1):
            yield f"{_word(query)} Q0 {_word(passage)} {rank} {score!r} {_word(tag)}"


def qrels_lines(qrels: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Yield `query 0 passage grade`.

    Raises:
        FormatError: if an id is empty or holds white space.
    """
    for query, grades in qrels.items():
        for passage, grade in grades.items():
            yield f"{_word(query)} 0 {_word(passage)} {grade}"


def write_lines(path: Path, lines: Iterator[str]) -> None:
    """Write lines; missing folders are made."""
    text = "".join(f"{line}\n" for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _word(text: str) -> str:
    if not text or any(char.isspace() for char in text):
        raise FormatError(f"编号“{text}”是空的或含有空白，不能写进 TREC 文件。")
    return text


def _single(score: float) -> float:
    rounded: float = struct.unpack("f", struct.pack("f", score))[0]
    return rounded
