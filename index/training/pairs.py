"""Reading the training pairs."""

import json
import logging
import lzma
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from index.training.config import SOURCES

Pair = tuple[str, str]

KIN = Path(__file__).with_name("kin.txt")
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


def concept_pairs(text: str, seed: int = 0) -> Iterator[Pair]:
    """Yield each word of a lexicon with two others of its line: a concept a line, `#` for comments."""
    chooser = random.Random(seed)  # noqa: S311: not for secrets
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        for word in words if len(words) > 1 else ():
            others = [other for other in words if other != word]
            chooser.shuffle(others)
            yield from ((word, other) for other in others[:2])


def kin_pairs(text: str) -> Iterator[Pair]:
    """Yield the head of each line `head: word word …` with each of its words; `#` opens a comment."""
    for line in text.splitlines():
        head, _, words = line.partition("#")[0].partition(":")
        yield from ((head.strip(), word) for word in words.split())


def read_pairs(folder: Path, lexicon: Path) -> dict[str, list[Pair]]:
    """Return the pairs of every source by its name: those in the folder, and those of word lists.

    Raises:
        FileNotFoundError: a source has no file there.
    """
    pairs: dict[str, list[Pair]] = {
        "lexicon": list(concept_pairs(lexicon.read_text(encoding="utf-8"))),
        "kin": list(kin_pairs(KIN.read_text(encoding="utf-8"))),
    }
    for source in SOURCES:
        if source.name in pairs:
            continue
        rows = list(read_rows(folder / f"{source.name}_pairs.jsonl.xz"))
        pairs[source.name] = list(usable_pairs(rows))
        dropped = len(rows) - len(pairs[source.name])
        logger.info("%s: %d pairs, %d without text", source.name, len(rows) - dropped, dropped)
    return pairs
