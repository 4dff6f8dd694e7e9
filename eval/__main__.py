"""`python -m eval`: QA figures, benchmarks, and a check of the QA sets."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.bench import render_benchmark, run_benchmark
from eval.dataset import SPLITS, DatasetError, QAItem, check_items, load_items
from eval.engine import make_assistant
from eval.report import Summary, render_failures, render_table, summaries
from eval.run import Result, result_record, run_items, write_run
from index.errors import TiaoWenError
from index.types import Document, DocumentKind

DATA = Path(__file__).parent / "data"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 right, 1 below the mark, 2 an error."""
    options = _parser().parse_args(arguments)
    commands = {"qa": _qa, "bench": _bench, "check": _check}
    try:
        return commands[options.command](options)
    except (TiaoWenError, OSError) as error:
        write(f"错误：{error}", error=True)
        return 2


def write(text: str, *, error: bool = False) -> None:
    """Write a line to standard output, or to standard error."""
    stream = sys.stderr if error else sys.stdout
    stream.write(text + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="评测：用问答集衡量回答质量，测速度与内存，检查问答集。",
        add_help=False,
    )
    _add_help(parser.add_argument_group("选项"))
    commands = parser.add_subparsers(title="命令", dest="command", required=True, metavar="命令")
    qa = commands.add_parser("qa", help="运行问答集并给出指标", add_help=False)
    bench = commands.add_parser("bench", help="测速度与内存，只报数字", add_help=False)
    check = commands.add_parser(
        "check", help="检查问答集是否与文档相符，有问题时退出码为 1", add_help=False
    )
    for command in (qa, check):
        command.add_argument_group("参数").add_argument(
            "files", nargs="*", type=Path, metavar="文件", help="问答集，默认 eval/data/*.jsonl"
        )
    groups = [command.add_argument_group("选项") for command in (qa, bench, check)]
    for group in groups:
        _add_help(group)
        group.add_argument("--docs", type=Path, metavar="目录", help="文档目录，默认用设置中的文档")
    _add_qa_options(groups[0])
    return parser


def _add_help(group: argparse._ArgumentGroup) -> None:
    group.add_argument("-h", "--help", action="help", help="显示本说明")


def _add_qa_options(qa: argparse._ArgumentGroup) -> None:
    qa.add_argument("--split", choices=SPLITS, help="只用开发集 dev 或测试集 test")
    qa.add_argument("--json", action="store_true", help="以 JSON 输出指标")
    qa.add_argument("--failures", action="store_true", help="列出每道未通过的题")
    qa.add_argument("--out", type=Path, metavar="RUN.jsonl", help="把逐题结果写入文件")
    qa.add_argument(
        "--fail-under",
        type=float,
        metavar="百分比",
        help="可回答的题中“正确且引对”的比例低于此值时，退出码为 1",
    )


def _items(files: Sequence[Path]) -> tuple[QAItem, ...]:
    return load_items(files or sorted(DATA.glob("*.jsonl")))


def _qa(options: argparse.Namespace) -> int:
    items = [i for i in _items(options.files) if options.split in (None, i.split)]
    if not items:
        raise DatasetError("没有要运行的题目。")
    results = run_items(make_assistant(options.docs), items, _progress)
    if options.out:
        write_run(results, options.out)
    figures = summaries(results)
    write(_json(figures, results, options) if options.json else _text(figures, results, options))
    mark = options.fail_under
    share = figures[-1].cited
    return int(mark is not None and share is not None and share < mark)


def _progress(done: int, total: int) -> None:
    if not sys.stderr.isatty() and done < total:
        return
    end = "\n" if done == total else ""
    sys.stderr.write(f"\r{done}/{total}{end}")
    sys.stderr.flush()


def _text(
    figures: Sequence[Summary], results: Sequence[Result], options: argparse.Namespace
) -> str:
    table = render_table(figures)
    return f"{render_failures(results)}\n\n{table}" if options.failures else table


def _json(
    figures: Sequence[Summary], results: Sequence[Result], options: argparse.Namespace
) -> str:
    report: dict[str, object] = {"groups": [asdict(summary) for summary in figures]}
    if options.failures:
        report["failures"] = [result_record(result) for result in results if result.failures]
    return json.dumps(report, ensure_ascii=False, indent=2)


def _bench(options: argparse.Namespace) -> int:
    write(render_benchmark(run_benchmark(options.docs, _items(()))))
    return 0


def _check(options: argparse.Namespace) -> int:
    items = _items(options.files)
    assistant = make_assistant(options.docs)
    reworded = _reworded(assistant.documents)
    problems = check_items(items, assistant.clauses, reworded)
    for problem in problems:
        write(f"[{problem.item_id}] {problem.message}")
    write(f"{len(items)} 题，{len(problems)} 个问题")
    if reworded:
        write(f"有 {len(reworded)} 份文档是要点整理，未核对依据原文；核对请用 --docs 指定原文目录")
    return int(bool(problems))


def _reworded(documents: Sequence[Document]) -> frozenset[str]:
    """Return the ids of digests, and of the 解读 that stand beside a digest of the same name."""
    digests = {d.doc_id for d in documents if d.kind is DocumentKind.DIGEST}
    beside = {d.doc_id for d in documents if d.doc_id.rpartition("_")[0] in digests}
    return frozenset(digests | beside)


if __name__ == "__main__":
    sys.exit(main())
