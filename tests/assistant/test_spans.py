import pytest

from assistant.answering.spans import spans_of
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents


def spans(body):
    text = f"某市商贸服务办法\n第一条　{body}\n"
    (parsed,) = parse_documents(SourceText("d", "d.txt", text, "0" * 64))
    return [span for clause in parsed.clauses[1:] for span in spans_of(clause)]


@pytest.mark.parametrize("organs", ["市商务局、市财政局", "市商务局牵头，区县政府配合"])
def test_organs_alone_in_brackets_at_the_end_are_the_units(organs):
    found = spans(f"对新开的早餐店给予一次性补助。（{organs}）")
    assert [span.text for span in found if span.is_units] == [organs]
    assert found[0].text == "对新开的早餐店给予一次性补助。"


@pytest.mark.parametrize("words", ["详见附表", "市商务局、详见附表", "局" * 299])
def test_other_words_in_brackets_are_no_units(words):
    """The last, a run that can be parted in every way, would take for ever if all were tried."""
    assert not any(span.is_units for span in spans(f"对新开的店给予补助（{words}）。"))
