"""`python -m eval`: the command line. Every command is a module of `eval.commands`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from eval.commands import COMMANDS
from eval.commands.common import write
from index.errors import TiaoWenError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 right, 1 below the mark, 2 an error."""
    options = _parser().parse_args(arguments)
    commands = {command.NAME: command for command in COMMANDS}
    try:
        return commands[options.command].run(options)
    except (TiaoWenError, OSError) as error:
        write(f"错误：{error}", error=True)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="评测：用问答集衡量回答质量，对比、报告、校准，测速度、内存与文件格式，检查问答集。",
        add_help=False,
    )
    _in_chinese(parser)
    commands = parser.add_subparsers(title="命令", dest="command", required=True, metavar="命令")
    for command in COMMANDS:
        child = commands.add_parser(
            command.NAME, help=command.HELP, description=command.HELP, add_help=False
        )
        _in_chinese(child)
        command.add_arguments(child)
    return parser


def _in_chinese(parser: argparse.ArgumentParser) -> None:
    """Give a parser Chinese heads and `-h`; argparse keeps the heads in private fields only."""
    parser._positionals.title = "参数"
    parser._optionals.title = "选项"
    parser.add_argument("-h", "--help", action="help", help="显示本说明")


if __name__ == "__main__":
    sys.exit(main())
