"""`python -m eval formats`: what of a document survives Word, web page, PDF, scan and Excel."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.commands.common import add_files, add_split, read_items, write
from eval.dataset import QAItem
from eval.engine import make_assistant
from eval.fidelity.formats import BY_NAME, FILE_FORMATS, FileFormat
from eval.fidelity.measuring import measure_format
from eval.fidelity.originals import Original, read_originals
from eval.fidelity.scan import NoFontError
from eval.fidelity.table import (
    EXPLANATION,
    HEADS,
    Line,
    differences,
    format_line,
    markdown,
    plain_line,
)
from eval.progress import progress_bar
from eval.run import Result, run_items
from eval.tables import aligned
from index.errors import NoDocumentsError

NAME = "formats"
HELP = "同一文件存成各种格式，读回来还剩多少：条款、字错率、页数、秒、答题"
ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- formats:begin -->", "<!-- formats:end -->"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plain texts, the formats, and where to write."""
    add_files(parser)
    add_split(parser)
    parser.add_argument(
        "--docs",
        type=Path,
        default=ROOT / "docs_src",
        metavar="目录",
        help="纯文本所在的目录，默认 docs_src",
    )
    parser.add_argument(
        "--formats",
        type=_formats,
        default=FILE_FORMATS,
        metavar="名称,…",
        help=f"只测这些格式：{','.join(BY_NAME)}",
    )
    parser.add_argument("--no-qa", action="store_true", help="不答题，只比较条款")
    parser.add_argument(
        "--keep", type=Path, metavar="目录", help="留下生成的文件、读出的文字和每处不同"
    )
    parser.add_argument("--write", type=Path, metavar="文件", help="把表写进这个 Markdown 文件")


def _formats(names: str) -> tuple[FileFormat, ...]:
    try:
        return tuple(BY_NAME[name] for name in names.split(","))
    except KeyError as error:
        raise argparse.ArgumentTypeError(f"没有格式 {error}，可选 {','.join(BY_NAME)}") from error


def run(options: argparse.Namespace) -> int:
    """Build, read back, compare, ask; print and write the table."""
    originals = read_originals(options.docs)
    items = (
        () if options.no_qa else _items_about(originals, read_items(options.files, options.split))
    )
    with TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        rows = [list(HEADS), _plain(originals, items)]
        for chosen in options.formats:
            line = _line(chosen, originals, items, folder)
            if line.skipped:
                write(f"{chosen.label}：{line.skipped}", error=True)
            if options.keep and line.measured:
                (folder / f"{chosen.name}.txt").write_text(differences(line.measured), "utf-8")
                _save(line.measured.texts, folder / f"{chosen.name}-text")
            rows.append(format_line(line))
    write(f"{aligned(rows)}\n\n{EXPLANATION}\n答题 {len(items)} 道。")
    if options.write:
        _write_table(options.write, rows, len(items))
    return 0


def _items_about(originals: Sequence[Original], items: Sequence[QAItem]) -> tuple[QAItem, ...]:
    """Keep the questions whose documents are all there."""
    known = {parsed.document.doc_id for original in originals for parsed in original.documents}
    return tuple(
        item
        for item in items
        if ({item.doc} | {clause.partition("#")[0] for clause in item.clauses}) - {""} <= known
    )


def _plain(originals: Sequence[Original], items: Sequence[QAItem]) -> list[str]:
    results = _asked("txt", {o.stem: o.text for o in originals}, items)
    clauses = sum(len(parsed.clauses) for o in originals for parsed in o.documents)
    return plain_line(len(originals), clauses, results)


def _line(
    chosen: FileFormat, originals: Sequence[Original], items: Sequence[QAItem], folder: Path
) -> Line:
    try:
        with progress_bar(chosen.name, "份") as advance:
            measured = measure_format(chosen, originals, folder / chosen.name, advance)
    except (NoDocumentsError, NoFontError) as error:
        return Line(chosen.label, None, skipped=str(error))
    for problem in measured.problems:
        write(problem, error=True)
    results = () if chosen.tables_only else _asked(chosen.name, measured.texts, items)
    return Line(chosen.label, measured, results)


def _asked(name: str, texts: Mapping[str, str], items: Sequence[QAItem]) -> tuple[Result, ...]:
    """Answer over what the loader read: all that follows is the same for all formats."""
    if not items or not texts:
        return ()
    with TemporaryDirectory() as folder, progress_bar(name) as advance:
        _save(texts, Path(folder))
        return run_items(make_assistant(Path(folder)), items, advance)


def _save(texts: Mapping[str, str], folder: Path) -> None:
    for stem, text in texts.items():
        path = folder / f"{stem}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _write_table(path: Path, rows: Sequence[Sequence[str]], items: int) -> None:
    """Put the table between its marks, or at the end of the file."""
    block = "\n".join([BEGIN, markdown(rows), "", f"{EXPLANATION} 答题 {items} 道。", END])
    text = path.read_text("utf-8") if path.is_file() else ""
    start, end = text.find(BEGIN), text.find(END)
    if 0 <= start < end:
        text = text[:start] + block + text[end + len(END) :]
    else:
        text = f"{text.rstrip()}\n\n{block}\n".lstrip()
    path.write_text(text, "utf-8")
