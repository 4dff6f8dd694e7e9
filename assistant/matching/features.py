"""What is measured of a question and one piece of evidence as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.answering import values
from assistant.answering.bounds import Range, lies_in, stated_numbers
from assistant.answering.evidence import Evidence
from assistant.answering.parts import shared_run
from assistant.answering.spans import Span, is_bare, is_title, search_form
from assistant.answering.wanted import states, states_any, wanted
from assistant.matching.candidates import Surroundings, candidates_of, is_lead_in
from assistant.matching.comparison import FEATURES as COMPARED
from assistant.matching.comparison import Asked, Candidate, features_of
from assistant.matching.forms import FEATURES as FORMS
from assistant.matching.forms import TELLS, tells, wants
from assistant.matching.kinds import shows as kind_shown
from assistant.matching.portion import Portion
from assistant.understanding.question import Ask, Question
from index.salience import Salience
from index.types import ClauseKind

# What a question asks for in plain words, and how an answer to it looks.
_ASKED = (
    (
        re.compile(r"元|块|钱|费|价|工资|金额|补贴|补助|罚款|奖金|押金|几毛"),
        re.compile("元"),
    ),
    (re.compile(r"比例|百分|几成|率"), re.compile("%|百分之|分之|成")),
    (
        re.compile(r"几天|多少天|工作日|多久|时限|期限|几日"),
        re.compile("日|天|月|年|小时"),
    ),
    (re.compile(r"电话|号码|网址|邮箱|地址|小程序|公众号"), values.CONTACT),
)
FEATURES = (
    *COMPARED, "direct", "year", "level", "rank", "score", "behind", "asked_length", "length",
    "row", "heading", "title", "units", "bare", "routed", "ratio", "quantity", "date", "unmet",
    "column", "row_name", "run", "inside", "outside",
    *(f"asks_{i}" for i in range(len(_ASKED))), *(f"shows_{i}" for i in range(len(_ASKED))),
    *(f"ask_{ask.value}" for ask in Ask), *FORMS, "meaning", "meaning_above",
    "portion_meant", "portion_said", "portion_length", "portion_run", "portion_unmet",
    "portion_kind", *(f"portion_{name}" for name in TELLS), *(f"next_{name}" for name in TELLS),
    "portion_ratio", "portion_quantity", "portion_date", "next_ratio", "next_quantity",
    "next_date", *(f"portion_shows_{i}" for i in range(len(_ASKED))),
    "wants_value", "states_value", "portion_states", "next_states",
)  # fmt: skip


def pair_features(
    question: Question,
    asked: Asked,
    found: Sequence[Evidence],
    portions: Sequence[Portion],
    around: Surroundings,
    salience: Salience,
    *,
    routed: bool,
) -> NDArray[np.float32]:
    """Measure pieces of evidence for a question, shape (len(found), len(FEATURES)).

    `portions` are their parts that meet the question best, one for each of `found`; `routed` tells
    that the question names a document.
    """
    candidates = candidates_of(question, found, around)
    best = max(evidence.score for evidence in found)
    asks = [float(bool(asking.search(question.text))) for asking, _ in _ASKED]
    kinds = [float(question.ask is ask) for ask in Ask]
    numbers = stated_numbers(question.text)
    rows = []
    for evidence, candidate, compared in zip(
        found, candidates, features_of(asked, candidates), strict=True
    ):
        shows = _shows(candidate.text)
        unmet = sum(a and not s for a, s in zip(asks, shows, strict=True))
        rows.append((
            *compared,
            evidence.direct,
            evidence.year,
            evidence.level,
            1 / evidence.hit.rank,
            evidence.score,
            evidence.score - best,
            len(question.text) / 50,
            len(candidate.text) / 200,
            *_form(evidence),
            float(routed),
            *_values_in(candidate.text),
            float(unmet),
            *_named(question, evidence.span),
            shared_run(question.text, candidate.text) / 10,
            *_range(numbers, candidate.text),
            *asks,
            *shows,
            *kinds,
            *wants(question.text),
            *tells(candidate.text),
        ))  # fmt: skip
    measured = np.array(rows, np.float32)
    nearness = _nearness(question, found, candidates, around, salience)
    parts = np.array([_portion(question, asked, asks, p) for p in portions], np.float32)
    stated = np.array(_stated(question, found, candidates, portions), np.float32)
    return np.concatenate([measured, nearness, parts, stated], 1)


def _stated(
    question: Question,
    found: Sequence[Evidence],
    candidates: Sequence[Candidate],
    portions: Sequence[Portion],
) -> list[tuple[float, ...]]:
    """Tell whether a value that is wanted is stated: by evidence, by its best part, by the next part.

    All are 1 where no value is wanted.
    """
    kinds = wanted(question.text)
    if not kinds:
        return [(0.0, 1.0, 1.0, 1.0)] * len(found)
    return [
        (
            1.0,
            float(
                states_any(kinds, [evidence.span])
                or (is_lead_in(evidence.span) and any(states(k, candidate.text) for k in kinds))
            ),
            float(any(states(kind, portion.text) for kind in kinds)),
            float(any(states(kind, portion.following) for kind in kinds)),
        )
        for evidence, candidate, portion in zip(found, candidates, portions, strict=True)
    ]


def _portion(
    question: Question, asked: Asked, asks: Sequence[float], portion: Portion
) -> tuple[float, ...]:
    """Measure the part of a sentence that meets a question best, and what stands behind it."""
    shows = _shows(portion.text)
    return (
        portion.meant_share,
        portion.said_share,
        len(portion.text) / 50,
        shared_run(question.text, portion.text) / 10,
        float(sum(a and not s for a, s in zip(asks, shows, strict=True))),
        kind_shown(asked.kinds, portion.text),
        *tells(portion.text),
        *tells(portion.following),
        *_values_in(portion.text),
        *_values_in(portion.following),
        *shows,
    )


@lru_cache(maxsize=32768)  # the same for every question
def _shows(text: str) -> tuple[float, ...]:
    return tuple(float(bool(shown.search(text))) for _, shown in _ASKED)


def _nearness(
    question: Question,
    found: Sequence[Evidence],
    candidates: Sequence[Candidate],
    around: Surroundings,
    salience: Salience,
) -> NDArray[np.float32]:
    """Return the cosines of a question with sentences and with what these stand under."""
    (asking,) = salience.meanings([question.text])
    said = salience.meanings([candidate.text for candidate in candidates])
    above = salience.meanings([search_form(around.context(e.span.clause)) for e in found])
    return np.stack([said @ asking, above @ asking], axis=1)


def _named(question: Question, span: Span) -> tuple[float, float]:
    """Measure how much of the column and of the other cells of its row a question names."""
    if not span.head:
        return 0.0, 0.0
    others = (search_form(c.text) for c in span.clause.cells if c.text and c.text != span.text)
    row = max((shared_run(question.text, text) for text in others), default=0)
    return shared_run(question.text, search_form(span.head)) / 6, row / 8


def _range(numbers: Sequence[Range], text: str) -> tuple[float, float]:
    """Tell whether a text names a range with a number of the question, or only others."""
    inside = lies_in(numbers, text) if numbers else None
    return float(inside is True), float(inside is False)


_VALUES = (values.RATIO, values.QUANTITY, values.DATE)


@lru_cache(maxsize=32768)  # the same for every question
def _values_in(text: str) -> tuple[float, ...]:
    return tuple(float(bool(pattern.search(text))) for pattern in _VALUES)


def _form(evidence: Evidence) -> tuple[float, ...]:
    span = evidence.span
    kind = span.clause.kind
    flags = (kind is ClauseKind.ROW, kind is ClauseKind.HEADING, is_title(span), span.is_units)
    return (*map(float, flags), float(is_bare(span)))
