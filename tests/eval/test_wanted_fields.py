"""What is denied for want of a value is not what answers: the evidence of the judged questions states it."""

from __future__ import annotations

from pathlib import Path

from assistant.answering.spans import search_form
from assistant.answering.wanted import states, wanted
from eval.dataset import QAItem, load_items

FIELDS = Path(__file__).parents[2] / "eval" / "fields"
MOST_DENIED = 0.005


def _is_denied(item: QAItem) -> bool:
    kinds = wanted(search_form(item.question))
    said = search_form("\n".join(item.evidence))
    return bool(kinds) and not any(states(kind, said) for kind in kinds)


def test_sentences_that_answer_are_not_denied() -> None:
    items = load_items(sorted(FIELDS.glob("*/questions.jsonl")))
    asked = [
        item
        for item in items
        if item.answerable
        and wanted(search_form(item.question))
        and not any("\t" in quote for quote in item.evidence)  # a row says less than its columns
    ]
    denied = [item.question for item in asked if _is_denied(item)]
    assert len(asked) > 1000
    assert len(denied) <= MOST_DENIED * len(asked), denied
