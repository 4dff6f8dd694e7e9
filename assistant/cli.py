"""The command line: index, ask, batch, serve, doctor."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from assistant.doctor import examine
from assistant.engine import Assistant
from assistant.factory import assistant_of_index, build_assistant, build_index
from assistant.records import answer_record
from assistant.settings import Settings, read_settings
from assistant.types import Answer, Status
from index.embedding import load_embedding
from index.errors import TiaoWenError

OK, REFUSED, BAD_INPUT = 0, 1, 2


class BadLineError(TiaoWenError):
    """A line of a batch cannot be read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when it was done; `ask` returns 1 when there was no answer; 2 for bad input.
    """
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace, Settings], int] = options.run
    try:
        return run(options, _settings(options))
    except TiaoWenError as error:
        _say(f"错误：{error}", sys.stderr)
        return BAD_INPUT
    except OSError as error:
        _say(f"错误：{error.filename or ''} {error.strerror or error}".strip(), sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        description="条问：从政策文件里找答案，并给出条文出处。",
        add_help=False,
    )
    _help(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", title="命令")
    index = _command(commands, "index", "读入文档，建立索引", _index)
    _folders(index, index_only=False)
    ask = _command(commands, "ask", "问一个问题", _ask)
    ask.add_argument("question", metavar="问题", help="要问的话，用引号括起来")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    _folders(ask)
    batch = _command(commands, "batch", "逐行回答一个 JSONL 文件里的问题", _batch)
    batch.add_argument(
        "questions", type=Path, metavar="问题.jsonl", help="每行 {id, question} 或 {id, turns}"
    )
    batch.add_argument("--out", type=Path, required=True, metavar="答案.jsonl", help="答案写到哪里")
    _folders(batch)
    serve = _command(commands, "serve", "打开网页", _serve)
    serve.add_argument("--host", metavar="地址", help="监听地址，默认 127.0.0.1")
    serve.add_argument("--port", type=int, metavar="端口", help="端口，默认 7860")
    _folders(serve)
    doctor = _command(commands, "doctor", "检查安装、模型、索引和文档", _doctor)
    doctor.add_argument("--json", action="store_true", help="输出 JSON")
    _folders(doctor)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    about: str,
    run: Callable[[argparse.Namespace, Settings], int],
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about, add_help=False
    )
    _help(parser)
    parser.set_defaults(run=run)
    return parser


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示这段说明")
    for group, title in zip(parser._action_groups, ("参数", "选项"), strict=False):
        group.title = title


def _folders(parser: argparse.ArgumentParser, *, index_only: bool = True) -> None:
    parser.add_argument("--docs", type=Path, metavar="文件夹", help="只从这个文件夹的文档回答")
    help_text = "用这里已建好的索引" if index_only else "索引放在哪里，默认 .index"
    parser.add_argument("--index", type=Path, metavar="文件夹", help=help_text)


def _settings(options: argparse.Namespace) -> Settings:
    settings = read_settings()
    if options.command == "index":
        docs, index = options.docs or settings.docs, options.index or settings.index
        return replace(settings, docs=docs, index=index)
    if options.docs is not None:
        settings = replace(settings, docs=options.docs, index=options.index)
    return settings


def _assistant(options: argparse.Namespace, settings: Settings) -> Assistant:
    if options.index is not None and options.docs is None:
        return assistant_of_index(options.index, settings)
    return build_assistant(settings)


def _index(options: argparse.Namespace, settings: Settings) -> int:
    embedding = load_embedding(settings.embedding)
    opened = build_index(settings, embedding)
    for problem in opened.problems:
        _say(f"跳过 {problem}", sys.stderr)
    count = len(opened.store.documents)
    _say(f"已建立索引：{count} 份文件，{len(opened.store.clauses)} 条，放在 {settings.index}")
    return OK


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    answer = _assistant(options, settings).ask(options.question)
    if options.json:
        _say(json.dumps(answer_record(answer), ensure_ascii=False, indent=2))
    else:
        _say(render(answer))
    return OK if answer.status not in (Status.REFUSED, Status.CLARIFY) else REFUSED


def render(answer: Answer) -> str:
    """Return an answer with its sources as plain text for a terminal."""
    lines = [answer.text]
    lines += [f"  {choice}" for choice in answer.choices]
    if answer.citations:
        lines += ["", "出处："]
    for citation in answer.citations:
        number = f"（{citation.document.number}）" if citation.document.number else ""
        title = citation.document.title.strip("《》")
        lines.append(f"〔{citation.marker}〕《{title}》{number} {citation.clause.shown_path}")
        lines.append(f"    {_one_line(citation.clause.text)}")
    return "\n".join(lines)


def _one_line(text: str, limit: int = 300) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "……"


def _batch(options: argparse.Namespace, settings: Settings) -> int:
    text = options.questions.read_text(encoding="utf-8-sig", errors="replace")
    assistant = _assistant(options, settings)
    status = OK
    with options.out.open("w", encoding="utf-8") as out:
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            try:
                identifier, turns = read_line(line)
            except BadLineError as error:
                _say(f"第 {number} 行：{error}", sys.stderr)
                status = BAD_INPUT
                continue
            answer = list(_conversation(assistant, turns))[-1]
            record = {"id": identifier, **answer_record(answer)}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return status


def read_line(line: str) -> tuple[object, list[str]]:
    """Read one line of a batch: its id, and its turns, the last of which is answered.

    Raises:
        BadLineError: if it is no JSON object with `id` and `question` or `turns`.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError("不是有效的 JSON") from error
    if not isinstance(data, dict) or "id" not in data:
        raise BadLineError("缺少 id")
    turns = data.get("turns", [data.get("question")])
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise BadLineError("缺少 question，或 turns 不是字符串列表")
    return data["id"], turns


def _conversation(assistant: Assistant, turns: Sequence[str]) -> Iterator[Answer]:
    history: list[Answer] = []
    for turn in turns:
        history.append(assistant.ask(turn, history))
        yield history[-1]


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    # Gradio takes four seconds to import, which no other command needs.
    from assistant.web.page import launch  # noqa: PLC0415

    assistant = _assistant(options, settings)
    launch(assistant, options.host or settings.host, options.port or settings.port)
    return OK


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    report = examine(settings, options.index if options.docs is None else None)
    if options.json:
        _say(json.dumps([finding.as_dict() for finding in report], ensure_ascii=False, indent=2))
    else:
        for finding in report:
            _say(f"{'✓' if finding.is_well else '✗'} {finding.name}：{finding.text}")
    return OK if all(finding.is_well for finding in report) else REFUSED


def _say(text: str, stream: TextIO | None = None) -> None:
    (stream or sys.stdout).write(text + "\n")
