"""BM25 as the formula says it: Lucene's variant, k1 0.9, b 0.4."""

import math

import bm25s
import numpy as np
import pytest

from index.analyzer import tokens
from index.lexical import K1, B, LexicalField

TEXTS = ["招生", "招生招生计划", "学校"]


def bm25(word, text):
    """Lucene's BM25 of one token, straight from the formula."""
    corpus = [tokens(other) for other in TEXTS]
    frequency, length = tokens(text).count(word), len(tokens(text))
    containing = sum(word in other for other in corpus)
    idf = math.log(1 + (len(corpus) - containing + 0.5) / (containing + 0.5))
    mean = sum(map(len, corpus)) / len(corpus)
    return idf * frequency / (frequency + K1 * (1 - B + B * length / mean))


@pytest.fixture
def lexical():
    return LexicalField.build(TEXTS)


@pytest.mark.parametrize("query", ["招", "招生", "招生学校", "计划", "招生招生", "招人"])
def test_scores_are_the_formulas(lexical, query):
    expected = [sum(bm25(w, text) for w in tokens(query) if w in text) for text in TEXTS]
    np.testing.assert_allclose(lexical.scores(tokens(query)), expected, rtol=1e-5)


def test_a_hand_computed_score(lexical):
    # 学 stands in one of three texts of 3, 11 and 3 tokens: idf ln(1 + 2.5/1.5), mean 17/3.
    expected = math.log(8 / 3) / (1 + 0.9 * (0.6 + 0.4 * 3 / (17 / 3)))
    np.testing.assert_allclose(lexical.scores(["学"]), [0, 0, expected], rtol=1e-5)


@pytest.mark.parametrize("words", [[], ["没"], ["没", "没有"]])
def test_unknown_words_score_nothing(lexical, words):
    assert lexical.scores(words).tolist() == [0, 0, 0]


def test_document_frequency_counts_texts(lexical):
    assert [lexical.document_frequency(w) for w in ["招", "划", "校", "没"]] == [2, 1, 1, 0]
    assert len(lexical) == 3


def test_texts_without_a_token_are_indexed():
    empty = LexicalField.build(["……", ""])
    assert empty.scores(["招"]).tolist() == [0, 0]
    assert LexicalField.build(["招", "……"]).scores(["招"])[1] == 0


def test_what_is_packed_scores_the_same_when_unpacked(lexical):
    loaded = LexicalField.unpack(lexical.pack())
    words = tokens("招生学校")
    assert loaded.scores(words).tolist() == lexical.scores(words).tolist()
    assert (len(loaded), loaded.document_frequency("招")) == (3, 2)


@pytest.mark.parametrize("texts", [[], ["", "……"]])
def test_fields_without_a_token_are_packed_too(texts):
    loaded = LexicalField.unpack(LexicalField.build(texts).pack())
    assert loaded.scores(["招"]).tolist() == [0] * len(texts)


@pytest.mark.parametrize("size", [1, 300])
def test_scores_are_those_of_bm25s(docs, size):
    texts = [
        line
        for path in sorted(docs.glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if tokens(line)
    ][:size]
    reference = bm25s.BM25(method="lucene", k1=K1, b=B)
    reference.index([tokens(text) for text in texts], show_progress=False)
    field = LexicalField.build(texts)
    for query in (*texts[:20], "招生招生计划", "高平中专2022年招生目标是多少"):
        words = [word for word in tokens(query) if word in reference.vocab_dict]
        if words:
            np.testing.assert_allclose(
                field.scores(words), reference.get_scores(words), rtol=1e-5, atol=1e-6
            )


def order(*places):
    return np.array(places, dtype=np.int32)


def test_joined_fields_score_as_if_they_had_been_one(lexical):
    first, second = LexicalField.build(TEXTS[:1]), LexicalField.build(TEXTS[1:])
    joined = LexicalField.join([first, second], order(0, 1, 2))
    words = tokens("招生学校计划")
    assert joined.scores(words).tolist() == lexical.scores(words).tolist()
    assert [joined.document_frequency(word) for word in ("招", "划", "没")] == [2, 1, 0]


def test_texts_are_taken_in_the_order_that_is_asked_for(lexical):
    words = tokens("招生学校计划")
    turned = LexicalField.join([lexical], order(2, 0, 1))
    assert turned.scores(words).tolist() == lexical.scores(words)[[2, 0, 1]].tolist()


def test_a_text_that_is_left_out_leaves_nothing_behind(lexical):
    rest = LexicalField.join([lexical], order(0, 2))
    fresh = LexicalField.build([TEXTS[0], TEXTS[2]])
    for words in (tokens("招生"), tokens("学校"), tokens("计划")):
        assert rest.scores(words).tolist() == fresh.scores(words).tolist()
    assert rest.document_frequency("计") == 0
    assert len(rest.pack()) < len(lexical.pack())
    assert len(LexicalField.join([lexical], order())) == 0


def test_a_word_that_fills_a_text_is_counted_as_far_as_the_counts_go():
    scores = LexicalField.build(["a、" * 70_000, "b"]).scores(["a"])
    np.testing.assert_allclose(scores, [np.log(2), 0], rtol=1e-3)
