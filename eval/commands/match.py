"""`python -m eval match`: fits the network that ranks evidence and refuses, and what chooses values."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.commands.calibrate import GATE, add_costs
from eval.commands.common import write
from eval.dataset import DatasetError
from eval.progress import progress_bar
from eval.tables import aligned

if TYPE_CHECKING:
    from eval.matching_fit import Example, Outcome
    from eval.stated_fit import Case

NAME = "match"
HELP = "用各领域的问答集训练选句、拒答与一句多值时取值的模型，按领域交叉验证"
HERE = Path(__file__).parents[1]
WINDOW_WEIGHT = 2  # so often a question of a window counts: they are few and of another kind
NETWORK = HERE.parent / "assistant" / "matching" / "network.safetensors"
WEIGHTS = HERE.parent / "assistant" / "answering" / "stated.json"


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
    parser.add_argument(
        "--leave-out",
        nargs="*",
        default=[],
        metavar="领域",
        help="不从这些领域的题学习（digests 为自有文档），看换一批文档会差多少",
    )
    parser.add_argument("--out", type=Path, metavar="文件", help="网络写到这个文件")
    add_costs(parser)
    parser.add_argument(
        "--write",
        action="store_true",
        help=f"写入 {NETWORK.name}，交叉验证时还写 {GATE.name} 和 {WEIGHTS.name}",
    )


def run(options: argparse.Namespace) -> int:
    """Gather examples, cross-validate by field, print, and write when told to."""
    # Imported here: help texts do without the engine and torch.
    from eval.fields import field_cases, field_examples, passage_examples  # noqa: PLC0415
    from eval.matching_fit import Example, fit_ensemble, write_ensemble  # noqa: PLC0415

    with progress_bar("fields") as advance:
        judged = _kept(field_examples(advance), options.leave_out)
    with progress_bar("values") as advance:
        valued = [case for case in field_cases(advance) if case.field not in options.leave_out]
    with progress_bar("windows") as advance:
        passages = WINDOW_WEIGHT * passage_examples(options.windows, advance)
    pieces = [Example(case.field, case.pair, case.right) for case in valued]
    samples = [*judged, *pieces, *passages]
    if options.folds:
        _cross_validate(judged, valued, samples, options)
    path = NETWORK if options.write else options.out
    if path:
        with progress_bar("fit") as advance:
            write_ensemble(fit_ensemble(samples, advance), path)
        write(f"{len(samples)} 题，已写入 {path.name}", error=True)
    return 0


def _cross_validate(
    judged: Sequence[Example],
    valued: Sequence[Case],
    samples: Sequence[Example],
    options: argparse.Namespace,
) -> None:
    """Ask networks about the fields they have not seen; from what they say fit threshold and weights."""
    from eval.calibrate import Sample, calibrate, write_gate  # noqa: PLC0415
    from eval.matching_fit import held_out, odds_of, outcomes  # noqa: PLC0415
    from eval.stated_fit import fit_weights, write_weights  # noqa: PLC0415

    fields = list(dict.fromkeys(sample.field for sample in judged))
    tried: dict[str, list[Outcome]] = {}
    told: list[Case] = []
    with progress_bar("folds") as advance:
        for apart, ensemble in held_out(samples, fields, options.folds, advance):
            for name in apart:
                tried[name] = outcomes(ensemble, [s for s in judged if s.field == name])
            told += [c.with_odds(odds_of(ensemble, c.pair)) for c in valued if c.field in apart]
    _tell(tried, told, options.folds)
    found = [Sample(name, o.sure, o.right) for name, some in tried.items() for o in some]
    chosen = calibrate(found, options.cost, options.most_refused)
    write(f"门槛 {chosen.threshold:.2f}")
    if options.write:
        write_gate(chosen, options.cost, GATE)
        write_weights(fit_weights(told), len(told), WEIGHTS)


def _tell(tried: Mapping[str, list[Outcome]], told: Sequence[Case], folds: int) -> None:
    """Print how networks do in fields they have not seen."""
    from eval.matching_fit import figures  # noqa: PLC0415
    from eval.stated_fit import chosen_in_folds  # noqa: PLC0415

    rows = [["领域", "题", "首选句对 %", "分开 %", "答对的误拒一成时，不该答的还答 %"]]
    for name, found in {**tried, "合计": [o for some in tried.values() for o in some]}.items():
        figure = figures(found)
        shares = (figure.first, figure.parted, figure.answered)
        rows.append([name, str(figure.count), *(f"{100 * share:.1f}" for share in shares)])
    write(aligned(rows))
    right = chosen_in_folds(told, folds)
    write(f"{len(told)} 题，一句里有多个同类数值，取对 {100 * sum(right) / len(right):.1f} %")


def _kept(samples: Sequence[Example], left_out: Sequence[str]) -> list[Example]:
    """Return the examples of other fields than those left out."""
    if unknown := set(left_out) - {sample.field for sample in samples}:
        raise DatasetError(f"没有这个领域：{'、'.join(sorted(unknown))}。")
    kept = [sample for sample in samples if sample.field not in left_out]
    if not kept:
        raise DatasetError("没有可以学习的题。")
    return kept
