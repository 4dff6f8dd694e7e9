"""The command line: index, docs, ask, batch, serve, doctor."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant import docs
from assistant.doctor import examine
from assistant.edition import Edition, edition_of_index, open_edition
from assistant.factory import build_index
from assistant.live import live_of_index, open_live
from assistant.records import answer_record
from assistant.settings import Settings, read_settings
from assistant.shown import shown_place, shown_title
from assistant.terminal import progress_bar, report_lines, say, say_json, warn
from assistant.types import Answer, Citation, Status
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
        warn(f"错误：{error}")
        return BAD_INPUT
    except OSError as error:
        warn(f"错误：{error.filename or ''} {error.strerror or error}".strip())
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
    _docs(_command(commands, "docs", "管理收录的文件"))
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


def _docs(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="操作", title="操作")
    add = _command(actions, "add", "收入文件、文件夹或压缩包", docs.add)
    add.add_argument("paths", type=Path, nargs="+", metavar="路径", help="文件、文件夹或 .zip")
    listing = _command(actions, "list", "列出收录的文件", docs.list_all)
    show = _command(actions, "show", "看一份文件读成了什么样", docs.show)
    show.add_argument("name", metavar="名称", help="编号、文件名，或标题的一部分")
    remove = _command(actions, "remove", "移走文件（放进 .removed，不删除）", docs.remove)
    remove.add_argument("names", nargs="+", metavar="名称", help="编号、文件名，或标题的一部分")
    check = _command(actions, "check", "检查文件与索引是否一致", docs.check)
    for action in (listing, show, check):
        action.add_argument("--json", action="store_true", help="输出 JSON")
    for action in (add, listing, show, remove, check):
        action.add_argument("--docs", type=Path, metavar="文件夹", help="文件放在哪个文件夹")
        action.add_argument("--index", type=Path, metavar="文件夹", help="索引放在哪里")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    about: str,
    run: Callable[[argparse.Namespace, Settings], int] | None = None,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about, add_help=False
    )
    _help(parser)
    if run is not None:
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
    if options.command in ("index", "docs"):
        docs, index = options.docs or settings.docs, options.index or settings.index
        return replace(settings, docs=docs, index=index)
    if options.docs is not None:
        settings = replace(settings, docs=options.docs, index=options.index)
    return settings


def _edition(options: argparse.Namespace, settings: Settings) -> Edition:
    if options.index is not None and options.docs is None:
        return edition_of_index(options.index, settings)
    return open_edition(settings, progress_bar())


def _index(_: argparse.Namespace, settings: Settings) -> int:
    opened = build_index(settings, load_embedding(settings.embedding), report_lines())
    for problem in opened.problems:
        warn(f"跳过 {problem}")
    count = len(opened.store.documents)
    say(f"已建立索引：{count} 份文件，{len(opened.store.clauses)} 条，放在 {settings.index}")
    return OK


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    answer = _edition(options, settings).ask(options.question)
    if options.json:
        say_json(answer_record(answer))
    else:
        say(render(answer))
    return OK if answer.status not in (Status.REFUSED, Status.CLARIFY) else REFUSED


def render(answer: Answer) -> str:
    """Return an answer with its sources as plain text for a terminal."""
    lines = [answer.text]
    lines += [f"  {choice}" for choice in answer.choices]
    if answer.citations:
        lines += ["", "出处："]
    for citation in answer.citations:
        lines.append(_source_line(citation))
        lines += [f"    注意：{note}" for note in citation.notes]
        lines.append(f"    {_one_line(citation.clause.text)}")
    return "\n".join(lines)


def _source_line(citation: Citation) -> str:
    document, clause = citation.document, citation.clause
    title = shown_title(document.title, document.number)
    place = shown_place(document, clause.start, clause.end)
    line = f"〔{citation.marker}〕{title} {clause.shown_path}"
    return f"{line} · {place}" if place else line


def _one_line(text: str, limit: int = 300) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "……"


def _batch(options: argparse.Namespace, settings: Settings) -> int:
    text = options.questions.read_text(encoding="utf-8-sig", errors="replace")
    edition = _edition(options, settings)
    status = OK
    with options.out.open("w", encoding="utf-8") as out:
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            try:
                identifier, turns = read_line(line)
            except BadLineError as error:
                warn(f"第 {number} 行：{error}")
                status = BAD_INPUT
                continue
            answer = list(_conversation(edition, turns))[-1]
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


def _conversation(edition: Edition, turns: Sequence[str]) -> Iterator[Answer]:
    history: list[Answer] = []
    for turn in turns:
        history.append(edition.ask(turn, history))
        yield history[-1]


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    # Gradio takes four seconds to import, which no other command needs.
    from assistant.web.page import launch  # noqa: PLC0415

    if options.index is not None and options.docs is None:
        current = live_of_index(options.index, settings)
    else:
        current = open_live(settings, progress_bar())
    launch(current, options.host or settings.host, options.port or settings.port)
    return OK


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    report = examine(settings, options.index if options.docs is None else None)
    if options.json:
        say_json([finding.as_dict() for finding in report])
    else:
        for finding in report:
            say(f"{'✓' if finding.is_well else '✗'} {finding.name}：{finding.text}")
    return OK if all(finding.is_well for finding in report) else REFUSED
