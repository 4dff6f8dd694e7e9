"""BM25 as the formula says it: Lucene's variant, k1 0.9, b 0.4."""

import math

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


def test_what_is_saved_scores_the_same_when_loaded(lexical, tmp_path):
    lexical.save(tmp_path / "text")
    loaded = LexicalField.load(tmp_path / "text")
    words = tokens("招生学校")
    assert loaded.scores(words).tolist() == lexical.scores(words).tolist()
    assert (len(loaded), loaded.document_frequency("招")) == (3, 2)
