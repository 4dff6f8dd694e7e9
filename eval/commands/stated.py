"""`python -m eval stated`: fits the weights that choose among the values of a sentence."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.commands.common import write
from eval.progress import progress_bar

NAME = "stated"
HELP = "用各领域的问答集训练一句多个数值时取哪一个，按领域交叉验证"
WEIGHTS = Path(__file__).parents[2] / "assistant" / "answering" / "stated.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add in how many folds to try, and whether to write."""
    parser.add_argument("--folds", type=int, default=6, metavar="份", help="交叉验证分几份，默认 6")
    parser.add_argument("--write", action="store_true", help=f"写入 {WEIGHTS.name}")


def run(options: argparse.Namespace) -> int:
    """Gather cases, cross-validate by field, print, and write when told to."""
    # Imported here: help texts do without the engine.
    from eval.fields import field_cases  # noqa: PLC0415
    from eval.stated_fit import fit_weights, held_out, write_weights  # noqa: PLC0415

    with progress_bar("fields") as advance:
        found = field_cases(advance)
    tried = held_out(found, options.folds)
    first = sum(bool(case.right[0]) for case in found)
    write(f"{len(found)} 题，一句里有多个同类数值")
    write(f"取第一个数值对 {100 * first / len(found):.1f} %")
    write(f"按领域交叉验证，取对 {100 * sum(tried) / len(tried):.1f} %")
    if options.write:
        write_weights(fit_weights(found), len(found), WEIGHTS)
        write(f"已写入 {WEIGHTS.name}", error=True)
    return 0
