"""The commands of `python -m eval`, in the order in which the help lists them."""

from __future__ import annotations

import argparse
from typing import Protocol

from eval.commands import (
    beir,
    bench,
    calibrate,
    check,
    compare,
    convert,
    formats,
    match,
    qa,
    report,
    squad,
    statutes,
    table,
)


class Command(Protocol):
    """What a module of this package offers: a name, a line of help, its arguments, and its run."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the arguments; `-h` is there already."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it. Returns 0 when all is well, 1 below a mark or when problems were found.

        Raises:
            TiaoWenError: for bad input; it is shown, and the exit status is 2.
        """


COMMANDS: tuple[Command, ...] = (
    qa,
    report,
    compare,
    calibrate,
    match,
    table,
    check,
    statutes,
    squad,
    beir,
    formats,
    bench,
    convert,
)
