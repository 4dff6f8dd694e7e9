"""`python -m eval rank`: fits the ranker that chooses the sentence."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.commands.common import write
from eval.progress import progress_bar

NAME = "rank"
HELP = "用“问题—段落窗口”数据训练选句模型，交叉验证"
RANKER = Path(__file__).parents[2] / "assistant" / "answering" / "ranker.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="文件",
        help="每行 q 与 p 的 JSON Lines，可用 .xz 压缩",
    )
    parser.add_argument("--write", action="store_true", help="写入 assistant/answering/ranker.json")


def run(options: argparse.Namespace) -> int:
    """Gather candidates, cross-validate, print, and write when told to."""
    # Imported here: help texts do without the engine.
    from eval.passages import judge_over, store_of  # noqa: PLC0415
    from eval.ranking_fit import cross_validated, fit_ranker, gather, write_ranker  # noqa: PLC0415
    from eval.windows import read_windows  # noqa: PLC0415
    from index.embedding import load_embedding  # noqa: PLC0415

    read = [read_windows(path) for path in options.files]
    passages = [passage for some, _ in read for passage in some]
    questions = [question for _, some in read for question in some]
    embedding = load_embedding()
    with progress_bar("index", "段") as advance:
        judge = judge_over(store_of(passages, embedding, advance), embedding)
    with progress_bar("candidates") as advance:
        lists = gather(judge, questions, advance)
    figure = cross_validated(lists)
    write(
        f"{len(passages)} 段；{len(questions)} 题知道答案的位置，{len(lists.starts)} 题的候选句里有答案\n"
        f"五折交叉验证：首选句含答案 {figure.mean:.4f} [{figure.low:.3f}, {figure.high:.3f}]"
    )
    if options.write:
        write_ranker(fit_ranker(lists), RANKER, len(lists.starts))
        write(f"已写入 {RANKER.name}", error=True)
    return 0
