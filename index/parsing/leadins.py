"""Pure: the words a short clause is read with, which stand in the clause it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Clause, ClauseKind

SHORT = 40
_LAST_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？]?$")
_INTRODUCES = ("：", ":")
_LISTED = (ClauseKind.ITEM, ClauseKind.PARAGRAPH, ClauseKind.HEADING)


def lead_ins(clauses: Sequence[Clause]) -> dict[str, str]:
    """Return, by clause id, the sentence that leads in a short clause.

    （二）标的； says nothing alone: it is found by 合同的内容一般包括下列条款：. The sentence is the last
    one of the clause above it in the path, or of the paragraph before a list of dashes when it ends
    in a colon. The clause itself is cited as it is. Rows and letterhead have none.

    Args:
        clauses: those of one document, in reading order.
    """
    by_labels: dict[str, Clause] = {}
    introductions: dict[str, Clause] = {}
    found: dict[str, str] = {}
    for clause in clauses:
        parent = clause.labels.rpartition("/")[0]
        leader = by_labels.get(parent)
        if clause.kind is ClauseKind.ITEM:
            leader = introductions.get(parent, leader)
        elif clause.text.endswith(_INTRODUCES):
            introductions[parent] = clause
        else:
            introductions.pop(parent, None)
        if leader and clause.kind in _LISTED and len(clause.text) <= SHORT:
            sentence = _LAST_SENTENCE.search(leader.text)
            found[clause.clause_id] = sentence[0].strip() if sentence else ""
        by_labels[clause.labels] = clause
    return found
