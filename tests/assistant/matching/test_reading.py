"""Sentences as the network reads them, word behind word."""

import numpy as np

from assistant.matching.portion import Portion
from assistant.matching.reading import read
from index.salience import load_salience

SALIENCE = load_salience()


def part(text):
    return Portion(text, "", np.array([]), np.array([]), 0.0, 0.0)


def test_sentences_stand_one_behind_the_other():
    texts = ["免收学费", "每人每月补助生活费300元"]
    reading = read(texts, [part(text) for text in texts], SALIENCE)
    assert reading.counts.tolist() == [len(SALIENCE.pieces(text)) for text in texts]
    assert reading.ends.tolist() == np.cumsum(reading.counts).tolist()
    assert len(reading.numbers) == len(reading.inside) == len(reading.digits) == reading.ends[-1]
    assert reading.numbers[: reading.ends[0]].tolist() == SALIENCE.places(texts[0])[0].tolist()


def test_the_best_part_and_the_numbers_are_marked():
    text = "免收学费,每人每月补助生活费300元"
    reading = read([text], [part("免收学费")], SALIENCE)
    pieces = SALIENCE.pieces(text)
    assert [p.start < 4 for p in pieces] == reading.inside.tolist()
    assert [text[p.start : p.end].isdigit() for p in pieces] == reading.digits.tolist()
    assert 0 < reading.inside.sum() < len(pieces)
    assert reading.digits.any()


def test_a_sentence_without_words_has_one_that_is_unknown():
    reading = read(["", "学费"], [part(""), part("学费")], SALIENCE)
    assert reading.counts[0] == 1
    assert not reading.inside[0]
