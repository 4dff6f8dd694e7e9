"""SQuAD JSON (1.1 and 2.0), and the sets that share its shape: CMRC2018, DRCD.

Rajpurkar et al., SQuAD (2016) and Know What You Don't Know (2018); Cui et al., CMRC2018 (2019);
Shao et al., DRCD (2018).
"""

from __future__ import annotations

from pathlib import Path

from eval.formats.collection import Collection, Passage, Query
from eval.formats.reading import FormatError, Record, read_json, records, string


def read_squad(path: Path) -> Collection:
    """Read a file: every distinct context is a passage, relevant to the questions asked of it.

    A question that is `is_impossible` (SQuAD 2.0) has no answers, no relevant passage, and is not
    answerable. Where the file gives a paragraph no id, its passage is called by the title and a
    number.

    Raises:
        FormatError: if the shape is another, a question id repeats, or a question that can be
            answered has no answer. (CMRC2018 itself has answers that its contexts spell otherwise.)
    """
    passages: dict[str, Passage] = {}
    queries: dict[str, Query] = {}
    qrels: dict[str, dict[str, int]] = {}
    for number, article in enumerate(records(read_json(path), "data", str(path)), 1):
        article_place = f"{path} 第 {number} 篇"
        title = string(article, "title", article_place, "")
        paragraphs = records(article, "paragraphs", article_place)
        for position, paragraph in enumerate(paragraphs, 1):
            place = f"{article_place}第 {position} 段"
            context = string(paragraph, "context", place)
            name = string(paragraph, "id", place, f"{number}-{position}")
            passage = passages.setdefault(context, Passage(name, title, context))
            for query in _questions(paragraph, place):
                if query.query_id in queries:
                    raise FormatError(f"{place}：问题编号 {query.query_id} 重复。")
                queries[query.query_id] = query
                qrels[query.query_id] = {passage.passage_id: 1} if query.answerable else {}
    return Collection(_unique(path, tuple(passages.values())), tuple(queries.values()), qrels)


def _unique(path: Path, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    seen: set[str] = set()
    for passage in passages:
        if passage.passage_id in seen:
            raise FormatError(f"{path}：两段不同的文字用了同一编号 {passage.passage_id}。")
        seen.add(passage.passage_id)
    return passages


def _questions(paragraph: Record, place: str) -> tuple[Query, ...]:
    return tuple(_question(record, place) for record in records(paragraph, "qas", place))


def _question(record: Record, place: str) -> Query:
    name = string(record, "id", place)
    where = f"{place}问题 {name}"
    impossible = record.get("is_impossible", False)
    if not isinstance(impossible, bool):
        raise FormatError(f"{where}：字段 is_impossible 应当是 true 或 false。")
    text = string(record, "question", where)
    if impossible:
        return Query(name, text, answerable=False)
    answers = tuple(string(a, "text", where) for a in records(record, "answers", where))
    if not answers:
        raise FormatError(f"{where}：没有答案，也没有标明 is_impossible。")
    return Query(name, text, tuple(dict.fromkeys(answers)))
