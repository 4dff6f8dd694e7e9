"""Pure: figures by format as the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.fidelity.measuring import Measured
from eval.run import Result

HEADS = (
    "格式",
    "文件",
    "页",
    "秒",
    "条款",
    "一致",
    "表格行",
    "多出",
    "字错率",
    "正确且引对",
    "该拒未拒",
)
EXPLANATION = (
    "一致：标签路径和文字都与纯文本相同的条款，占纯文本条款的百分比；比较前按 NFKC 折叠全半角，去掉空白和表格线。"
    "表格行：其中各列的列名和单元格也都相同的行，占全部表格行的百分比。"
    "多出：纯文本里没有的标签路径（个）。"
    "字错率：全部条款文字依次相连后的编辑距离，占纯文本字数的百分比，折叠同上。"
    "秒：读入和切分全部文件的时间。"
    "正确且引对、该拒未拒：同一问答集（只取依据都在这些文件里的题）的百分比。"
    "Excel 只比较表格行，按表内序号对应，不答题。"
)
NONE = "-"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a format measured, or the reason why it was not."""

    label: str
    measured: Measured | None
    results: Sequence[Result] = ()
    skipped: str = ""


def plain_line(files: int, clauses: int, results: Sequence[Result]) -> list[str]:
    """Return the line of the plain text, which the others are compared with."""
    return ["纯文本", str(files), NONE, NONE, str(clauses), *[NONE] * 4, *_answers(results)]


def format_line(line: Line) -> list[str]:
    """Return the line of a format."""
    if line.measured is None:
        return [line.label, *[NONE] * (len(HEADS) - 1)]
    measured, figures = line.measured, line.measured.fidelity
    return [
        line.label,
        str(measured.files),
        str(measured.pages) if measured.pages else NONE,
        f"{measured.seconds:.1f}",
        str(figures.clauses),
        _share(figures.same, figures.clauses),
        _share(figures.same_rows, figures.rows),
        str(figures.added),
        _share(figures.errors, figures.characters, 2),
        *_answers(line.results),
    ]


def _share(part: int, whole: int, digits: int = 1) -> str:
    return f"{100 * part / whole:.{digits}f}" if whole else NONE


def _answers(results: Sequence[Result]) -> list[str]:
    return [_mean(results, "correct_cited"), _mean(results, "false_answer")]


def _mean(results: Sequence[Result], name: str) -> str:
    values = [result.scores[name] for result in results if name in result.scores]
    return f"{100 * sum(values) / len(values):.1f}" if values else NONE


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as a Markdown table, the first column left, the others right."""
    head, *body = rows
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def differences(measured: Measured) -> str:
    """List what differs, clause by clause, expected over found."""
    lines = list(measured.problems)
    for found in measured.fidelity.differences:
        lines += [found.label, f"  应为  {found.expected!r}", f"  得到  {found.found!r}"]
    return "\n".join([f"不同 {len(measured.fidelity.differences)} 处", *lines, ""])
