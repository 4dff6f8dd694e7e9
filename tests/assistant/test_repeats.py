"""A plan says in its annex again what it says in the text; both places are cited."""

from assistant.answering.repeats import repeats, said_again
from assistant.answering.spans import Span
from index.types import Clause, ClauseKind


def span(clause_id: str, text: str) -> Span:
    clause = Clause(clause_id, "d", (), ClauseKind.PARAGRAPH, text, 0, len(text))
    return Span(clause, 0, len(text), text)


TEXT = span("d#三/1", "到2025年12月底前完成公办职业院校债务化解")
ANNEX = span("d#附件/37", "2025年12月底前，完成公办职业院校债务的化解")
OTHER = span("d#附件/38", "2024年12月底前，完成公办职业院校债务的化解")
SHORT = span("d#附件/39", "债务化解")


def test_the_same_figures_and_words_elsewhere_are_the_same_statement():
    assert list(said_again(TEXT, [TEXT, OTHER, ANNEX])) == [ANNEX]


def test_another_year_or_a_mere_phrase_is_not():
    assert not repeats(TEXT, OTHER)
    assert list(said_again(SHORT, [ANNEX])) == []
