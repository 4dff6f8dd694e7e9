"""Pure: whether QA items agree with the documents they speak about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from eval.dataset import COMPUTED_TYPES, KINDS, STYLES, QAItem, clause_text
from eval.matching import contains, normalise, supports
from index.types import Clause, Document, DocumentKind


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an item; the message is Chinese and shown as it is."""

    item_id: str
    message: str


def check_items(
    items: Sequence[QAItem], clauses: Sequence[Clause], reworded: AbstractSet[str] = frozenset()
) -> tuple[Problem, ...]:
    """Compare items with the documents they speak about.

    Args:
        items: the items of all files together, so that ids are unique across them.
        clauses: the clauses of the documents.
        reworded: ids of documents that are digests, whose wording proves nothing about evidence.

    Returns:
        Repeated ids, the same question twice, unknown types and styles, unknown documents and
        clauses, required strings that are forbidden too, elements that stand in no gold clause
        (an answer that is counted or compared need not), evidence that stands in no gold clause.
    """
    known = {clause.doc_id for clause in clauses}
    problems: list[Problem] = []
    ids: set[str] = set()
    asked: dict[tuple[str, ...], str] = {}
    for item in items:
        found = [*_names(item), *_contradictions(item), *_references(item, clauses, known)]
        if item.item_id in ids:
            found.append("题号重复")
        elif (other := asked.setdefault(item.turns, item.item_id)) != item.item_id:
            found.append(f"与 {other} 是同一个问题")
        if not found:
            gold = [c for c in clauses if any(supports(g, c.clause_id) for g in item.clauses)]
            found.extend(_unsupported(item, gold))
            found.extend(_unproved(item, gold, clauses, reworded))
        ids.add(item.item_id)
        problems.extend(Problem(item.item_id, message) for message in found)
    return tuple(problems)


def reworded_documents(documents: Sequence[Document]) -> frozenset[str]:
    """Return the ids of digests, and of the 解读 that stand beside a digest of the same name."""
    digests = {d.doc_id for d in documents if d.kind is DocumentKind.DIGEST}
    beside = {d.doc_id for d in documents if d.doc_id.rpartition("_")[0] in digests}
    return frozenset(digests | beside)


def _names(item: QAItem) -> Iterator[str]:
    if item.kind not in KINDS.values():
        yield f"不认识的类型：{item.kind}（可用：{'、'.join(KINDS.values())}）"
    if item.style not in STYLES:
        yield f"不认识的场景：{item.style}（可用：{'、'.join(STYLES)}）"


def _contradictions(item: QAItem) -> Iterator[str]:
    for part in item.forbidden:
        for alternatives in item.elements:
            if all(contains(alternative, part) for alternative in alternatives):
                yield f"要素 {' / '.join(alternatives)} 里含有不得出现的 {part}"


def _references(item: QAItem, clauses: Sequence[Clause], known: AbstractSet[str]) -> Iterator[str]:
    if item.doc and item.doc not in known:
        yield f"没有这份文档：{item.doc}"
        return
    for gold in item.clauses:
        if gold.partition("#")[0] not in known:
            yield f"没有这份文档：{gold.partition('#')[0]}"
        elif not any(supports(gold, clause.clause_id) for clause in clauses):
            yield f"没有这个条款：{gold}"


def _unsupported(item: QAItem, gold: Sequence[Clause]) -> Iterator[str]:
    if item.kind in COMPUTED_TYPES:
        return
    for alternatives in item.elements:
        if not any(contains(clause_text(c), part) for c in gold for part in alternatives):
            yield f"依据条款里没有答案要素：{' / '.join(alternatives)}"


def _unproved(
    item: QAItem, gold: Sequence[Clause], clauses: Sequence[Clause], reworded: AbstractSet[str]
) -> Iterator[str]:
    """Look for evidence verbatim: a fragment may begin in the middle of a number."""
    if any(name.partition("#")[0] in reworded for name in item.clauses):
        return
    for fragment in item.evidence:
        if _holding(gold, fragment):
            continue
        documents = {name.partition("#")[0] for name in item.clauses}
        elsewhere = _holding([c for c in clauses if c.doc_id in documents], fragment)
        if elsewhere:
            yield f"依据原文不在所写的条款里，而在 {elsewhere[0]}：{fragment}"
        else:
            yield f"文档里没有依据原文：{fragment}"


def _holding(clauses: Sequence[Clause], fragment: str) -> list[str]:
    wanted = normalise(fragment)
    return [c.clause_id for c in clauses if wanted in normalise(clause_text(c))]
