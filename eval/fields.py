"""The judged questions to learn from: made-up documents of many fields, and our own digests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.engine import Assistant
from eval.dataset import QAItem, load_items
from eval.matching_fit import Example, examples, window_examples
from eval.passages import judge_over, store_of
from eval.stated_fit import Case, cases
from eval.windows import read_windows
from index.embedding import Embedding
from index.types import ParsedDocument

HERE = Path(__file__).parent
DIGESTS = HERE.parent / "docs_src"
Progress = Callable[[int, int], None]


def sets() -> Iterator[tuple[str, Path, tuple[QAItem, ...]]]:
    """Yield each field with its documents and its questions of the dev split."""
    for folder in (*sorted((HERE / "fields").iterdir()), HERE / "other"):
        if folder.is_dir():
            yield folder.name, folder / "docs", _dev([folder / "questions.jsonl"])
    yield "digests", DIGESTS, _dev(sorted((HERE / "data").glob("*.jsonl")))


def _dev(files: Sequence[Path]) -> tuple[QAItem, ...]:
    return tuple(item for item in load_items(files) if item.split == "dev")


def field_examples(progress: Progress) -> list[Example]:
    """Ask all questions over the documents of their field, and over their own document alone.

    What is rare in a library of one short document is not what is rare in a larger one.
    """
    from index.build import read_library  # noqa: PLC0415
    from index.embedding import load_embedding  # noqa: PLC0415

    embedding = load_embedding()
    found: list[Example] = []
    fields = list(sets())
    for done, (name, docs, items) in enumerate(fields, 1):
        parsed = read_library(docs).parsed
        found.extend(examples(_over(parsed, embedding), items, name))
        for one in parsed:
            about = [item for item in items if item.doc == one.document.doc_id]
            found.extend(examples(_over([one], embedding), about, name))
        progress(done, len(fields))
    return found


def field_cases(progress: Progress) -> list[Case]:
    """Ask all questions about one value over the documents of their field."""
    from index.build import read_library  # noqa: PLC0415
    from index.embedding import load_embedding  # noqa: PLC0415

    embedding = load_embedding()
    found: list[Case] = []
    fields = list(sets())
    for done, (name, docs, items) in enumerate(fields, 1):
        found.extend(cases(_over(read_library(docs).parsed, embedding), items, name))
        progress(done, len(fields))
    return found


def _over(parsed: Sequence[ParsedDocument], embedding: Embedding) -> Assistant:
    from assistant.factory import assistant_over  # noqa: PLC0415
    from assistant.settings import Settings  # noqa: PLC0415
    from index.build import build_store  # noqa: PLC0415

    return assistant_over(build_store(parsed, embedding), embedding, Settings())


def passage_examples(files: Sequence[Path], progress: Progress) -> list[Example]:
    """Ask the questions of window files over all of their passages; none for no files."""
    from index.embedding import load_embedding  # noqa: PLC0415

    if not files:
        return []
    read = [read_windows(path) for path in files]
    passages = [passage for some, _ in read for passage in some]
    questions = [question for _, some in read for question in some]
    embedding = load_embedding()
    judge = judge_over(store_of(passages, embedding), embedding)
    found: list[Example] = []
    for done, question in enumerate(questions, 1):
        found.extend(window_examples(judge, [question], "windows"))
        progress(done, len(questions))
    return found
