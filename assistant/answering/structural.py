"""Pure: answers from letterhead, structure and metadata, where no sentence has to be chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import phrases
from assistant.answering.cutting import cited_part, stripped, whole_list
from assistant.answering.draft import Draft, Piece
from assistant.answering.evidence import fits_kind, value_spans
from assistant.answering.finding import Finding, refusal
from assistant.answering.library import LibraryView
from assistant.answering.naming import QUOTED, says_quoted
from assistant.answering.parts import shared_run
from assistant.answering.spans import TASK_HEADS, Span, announces, search_form, spans_of
from assistant.answering.terms import Term, coverage
from assistant.answering.values import CONTACT
from assistant.types import Status
from assistant.understanding.question import Ask, Question
from assistant.understanding.routing import Route
from index.parsing.labels import chinese_number
from index.types import Clause, ClauseKind, Hit

_DUTY = re.compile(
    r"(?:负责|牵头|承担|参与|主管|管)(?:的|了|哪|什么|几|多少)|(?:任务|工作|事项|活)(?:都)?(?:有|是)(?:哪|什么|几)|(?:责任|负责|牵头)(?:科室|单位|部门)(?:写|是|为|列)(?!谁|哪|什么|啥)"
)
_SHARE = re.compile(
    r"(?:参与|挂名|写了|有份)|(?<=[局委办科部厅处心校院府])(?:都|会|要)?(?:涉及|提到)|(?:哪|几)[^，。？]{0,3}(?:件事|项(?!目)|任务|工作)|(?:任务|工作|事项)有|(?:的|哪些)(?:任务|工作|事项)$"
)
_DUTY_OF = re.compile(
    r"由([\u4e00-\u9fff]{2,10}(?:局|委|办|科|部|厅|处|中心|学校|学院))(?:来)?(?:负责|牵头|承担|主抓|管)"
)
_EXPLICIT = re.compile(
    r"文号|发文字号|几号文|红头|文件(?:是|在)?(?:哪|什么时候|啥时候|几)|成文日期|印发日期|主送|抄[送给报]|公开属性|发文机关|版记|落款"
)
MAX_LISTED = 12
MAX_ITEM = 80
OF_THIS = 0.45  # of what a question says, by weight, that a title has to say for it to ask of the document
NAMED_RUN = 3  # characters of its title by which a document is named
MOST_SOURCES = 3
WITHIN = 0.3  # how sure it is that a value of the kind in the clause read last is meant
CONTACT_DOCS = 3


def whole(clause: Clause) -> Span:
    """Return the span of a whole clause."""
    return Span(clause, 0, len(clause.text), clause.text)


def catalogue(view: LibraryView) -> Finding:
    """List the documents that are answered from."""
    pieces = [
        Piece(_field_span(clause, "标题"))
        for document in list(view.documents.values())[:30]
        if (clause := view.field(document.doc_id, "标题")) is not None
    ]
    words = phrases.CATALOGUE.format(count=len(view.documents))
    count = str(len(view.documents))
    return Finding(Status.ANSWERED, Draft(tuple(pieces)), words, computed=(count,))


def letterhead(
    question: Question, route: Route, terms: Sequence[Term], view: LibraryView
) -> Finding | None:
    """Answer from letterhead and colophon when the question is about a document itself.

    None when it is about what a document says: 什么时候出台办法 may ask for either.
    """
    asks_reading = "解读" in question.text
    doc_ids = list(route.doc_ids) if asks_reading else view.primary(route.doc_ids)
    doc_ids = doc_ids or _about(terms, view)
    if not doc_ids:
        return None if terms else _which(question, view)
    certain = route.is_certain or _EXPLICIT.search(question.text)
    titles = search_form(" ".join(_names(doc_id, view) for doc_id in doc_ids))
    about = coverage(terms, titles) if sum(t.weight for t in terms) > 0.5 else 1.0
    if about < OF_THIS and (not certain or _is_of_another(question, terms, doc_ids, view)):
        return None
    found = {
        clause.clause_id: _field_span(clause, name)
        for doc_id in doc_ids[:5]
        for name in question.fields
        if (clause := view.field(doc_id, name)) is not None
    }
    pieces = [
        Piece(span, f"{span.head}：" if len(found) > 1 and span.head else "")
        for span in found.values()
    ]
    if not pieces:
        return refusal(phrases.NO_FIELD.format(field="、".join(question.fields)))
    return Finding(Status.ANSWERED, Draft(tuple(pieces)))


def _is_of_another(
    question: Question, terms: Sequence[Term], doc_ids: Sequence[str], view: LibraryView
) -> bool:
    """Tell that the 文号 of a document is asked for which a text cites: 养老保险试点文号."""
    cited = (
        clause.text
        for clause in view.within(doc_ids)
        if clause.kind in (ClauseKind.PARAGRAPH, ClauseKind.ITEM) and _NUMBER.search(clause.text)
    )
    asked = question.fields == ("发文字号",)
    return asked and any(coverage(terms, search_form(text)) >= OF_THIS for text in cited)


_NUMBER = re.compile(r"[〔\[【]\d{4}[〕\]】]\s*\d{1,4}\s*号")


def _names(doc_id: str, view: LibraryView) -> str:
    document = view.documents[doc_id]
    return f"{document.title} {document.issuer} {document.region}"


def _field_span(clause: Clause, name: str) -> Span:
    cell = next((c for c in clause.cells if c.head == name), (*clause.cells, None)[0])
    if cell is None:
        return whole(clause)
    start = cell.start - clause.start
    return Span(clause, start, start + len(cell.text), cell.text, cell.head)


def _about(terms: Sequence[Term], view: LibraryView) -> list[str]:
    """Find the documents whose title is what the question is about."""
    if len(view.documents) == 1:
        return list(view.documents)
    if not terms:
        return []
    scored = [(coverage(terms, search_form(_names(d, view))), d) for d in view.documents]
    best = max((score for score, _ in scored), default=0.0)
    chosen = [doc_id for score, doc_id in scored if score >= max(0.6, best - 0.05)]
    return view.primary(chosen) if len(chosen) <= 3 else []


def _which(question: Question, view: LibraryView) -> Finding:
    titles = [document.title.strip("《》") for document in view.documents.values()]
    choices = tuple(f"《{title}》{question.raw}" for title in titles[:8])
    return Finding(Status.CLARIFY, words=phrases.WHICH, choices=choices)


def counted(route: Route, terms: Sequence[Term], view: LibraryView) -> Finding | None:
    """Count the numbered clauses below the heading, or the rows of the table, asked about."""
    docs = view.primary(route.doc_ids)
    best: tuple[float, Clause] | None = None
    titles = search_form(" ".join(_names(doc_id, view) for doc_id in docs))
    rest = [term for term in terms if not any(word in titles for word in term.words)] or terms
    for clause in view.within(docs):
        if clause.kind not in (ClauseKind.HEADING, ClauseKind.TITLE):
            continue
        own = coverage(rest, search_form(clause.text))
        total = coverage(terms, search_form(clause.text), search_form(_names(clause.doc_id, view)))
        found = total >= 0.4 and own >= 0.2 and (best is None or own > best[0])
        if found and view.counts(clause):
            best = (own, clause)
    if best is None:
        return None
    levels = view.counts(best[1])
    counts = "，".join(f"{len(clauses)}{unit}" for unit, clauses in levels)
    last = levels[-1][1][-1]
    pieces = (Piece(whole(best[1])), Piece(_task(last), phrases.LAST_ONE))
    computed = tuple(str(len(clauses)) for _, clauses in levels)
    words = phrases.COUNTED.format(counts=counts)
    return Finding(Status.ANSWERED, Draft(pieces), words, computed=computed)


_NOUN = re.compile(
    r"(?:什么|啥|哪几|哪些|哪[两三四五六七八九]|几|多少)(?:个|条|项|种|大|类|点|方面|块|的)*([\u4e00-\u9fff]{2})"
    r"|([\u4e00-\u9fff]{2,4})(?:一共|总共|数下来|到底|具体)?(?:有|是|包括|分|讲)(?:了|成|为)?(?:哪些|哪[几两三四五六七八九](?:个|条|项|大|类|点|方面)|几(?:个|条|项|大|类|点|方面)|什么|啥)"
    r"|([\u4e00-\u9fff]{2,4})(?:的)?(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:条|个方面|大?项)"
    r"|([\u4e00-\u9fff]{2,6})(?:那|这)一?(?:节|部分|块|章|条)"
)
_GENERIC = frozenset(
    {"主要", "重点", "具体", "总共", "一共", "分别", "内容", "方面", "文件", "计划", "方案"}
)
_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3})(?:大?部分|大?块|个方面)")


def outlined(
    question: Question, route: Route, terms: Sequence[Term], view: LibraryView, rival: Span | None
) -> Finding | None:
    """List the parts of a document, or what stands below the heading that is asked about.

    The heading must hold the noun that is counted or listed (基本原则 for 哪几条原则), with the
    title of its document cover half of the question, and itself no less of it than `rival`, the
    sentence that would answer otherwise.
    """
    docs = view.primary(route.doc_ids) or _about(terms, view)
    if len(docs) != 1:
        return None
    headings = [
        clause
        for clause in view.within(docs)
        if (clause.kind is ClauseKind.HEADING or clause.text.endswith(("：", ":")))
        and len(view.children(clause)) > 1
    ]
    names = search_form(_names(docs[0], view))
    if stages := _stages(question, docs[0], view):
        return _listing(stages)
    heading = _named_heading(question, headings) if question.ask is not Ask.NUMBER else None
    if heading is not None:
        return _listing(view.children(heading))
    if rival is not None and says_quoted(question.text, search_form(rival.text)):
        return None
    if question.ask is Ask.OUTLINE or _COUNTED_PARTS.search(question.text):
        heading = _counted_heading(question, terms, headings, names) or _subject_heading(
            question, headings, names, view
        )
    if heading is not None and not _is_outdone(question, heading, rival, terms, names):
        return _listing(view.children(heading))
    if question.ask is Ask.OUTLINE and (parts := view.outline(docs[0])):
        return _listing(parts)
    return None


def _stages(question: Question, doc_id: str, view: LibraryView) -> list[Clause]:
    """Return the stages of a document that a question counts or lists, none where no heading announces them."""
    if not _STAGED.search(question.text):
        return []
    timetables = (
        clause
        for clause in view.within([doc_id])
        if clause.kind is ClauseKind.HEADING and _TIMETABLE.search(clause.text)
    )
    below = (view.children(clause) or view.body(clause) for clause in timetables)
    return next((clauses for clauses in below if len(clauses) > 1), [])


_STAGED = re.compile("[几哪](?:个|些)?(?:阶段|步骤)|阶段(?:划分|数)")
_TIMETABLE = re.compile("步骤|阶段|(?:时间|进度|实施|工作|日程)安排|推进计划")


def _is_outdone(
    question: Question, heading: Clause, rival: Span | None, terms: Sequence[Term], names: str
) -> bool:
    """Tell that a sentence elsewhere covers more of the question than a heading and title do."""
    if rival is None or rival.clause is heading or question.ask is Ask.OUTLINE:
        return False
    own = coverage(terms, search_form(heading.text), names)
    return coverage(terms, search_form(rival.text)) > own


def _named_heading(question: Question, headings: Sequence[Clause]) -> Clause | None:
    """Find the heading that a question quotes (“组织实施”), or names by its number (第五部分)."""
    for heading in headings:
        own = search_form(heading.text)
        quoted = [search_form(text) for text in QUOTED.findall(question.text)]
        if any(text in own and 2 * len(text) >= len(own) for text in quoted):
            return heading
        ordinal = _ORDINAL.search(question.text)
        if ordinal and heading.labels == ordinal[1]:
            return heading
    return None


def _counted_heading(
    question: Question, terms: Sequence[Term], headings: Sequence[Clause], above: str
) -> Clause | None:
    """Find the heading that holds the noun which is counted or listed, and covers the question."""
    nouns = {noun for match in _NOUN.finditer(question.text) for noun in match.groups() if noun}
    found: list[tuple[float, Clause]] = []
    for heading in headings:
        own = search_form(heading.text)
        named = [noun for noun in nouns - _GENERIC if noun in own]
        if named:
            title = search_form(heading.path[-1].title) or own
            share = max(map(len, named)) / len(title)
            covered = coverage(terms, own) + 0.5 * coverage(terms, own, above)
            found.append((max(covered, 0.8 * share, 0.1 * max(map(len, named))), heading))
    best = max(found, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= 0.4 else None


_COUNTED_PARTS = re.compile(
    r"(?:几|多少|哪|([一二两三四五六七八九十]{1,3}|\d{1,2}))(?:一|些|大|小|个|条|项|点|种)*(?:方面|部分|条|项(?!目)|点|块|类|步|件事|地方|举措|措施|任务|原则|要求|情形|条件|保障)"
)
_ABOUT_PARTS = re.compile(
    r"最后|后面|后头|前面|那一?|这一?|[节块段](?![一-龥]*[建费])|下[面头]|底下|编|列|总共|一共|多少|几|哪些?|方面|部分|打算|从|地方|下手|计划|方案|文件|办法|通知|意见|实施|包括|主要|重点|要求|写|说|讲|提|的|了|有|是|把|要|呀|啊|[个条项点种大类]|[一二两三四五六七八九十]|\d|[^\u4e00-\u9fff]"
)


def _subject_heading(
    question: Question, headings: Sequence[Clause], names: str, view: LibraryView
) -> Clause | None:
    """Find the heading that says what a question about parts is about: 队伍建设那一节有几条.

    What the title of the document says too is left aside; a number of parts in the question
    (哪五个方面) has to be that of the heading.
    """
    asked = _COUNTED_PARTS.search(question.text)
    if asked is None:
        return None
    wanted = _number(asked[1])
    subject = _ABOUT_PARTS.sub(" ", _without(question.text, names))
    runs = [run for run in subject.split() if len(run) > 1]
    found: list[tuple[int, float, Clause]] = []
    for heading in headings:
        own = search_form(heading.text)
        met = max((shared_run(run, own) for run in runs), default=0)
        whole = any(run in own for run in runs)
        if wanted and len(view.children(heading)) != wanted:
            continue
        if met >= 4 or (met >= 2 and whole and question.ask is not Ask.OUTLINE):
            found.append((met, -len(own), heading))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _without(text: str, names: str) -> str:
    """Blank the pieces of two characters and more that stand in `names` too."""
    position, kept = 0, []
    while position < len(text):
        length = _shared(text[position : position + 12], names)
        kept.append(" " if length > 1 else text[position])
        position += length if length > 1 else 1
    return "".join(kept)


def _shared(text: str, names: str) -> int:
    return next((n for n in range(len(text), 0, -1) if text[:n] in names), 0)


def _number(numeral: str | None) -> int:
    if not numeral:
        return 0
    return int(numeral) if numeral.isdecimal() else chinese_number(numeral.replace("两", "二"))


def _listing(clauses: Sequence[Clause]) -> Finding:
    words = phrases.COUNTED.format(counts=f"{len(clauses)}项")
    draft = Draft(tuple(Piece(_task(c)) for c in clauses))
    return Finding(Status.ANSWERED, draft, words, computed=(str(len(clauses)),))


def items(question: Question, said: Span, view: LibraryView) -> Finding | None:
    """Count the items of the list that a sentence announces or is one of, when that is asked (应退学的情形共几种).

    None where the sentence itself states a number of what is counted.
    """
    if not _COUNTS_ITEMS.search(question.text) or value_spans(question, search_form(said.text)):
        return None
    leader = said.clause if announces(said.text) else view.lead_in(said.clause)
    below = view.children(leader) if leader else []
    if len(below) > 1:
        return _listing(below)
    inline = whole_list(replace(question, ask=Ask.LIST), said)
    labels = _INLINE.findall(inline.text)
    if len(labels) < 2 or list(map(int, labels)) != list(range(1, len(labels) + 1)):
        return None
    count = str(len(labels))
    words = phrases.COUNTED.format(counts=f"{count}项")
    return Finding(Status.ANSWERED, Draft((Piece(inline),)), words, computed=(count,))


_COUNTED_NOUN = "条件|情形|情况|材料|要求|行为|事项|措施|资料|证件|手续|环节|渠道|方式|途径"
_COUNTS_ITEMS = re.compile(
    rf"(?:几|多少)(?:大?[项种条类点样步]|个?(?:{_COUNTED_NOUN}))|(?:{_COUNTED_NOUN})(?:的)?(?:总|个|项|种)?数量?\??$"
)
_INLINE = re.compile(r"(?<![\d.．])[（(]?(\d{1,2})(?:[）)]|[.．、](?!\d))")


def basis(
    question: Question, route: Route, terms: Sequence[Term], view: LibraryView
) -> Finding | None:
    """Tell what a document itself rests on: the sentences of its preamble that cite a 文号.

    Where none does, those that follow a document by its name alone, if just that is asked.
    """
    docs = view.primary(route.doc_ids) or _about(terms, view)
    if len(docs) != 1:
        return None
    names = search_form(_names(docs[0], view))
    opening = [clause for clause in view.within(docs) if clause.labels in _OPENING]
    about = [term for term in terms if not _CITING.search(term.said)]
    told = search_form(" ".join(clause.text for clause in opening))
    if about and not route.is_certain and coverage(about, names, told) < 0.4:
        return None
    spans = [span for clause in opening for span in spans_of(clause)]
    citing = [s for s in spans if re.search(r"〔\d{4}〕", search_form(s.text))]
    if not citing and _ITS_BASIS.search(question.text):
        citing = [s for s in spans if _FOLLOWS.search(s.text)]
    pieces = [Piece(cited_part(span)) for span in citing]
    named = _named_source(_without(question.text, names), [piece.span for piece in pieces])
    pieces = [Piece(named)] if named else pieces[:2]
    return Finding(Status.ANSWERED, Draft(tuple(pieces))) if pieces else None


def _named_source(asked: str, spans: Sequence[Span]) -> Span | None:
    """Return the one cited document that a question names by a part of its title, if just one fits."""
    cited = [stripped(s, *m.span()) for s in spans for m in _SOURCE.finditer(s.text)]
    met = [shared_run(asked, search_form(source.text)) for source in cited]
    best = max(met, default=0)
    return cited[met.index(best)] if best >= NAMED_RUN and met.count(best) == 1 else None


_SOURCE = re.compile(r"《[^《》]{2,100}》\s*[（(][^（）()]{0,20}〔\d{4}〕[^（）()]{1,10}[)）]")
_CITING = re.compile("依据|依照|根据|贯彻|引用|遵循|上位|制定|出台|文件|文号|字号")
_ITS_BASIS = re.compile(
    "上位|(?:制定|出台|编制|印发|政策|文件|方案|计划|办法|意见|细则|规定|通知|规划)的?(?:上位)?(?:文件|政策)?依据"
)
_FOLLOWS = re.compile("(?:根据|依据|按照|贯彻|落实|依照|遵照)[^。；]{0,12}《")
_OPENING = frozenset({"段1", "通知/段1"})


def contact(
    question: Question, route: Route, terms: Sequence[Term], view: LibraryView
) -> Finding | None:
    """Return the sentence with the telephone number, address or site that covers a question best.

    Whom to ask stands apart from the matter, so the title of the document counts as much. The number of
    an office is not that of another one; of several in a clause it is that of the sentence that says most
    of the question itself.
    """
    found: list[tuple[tuple[float, float], Span]] = []
    for place, doc_id in enumerate(route.doc_ids[:CONTACT_DOCS]):
        names = search_form(_names(doc_id, view))
        for clause in view.within([doc_id]):
            for span in spans_of(clause):
                said = search_form(clause.text)
                if CONTACT.search(search_form(span.text)) and _is_of(question.text, said, names):
                    covered = coverage(terms, search_form(clause.text), names)
                    own = coverage(terms, search_form(span.text))
                    found.append(((covered - 0.05 * place, own), span))
    best = max(found, key=lambda pair: pair[0], default=None)
    if best is None or best[0][0] < 0.4:
        return None
    return Finding(Status.ANSWERED, Draft((Piece(best[1]),)))


def _is_of(question: str, said: str, names: str) -> bool:
    """Tell whether a clause may give the number of the office that a question names, if it names one.

    A clause that names none gives that of the office which the document is from.
    """
    asked = _OFFICE.search(question)
    if asked is None or asked[0][-_OFFICE_END:] in said:
        return True
    return not _OFFICE.search(said) and asked[0][-_OFFICE_END:] in names


_OFFICE = re.compile("[\u4e00-\u9fff]{2,12}?(?:局|委员会|大队|支队|医院|学校|学院|公司|银行|法院)")
_OFFICE_END = 3  # characters at the end of its name that tell an office from others


def row(question: Question, hits: Sequence[Hit]) -> Finding | None:
    """Tell what a table row says, cell by cell, when a question names nothing but its number."""
    if not question.row or len(hits) != 1 or not hits[0].trace.get("row"):
        return None
    pieces: list[Piece] = []
    for span in spans_of(hits[0].clause):
        clause = span.clause
        cell = next((c for c in clause.cells if c.start <= clause.start + span.start < c.end), None)
        if cell is None or any(piece.lead == f"{cell.head}：" for piece in pieces):
            continue
        start = cell.start - clause.start
        whole_cell = Span(clause, start, start + len(cell.text), cell.text, cell.head)
        pieces.append(Piece(whole_cell, f"{cell.head}："))
    return Finding(Status.ANSWERED, Draft(tuple(pieces)), hits=tuple(hits)) if pieces else None


def source(question: str, cited: Sequence[Clause]) -> Finding | None:
    """Show the clauses that the last answer cites, when a question (search form) asks where that stands.

    None when it asks for something else; a refusal when nothing was cited yet.
    """
    if not _ASKS_SOURCE.fullmatch(question):
        return None
    if not cited:
        return refusal(phrases.NO_ANSWER_YET)
    pieces = tuple(Piece(whole(clause)) for clause in cited[:MOST_SOURCES])
    places = "；".join(clause.shown_path for clause in cited[:MOST_SOURCES])
    return Finding(Status.ANSWERED, Draft(pieces), phrases.SOURCE.format(places=places))


_ASKS_SOURCE = re.compile(
    r"(?:那|请问|你|您)?(?:前面|上面|刚才|刚刚|这|那|这个|那个|这条|上一个)?(?:说|讲|提到|回答|答案|规定|内容|话)?(?:的|是)*(?:在|出自|来自|依据)?"
    r"(?:(?:文件(?:的|里)?)?(?:哪|第几)一?[条款段章节句页里儿份](?:文件)?(?:写|说|规定|里)?(?:的|了)?|出处(?:呢|是?在?(?:哪里?|哪儿|什么))?|原文(?:呢|是什么|怎么[说写]的)?)[?？]?"
)


def within(question: Question, cited: Sequence[Clause]) -> Finding | None:
    """Find what a follow-up only asks (由谁负责, 哪年完成) in the clauses that the last answer cites."""
    if question.ask not in _SHOWN:
        return None
    spans = [span for clause in cited for span in spans_of(clause)]
    fitting = [s for s in spans if fits_kind(question, s, search_form(s.text))]
    if not fitting:
        return None
    best = next((s for s in fitting if s.is_units), fitting[0])
    return Finding(Status.ANSWERED, Draft((Piece(best),)), confidence=WITHIN)


_SHOWN = frozenset({Ask.RATIO, Ask.NUMBER, Ask.DATE, Ask.DURATION, Ask.UNIT})


def duties(question: Question, route: Route, view: LibraryView) -> Finding | None:
    """List what a named unit is responsible for; None when the question names no unit."""
    if not _DUTY.search(question.text) and not _SHARE.search(question.text):
        return None
    docs = view.primary(route.doc_ids)
    found: dict[str, list[Clause]] = {}
    for clause in view.within(docs):
        for span in spans_of(clause):
            if span.is_units:
                for name in re.split(r"[、，,；;和()（）]", search_form(span.text)):
                    if len(name) >= 3 and _named(name, question.text):
                        found.setdefault(name, []).append(clause)
    if not found:
        asked = _DUTY_OF.search(question.text)
        return refusal(phrases.NO_DUTY.format(unit=asked[1])) if asked else None
    name = max(found, key=lambda n: (len(n) if n in question.text else 0, len(found[n])))
    pieces = [Piece(_task(clause)) for clause in found[name][:MAX_LISTED]]
    count = str(len(found[name]))
    words = phrases.DUTIES.format(count=count)
    return Finding(Status.ANSWERED, Draft(tuple(pieces)), words, computed=(count,))


def _named(unit: str, text: str) -> bool:
    """Tell whether a question names a unit, with or without the level in front (市教育局, 教育局)."""
    return unit in text or (len(unit) > 3 and unit[0] in "省市县区" and unit[1:] in text)


_FIRST_PART = re.compile(r"[^，,；;。：:]{6,80}(?=[，,；;。：:]|$)|[^。]{1,80}(?=。|$)")


def _task(clause: Clause) -> Span:
    """Return the title of a clause, or the first telling cell of a row."""
    if clause.kind is ClauseKind.ROW:
        spans = [s for s in spans_of(clause) if not s.is_units and len(s.text) > 3]
        spans = [s for s in spans if TASK_HEADS.search(s.head)] or spans
        return spans[0] if spans else whole(clause)
    title = clause.path[-1].title
    start = clause.text.find(title) if title else -1
    if start < 0:
        end = _FIRST_PART.match(clause.text)
        stop = end.end() if end else min(len(clause.text), MAX_ITEM)
        return Span(clause, 0, stop, clause.text[:stop])
    return Span(clause, start, start + len(title), title)
