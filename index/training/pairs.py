"""Reading the training pairs."""

import json
import logging
import lzma
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from index.training.config import SOURCES

Pair = tuple[str, str]

STATE_PREFIX = "中华人民共和国"

logger = logging.getLogger(__name__)


def without_state_prefix(passage: str) -> str:
    """Return the passage without the state's full name in front of a law's title.

    In STARD the articles that answer a question carry it far more often than the others, so a
    model that saw it would learn to recognise answers by their letterhead.
    """
    return passage.removeprefix(STATE_PREFIX)


def read_rows(path: Path) -> Iterator[dict[str, object]]:
    """Yield the objects of one xz-compressed JSON Lines file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def usable_pairs(rows: Iterable[Mapping[str, object]]) -> Iterator[Pair]:
    """Yield (question, passage) of the rows that have text on both sides."""
    for row in rows:
        question, passage = row.get("q"), row.get("p")
        if not isinstance(question, str) or not isinstance(passage, str):
            continue
        if question.strip() and passage.strip():
            yield question.strip(), without_state_prefix(passage.strip())


def read_pairs(folder: Path) -> dict[str, list[Pair]]:
    """Return the pairs of every source in the folder, by source name.

    Raises:
        FileNotFoundError: a source has no file there.
    """
    pairs: dict[str, list[Pair]] = {}
    for source in SOURCES:
        rows = list(read_rows(folder / f"{source.name}_pairs.jsonl.xz"))
        pairs[source.name] = list(usable_pairs(rows))
        dropped = len(rows) - len(pairs[source.name])
        logger.info("%s: %d pairs, %d without text", source.name, len(rows) - dropped, dropped)
    return pairs
