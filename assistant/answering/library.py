"""Pure: a library as answers need it: what stands above, below and around a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answering.parts import shared_run
from assistant.answering.spans import announces
from assistant.understanding.routing import place_names
from index.analyzer import normalise
from index.types import Clause, ClauseKind, Document, DocumentKind

_SAME_TITLE = 8  # characters that a document and its interpretation share in their titles
_TITLE = "标题"
_LISTED = (ClauseKind.HEADING, ClauseKind.PARAGRAPH, ClauseKind.ITEM)
_OUTER = (ClauseKind.LETTERHEAD, ClauseKind.COLOPHON)
_SUBSTITUTES = {
    "发文机关": ("发文机关", "署名", "印发机关"),
    "成文日期": ("成文日期", "发布日期", "印发日期", "来源"),
    "印发日期": ("印发日期", "成文日期"),
    "标题": ("标题",),
}


class LibraryView:
    """Looks up documents, letterhead fields, parents and children."""

    def __init__(self, documents: Mapping[str, Document], clauses: Sequence[Clause]) -> None:
        """Index the clauses of a store by id, document and parent."""
        self.documents = documents
        self.clauses = tuple(clauses)
        self._texts = {doc_id: normalise(d.text) for doc_id, d in documents.items()}
        self._corpus = "\n".join(self._texts.values())
        self._children: dict[str, list[Clause]] = {}
        self._fields: dict[tuple[str, str], Clause] = {}
        self._by_document: dict[str, list[Clause]] = {}
        for clause in clauses:
            self._by_document.setdefault(clause.doc_id, []).append(clause)
        self._by_id = ids = {clause.clause_id: clause for clause in clauses}
        for clause in clauses:
            parent = clause.clause_id.rpartition("/")[0]
            titled = f"{parent}/{_TITLE}"  # of an annex, whose clauses have no other parent
            in_annex = clause.labels.startswith("附件") and clause.kind in _LISTED
            if in_annex and parent not in ids and titled in ids:
                self._children.setdefault(titled, []).append(clause)
            elif parent in ids:
                self._children.setdefault(parent, []).append(clause)
            elif "/" not in clause.labels and clause.kind in (
                ClauseKind.HEADING,
                ClauseKind.PARAGRAPH,
            ):
                self._children.setdefault(clause.doc_id, []).append(clause)
            if clause.kind in (*_OUTER, ClauseKind.TITLE):
                for cell in clause.cells:
                    self._fields.setdefault((clause.doc_id, cell.head), clause)

    def children(self, clause: Clause) -> list[Clause]:
        """Return the clauses right below a heading that are labelled or listed, in order."""
        below = self._children.get(clause.clause_id, [])
        if not below and announces(clause.text):
            below = self._following(clause)
        return [c for c in below if _is_listed(c)]

    def _following(self, clause: Clause) -> list[Clause]:
        """Return the labelled clauses that a lead-in (…如下：) announces on its own level."""
        siblings = self._children.get(clause.clause_id.rpartition("/")[0], [])
        if clause not in siblings:
            return []
        found = []
        for sibling in siblings[siblings.index(clause) + 1 :]:
            if not _is_listed(sibling):
                break
            found.append(sibling)
        return found

    def parent(self, clause: Clause) -> Clause | None:
        """Return the clause that it stands below, if one does: the title of an annex for what is in it."""
        parent = clause.clause_id.rpartition("/")[0]
        title = self._by_id.get(f"{parent}/{_TITLE}") if clause.labels.startswith("附件") else None
        above = self._by_id.get(parent) or title
        return above if above is not clause else None

    def lead_in(self, clause: Clause) -> Clause | None:
        """Return the clause that announces a list item (有下列情形之一的，不予补贴：), if one does.

        For what stands in an annex that is its title (申报材料清单).
        """
        parent = self.parent(clause)
        if parent is not None and (announces(parent.text) or parent.kind is ClauseKind.TITLE):
            return parent
        siblings = self._children.get(clause.clause_id.rpartition("/")[0], [])
        before = siblings[: siblings.index(clause)] if clause in siblings else []
        leader = next((c for c in reversed(before) if not _is_listed(c)), None)
        return leader if leader and _is_listed(clause) and announces(leader.text) else None

    def following(self, clause: Clause) -> Clause | None:
        """Return the next clause of the document, None for the last."""
        inside = self._by_document[clause.doc_id]
        place = inside.index(clause) + 1
        return inside[place] if place < len(inside) else None

    def body(self, clause: Clause) -> list[Clause]:
        """Return the unlabelled paragraphs right below a heading, in order."""
        return [c for c in self._children.get(clause.clause_id, []) if not _is_labelled(c)]

    def counts(self, clause: Clause) -> list[tuple[str, list[Clause]]]:
        """Gather what stands below a heading, level by level, or the rows of a titled table.

        Each level has the word it is counted in, outermost first.
        """
        if clause.kind is ClauseKind.TITLE:
            rows = self._rows_of(clause) if clause.labels.startswith("附件") else []
            parts = [] if rows or "/" in clause.labels else self.outline(clause.doc_id)
            return [("项", rows)] if rows else [("个部分", parts)] if parts else []
        first = self.children(clause)
        second = [grandchild for child in first for grandchild in self.children(child)]
        levels = [("个方面", first), ("项", second)] if second else [("项", first)]
        return levels if len(first) > 1 else []

    def _rows_of(self, title: Clause) -> list[Clause]:
        prefix = title.clause_id.rpartition("/")[0] + "/"
        return [
            c for c in self.clauses if c.kind is ClauseKind.ROW and c.clause_id.startswith(prefix)
        ]

    def within(self, doc_ids: Sequence[str]) -> list[Clause]:
        """Return all clauses of some documents, in reading order."""
        return [clause for doc_id in doc_ids for clause in self._by_document.get(doc_id, [])]

    def outline(self, doc_id: str) -> list[Clause]:
        """Return the first-level headings of a document, in order."""
        return [c for c in self._children.get(doc_id, []) if c.kind is ClauseKind.HEADING]

    def field(self, doc_id: str, name: str) -> Clause | None:
        """Return the clause that states a letterhead field, or None when none does."""
        for head in _SUBSTITUTES.get(name, (name,)):
            clause = self._fields.get((doc_id, head))
            if clause is not None:
                return clause
        return None

    def context(self, clause: Clause) -> str:
        """Return what a clause stands under, for coverage: title, place, headings, merged cells."""
        document = self.documents[clause.doc_id]
        carried = [c.text for c in clause.cells if not clause.start <= c.start < clause.end]
        heads = [c.head for c in clause.cells]
        dated = f"{document.number} {document.issued_on[:4]}年"
        return " ".join([document.title, document.region, dated, *clause.titles, *carried, *heads])

    def corpus(self, doc_ids: Sequence[str] = ()) -> str:
        """Return the text of some documents in search form, of all when none is named."""
        if not doc_ids:
            return self._corpus
        return "\n".join(self._texts[doc_id] for doc_id in doc_ids)

    def place_names(self) -> frozenset[str]:
        """Return the names that the places of the documents go by, in search form."""
        return frozenset(name for d in self.documents.values() for name in place_names(d))

    def with_readings(self, doc_ids: Sequence[str]) -> tuple[str, ...]:
        """Add the interpretations of documents, and what interpretations interpret."""
        found = dict.fromkeys(doc_ids)
        for doc_id in doc_ids:
            found |= dict.fromkeys(d for d in self.documents if self._interprets(d, doc_id))
        return tuple(found)

    def _interprets(self, one: str, other: str) -> bool:
        """Tell whether one of two documents interprets the other: same place, much the same title."""
        a, b = self.documents[one], self.documents[other]
        kinds = {a.kind is DocumentKind.INTERPRETATION, b.kind is DocumentKind.INTERPRETATION}
        same = a.region == b.region and len(kinds) == 2
        return same and shared_run(normalise(a.title), normalise(b.title)) >= _SAME_TITLE

    def primary(self, doc_ids: Sequence[str]) -> list[str]:
        """Leave out interpretations where other documents are named too."""
        plain = [d for d in doc_ids if self.documents[d].kind is not DocumentKind.INTERPRETATION]
        return plain or list(doc_ids)


def _is_listed(clause: Clause) -> bool:
    return clause.kind is ClauseKind.ITEM or _is_labelled(clause)


def _is_labelled(clause: Clause) -> bool:
    """Tell a clause with a printed label from a paragraph that is only counted (第2段)."""
    return not clause.path[-1].label.startswith("（第")
