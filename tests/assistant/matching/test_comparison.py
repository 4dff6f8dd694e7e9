from assistant.matching.comparison import (
    FEATURES,
    Asked,
    Candidate,
    Passage,
    features_of,
)
from assistant.matching.kinds import kinds_of, shows

SENTENCES = (
    "长柄艾纳香是菊科艾纳香属的植物。",
    "叶片倒卵形,边缘有锯齿。",
    "花期1-3月,生长于山坡草地。",
)


def asked(text, skip=()):
    return Asked(text, lambda token: 2 if token in ("长柄", "艾纳") else 1, 100, skip)


def candidates(sentences=SENTENCES):
    passage = Passage(sentences, "".join(sentences), 1.0, 0.2, True)
    return [Candidate(text, place, passage, 0.5, False) for place, text in enumerate(sentences)]


def measured(question, name):
    return [row[FEATURES.index(name)] for row in features_of(asked(question), candidates())]


def test_ask_words_are_no_tokens():
    assert asked("花期是什么时候").mask("什么时候") == 0
    assert asked("花期是什么时候").mask("花期") != 0


def test_words_that_only_route_are_no_tokens():
    assert asked("高平花期是什么时候", ("高平",)).mask("高平") == 0


def test_the_attribute_asked_for_is_found_in_the_sentence_that_begins_with_it():
    assert measured("长柄艾纳香的花期约是多久", "attribute_first") == [0.0, 0.0, 1.0]


def test_what_the_opening_says_already_does_not_make_a_sentence_fresh():
    fresh = measured("长柄艾纳香的花期约是多久", "fresh")
    assert fresh[2] > fresh[0] == 0


def test_a_neighbour_adds_what_the_sentence_lacks():
    assert measured("锯齿状叶片的植物花期在几月", "before")[2] > 0


def test_numbers_of_the_question_are_looked_for():
    assert measured("1-3月是花期吗", "numbers") == [0.0, 0.0, 1.0]


def test_kinds_are_read_from_the_ask_and_seen_in_the_text():
    assert kinds_of("谁在何时发现了它") == ("time", "person")
    assert shows(("time",), "1937年发现") == 1
    assert shows(("time", "cause"), "1937年发现") == 0.5


def test_a_question_of_ask_words_alone_is_measured():
    assert len(features_of(asked("什么"), candidates())) == 3
