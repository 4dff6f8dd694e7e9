"""Pure: things asked for side by side: 学生实习计划、教师实践计划分别几月, 责任科室与实施学校."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.answering.wanted import ASKING, asks_whether

JOINT = re.compile(
    r"、|以及|(?<![总共饱缓温])和(?![谐解平睦])|(?<![参给授])与(?![会否时])|(?<![普涉危顾触以])及(?![时格其早])"
    r"|跟(?![岗踪进班随读])|还有"
)
_EACH = re.compile(
    r"分别|各自|各(?=是|为|有|占|要|达|多少|几|[定给补奖支资收交发得领扣罚招能带配])|都是(?=多少|几|什么|啥|哪)"
)
# What stands in front of the first thing, and behind the last.
_BEFORE = re.compile(r"(?:[的给对由把从向让在到里,。;:?!\s“”\"()]|表|中的|关于|包括)$|^$")
_BEHIND = re.compile(
    r"[的定要应须需是有占达能可由归,。;:?!\s“”\"()]|分别|各|每|人均|都|一共|怎|如何|多少|几|什么|啥|哪|谁|$"
)
_SHORTEST, _LONGEST = 2, 14
_FOLLOWS = re.compile(r"的[^的,。;:?!]{2,10}[?]?$|[?]?$")


@dataclass(frozen=True, slots=True)
class Coordination:
    """The `things` that a question names side by side, at least two, and the question of each alone."""

    things: tuple[str, ...]
    questions: tuple[str, ...]


def coordination_of(text: str) -> Coordination | None:
    """Read a question in search form, None when it asks for one thing.

    A question that asks in words (多少, 哪些) has to say that each is meant: 教育局和人社局 in it are mostly
    one matter. One that only names what it wants asks for all that it names last.
    """
    each = _EACH.search(text)
    colon = re.search(r"(?<!\d):(?!\d)", text)
    least = colon.end() if colon else 0
    if not each and (ASKING.search(text, least) or asks_whether(text)):
        return None
    stop = each.start() if each else len(text)
    start = _start(text, stop, least)
    joints = [m for m in JOINT.finditer(text, start, stop) if m.start() > start]
    run = _last_run(text, joints)
    if not run:
        return None
    begin, end = run[0].start(), run[-1].end()
    first, last = _ends(text[start:begin], text[end:stop])
    if not first or not last:
        return None
    suffix = text[end + len(last) :]
    if not each and not _FOLLOWS.fullmatch(suffix):
        return None
    between = [text[a.end() : b.start()] for a, b in pairwise(run)]
    things = (first, *between, last)
    prefix = text[: begin - len(first)]
    behind = _EACH.sub("", suffix, count=1)
    questions = tuple(f"{prefix}{thing}{behind}" for thing in things)
    return Coordination(things, questions)


def _start(text: str, stop: int, least: int) -> int:
    """Return where the part between commas begins that `stop` ends, no earlier than `least`."""
    marks = [m.end() for m in re.finditer(r"[,。;?!]", text[:stop].rstrip(",。;?! "))]
    return max([least, *marks])


def _last_run(text: str, joints: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the joints of the last enumeration: things between them are short and hold no 的."""
    run: list[re.Match[str]] = []
    for joint in reversed(joints):
        between = text[joint.end() : run[0].start()] if run else ""
        if run and not (_SHORTEST <= len(between) <= _LONGEST and "的" not in between):
            break
        run.insert(0, joint)
    return run


def _ends(left: str, right: str) -> tuple[str, str]:
    """Choose the first and the last thing: the end of `left` and the beginning of `right`.

    They end alike (中专生, 大专生), are about as long, and stand between words that hold neither.
    """
    best: tuple[float, str, str] = (0.0, "", "")
    right = right.rstrip(",。;?! ")
    for a in range(_SHORTEST, min(_LONGEST, len(left)) + 1):
        first, before = left[-a:], left[:-a]
        if "的" in first:
            break
        for b in range(_SHORTEST, min(_LONGEST, len(right)) + 1):
            last = right[:b]
            if "的" in last:
                break
            score = 1.0 * bool(_BEFORE.search(before)) + 1.0 * bool(_BEHIND.match(right[b:]))
            score += 1.2 * (first[-1] == last[-1]) + 0.3 * (a == b) - 0.02 * (a + b)
            best = max(best, (score, first, last))
    return best[1:]
