"""`python -m eval match`: fits the network that ranks evidence and refuses."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.commands.common import write
from eval.progress import progress_bar
from eval.tables import aligned

NAME = "match"
HELP = "用各领域的问答集训练选句与拒答的网络，按领域交叉验证"
HERE = Path(__file__).parents[1]
NETWORK = HERE.parent / "assistant" / "matching" / "network.safetensors"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the data and what to do with it."""
    parser.add_argument(
        "--windows",
        nargs="*",
        type=Path,
        default=[],
        metavar="文件",
        help="另加每行 q 与 p 的“问题—段落窗口”JSON Lines，可用 .xz 压缩",
    )
    parser.add_argument(
        "--folds", type=int, default=4, metavar="份", help="交叉验证分几份，0 为不做，默认 4"
    )
    parser.add_argument("--write", action="store_true", help=f"写入 {NETWORK.name}")


def run(options: argparse.Namespace) -> int:
    """Gather examples, cross-validate by field, print, and write when told to."""
    # Imported here: help texts do without the engine and torch.
    from eval.fields import field_examples, passage_examples  # noqa: PLC0415
    from eval.matching_fit import cross_validated, fit_network, write_network  # noqa: PLC0415

    with progress_bar("fields") as advance:
        judged = field_examples(advance)
    with progress_bar("windows") as advance:
        samples = [*judged, *passage_examples(options.windows, advance)]
    fields = list(dict.fromkeys(sample.field for sample in judged))
    if options.folds:
        rows = [["领域", "题", "首选句对 %", "分开 %", "答对的误拒一成时，不该答的还答 %"]]
        with progress_bar("folds") as advance:
            for field, found in cross_validated(samples, fields, options.folds, advance):
                shares = (found.first, found.parted, found.answered)
                rows.append([field, str(found.count), *(f"{100 * share:.1f}" for share in shares)])
        write(aligned(rows))
    if options.write:
        with progress_bar("fit") as advance:
            write_network(fit_network(samples, advance), NETWORK)
        write(f"{len(samples)} 题，已写入 {NETWORK.name}", error=True)
    return 0
