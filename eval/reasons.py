"""Pure: why an answer fails, in a few Chinese words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering import phrases
from assistant.types import Answer, Status
from eval.dataset import QAItem
from eval.matching import contains
from eval.metrics import CONCISE_LENGTH, CONCISE_RATIO, Judgement
from eval.scores import sureness_of

_BLANK = re.compile(r"\\\{\w+\\\}")
_REFUSALS = (
    (phrases.NO_YEAR, "当作年份不符"),
    (phrases.NO_LEVEL, "当作学段不符"),
    (phrases.NO_VALUE, "当作没有写明数值"),
    (phrases.UNKNOWN_PLACE, "当作未收录的地方"),
    (phrases.NO_CONTACT, "当作没有联系方式"),
    (phrases.NO_FIELD, "当作版头没有这一项"),
    (phrases.NO_DUTY, "当作没有这家单位的任务"),
    (phrases.UNVERIFIED, "核对没有通过"),
    (phrases.ADVICE, "当作个人建议"),
    (phrases.OUTSIDE, "当作文件以外的事"),
)


def reason_of(item: QAItem, answer: Answer, verdict: Judgement) -> str:
    """Return why an answer fails, the deciding reason first; "" for one that does not."""
    return "；".join(_reasons(item, answer, verdict))


def _reasons(item: QAItem, answer: Answer, verdict: Judgement) -> Iterator[str]:
    if not item.answerable:
        if not verdict.refused:
            yield f"该拒未拒{_sure(answer, '≥')}" + (f"，{item.why}" if item.why else "")
    elif verdict.refused:
        yield _refused(answer)
        yield _ranked(verdict)
    elif not verdict.correct:
        yield from _incorrect(item, answer, verdict)
    elif not verdict.cited:
        yield "答案对，依据没有引到"
        yield _ranked(verdict)
    elif not verdict.concise:
        limit = max(CONCISE_LENGTH, CONCISE_RATIO * len(item.answer))
        yield f"冗长：{len(answer.text)} 字，限 {limit} 字"
    if verdict.ungrounded:
        yield f"数字无据：{'、'.join(verdict.ungrounded)}"


def _incorrect(item: QAItem, answer: Answer, verdict: Judgement) -> Iterator[str]:
    if verdict.cited:
        yield "条款对，句子不对"
    else:
        yield _ranked(verdict) + ("，却用了别的条款" if verdict.gold_rank else "")
    missing = [
        parts[0]
        for parts in item.elements
        if not any(contains(answer.text, part) for part in parts)
    ]
    if missing:
        yield f"缺 {'、'.join(missing)}"
    excess = [part for part in item.forbidden if contains(answer.text, part)]
    if excess:
        yield f"多出 {'、'.join(excess)}"


def _ranked(verdict: Judgement) -> str:
    if verdict.gold_rank is None:
        return "对的条款没有检索到"
    return f"对的条款排第 {verdict.gold_rank}"


def _refused(answer: Answer) -> str:
    if answer.status is Status.CLARIFY:
        return "误作反问"
    if answer.status is Status.CHAT:
        return "误作寒暄"
    for template, reason in _REFUSALS:
        if re.match(_BLANK.sub(".{1,60}?", re.escape(template)), answer.text):
            return f"误拒：{reason}"
    return f"误拒{_sure(answer, '<')}"


def _sure(answer: Answer, sign: str) -> str:
    sure = sureness_of(answer)
    if sure is None or sure.threshold is None:
        return ""
    return f"：把握 {sure.value:.2f} {sign} 门槛 {sure.threshold:.2f}"
