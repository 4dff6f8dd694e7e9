"""Pure: several questions in one, and the asking sentences of a long story."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.question import (
    Ask,
    Question,
    analyse,
    fields_in,
    focus_of,
    worded_kind,
)

STORY = 60
SUBJECT = 6
_PARTS = re.compile(r"[，,；;？?。！!]+|、(?=[^、，,]{0,10}(?:多少|几|谁|哪|什么|怎么))")

_ONLY_ASKS = re.compile(r"[\s\d年月底末与和及、各定占达到为]")


# 督导那块有说吗, 文件里写没写: asks only whether the documents say what the piece before asks.
_WHETHER_SAID = re.compile(
    r"(?:有没有|有)(?:说|写|提|讲|规定|明确)(?:到|过|明)?(?:吗|没有?|么)?$|(说|写|提|讲|规定)没(?:有)?\1$|(?:说|写|提|讲|规定)(?:了|过|到)?(?:吗|没有?)$"
)
_CONDITION = re.compile("要是|如果|假如|万一|的话")
_ASK_WORD = re.compile(
    r"多[少久长大高远]|几|谁|哪|什么|啥|怎|如何|咋|吗|是否|能否|[\u4e00-\u9fff]不[\u4e00-\u9fff]?$"
)

# 那份保险谁掏钱: asks, though not for a kind of answer.
_OPEN = re.compile(r"谁(?![都也])|哪(?:里|儿)(?![都也])")


def _pieces(text: str) -> list[str]:
    """Cut at commas and full stops; what only asks again (分别是多少, 2022年和2025年各定多少) stays with what it asks of."""
    pieces: list[str] = []
    for piece in filter(None, _PARTS.split(text)):
        only_asks = not _ONLY_ASKS.sub("", focus_of(piece)) or _WHETHER_SAID.search(piece)
        if pieces and only_asks:
            pieces[-1] += f"，{piece}"
        else:
            pieces.append(piece)
    return pieces


def split_parts(question: Question) -> list[Question]:
    """Split several questions in one; a part without an ask word leads to the next one.

    Of a long story only the sentences that ask are kept, with the one before the first.
    """
    pieces = _pieces(question.text)
    asks = [i for i, piece in enumerate(pieces) if _asks(piece)]
    story = len(question.text) > STORY
    if len(pieces) < 2 or not asks or (len(asks) < 2 and not story):
        return [question]
    alone = len(analyse(pieces[asks[0]]).focus) >= SUBJECT
    first = max(asks[0] - (not alone), 0) if story else 0
    lead = "，".join(pieces[first : asks[0] + 1])
    told = focus_of("，".join(pieces[:first]))
    parts = [analyse(lead, question.topic or told)]
    for index in asks[1:]:
        between = pieces[index - 1] if index - 1 not in asks else ""
        text = f"{between}，{pieces[index]}".strip("，")
        part = analyse(text, parts[0].focus)
        if parts[0].fields and (fields := fields_in(text)):
            part = replace(part, ask=Ask.LETTERHEAD, fields=fields, focus="")
        if parts[0].ask is not Ask.BASIS or part.ask is not Ask.LETTERHEAD:
            parts.append(part)
    return [replace(part, is_part=len(parts) > 1) for part in parts]


def _asks(piece: str) -> bool:
    """Tell a piece that asks, in words or by the name of a value, from one that says on which condition."""
    if worded_kind(piece)[0] is Ask.GENERAL:
        return bool(_OPEN.search(piece)) and not _CONDITION.search(piece)
    return bool(_ASK_WORD.search(piece)) or not _CONDITION.search(piece)
