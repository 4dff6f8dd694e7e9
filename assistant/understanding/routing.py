"""Which documents a question names: by place, by title, by number, by issuing body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.understanding.lexicon import place_pattern
from index.analyzer import normalise
from index.types import Document

_SUFFIX = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|高新区|经开区|开发区|新区|街道|镇|乡|省|市|县|区|州|盟|旗)$"
)
_REGION_PARTS = re.compile(r".{2,}?(?:省|自治区|市|自治州|地区|盟|县|区|旗)")
_PLACE = re.compile(
    r"(?:^|(?<=[,，。?？!！、(（的在是和跟与问]))([\u4e00-\u9fff]{2,3})(省|市|县|区)(?![级里内外属直厅委局政人管教]|中心)"
)
_NOT_PLACES = re.compile(
    r"[听说哪各隔租买卖搬嫁每某全本我你他她其该这那几多两一二三四五六七八九十的在有和与是比到从向给对跟如像个省市县区级之所据问外当上下里及想去找来往]|城$|都$|县级|地级|超$|街$|[园地社小校辖厂库片景郊山城片]$|学|职|教|办|政|府|企|业|中心"
)
_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,8})\(?[〔\[(【]((?:19|20)\d\d)[〕\])】]\)?(\d{1,4})号")
_SAID_BEFORE = re.compile("^.*[个份的了给是叫说看到为按照据](?=.{2})")
_ANY_ISSUER = re.compile("[政府办发厅函文字秘令规]")
_SERIAL = re.compile(r"(?:[〔\[(【]?((?:19|20)\d\d)[〕\])】]?年?)?第?(\d{1,4})号(文)?")


_NUMBERED = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}[政教办发字函文]{1,4})?[〔\[(【]?(?:(?:19|20)\d\d)?[〕\])】]?年?第?\d{1,4}号(?:文件|文|通知)?"
)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question points.

    `doc_ids` are the documents it names, best match first, empty when it names none; `words`
    are the words that named them, which are no content; `unknown` are places that no document
    is from; `elsewhere` are places that no document is from but some text mentions; `is_certain` tells
    that the documents were named beyond doubt, as by a 文号; `places` maps each named place to its documents, in the order of the question.
    """

    doc_ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    is_certain: bool = False
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Router:
    """Knows the names of all documents of a library."""

    def __init__(self, documents: Sequence[Document], corpus: str) -> None:
        """Collect names; `corpus` is all text in search form, to know which places occur in it."""
        self._documents = documents
        self._corpus = corpus
        self._places: dict[str, list[str]] = {}
        for document in documents:
            for name in place_names(document):
                self._places.setdefault(name, []).append(document.doc_id)
        self._titles = {d.doc_id: normalise(d.title) for d in documents}
        self._numbers = {normalise(d.number): d.doc_id for d in documents if d.number}

    def route(self, text: str) -> Route:
        """Find the documents that `text`, in search form, names."""
        by_number = self._by_number(text)
        if by_number:
            whole = [number for number in self._numbers if number in text]
            words = [*whole, *(m[0] for m in _NUMBERED.finditer(text)), *self._by_place(text)[1]]
            return Route(tuple(by_number), tuple(words), is_certain=True)
        numbers = self._unknown_numbers(text)
        if numbers:
            return Route(unknown=tuple(numbers))
        places, words = self._by_place(text)
        doc_ids = list(dict.fromkeys(doc for _, docs in places for doc in docs))
        titled = self._by_title(text, doc_ids)
        if titled and (len(places) <= 1):
            doc_ids = titled
        unknown, elsewhere = self._other_places(text, words)
        return Route(tuple(doc_ids), tuple(words), unknown, elsewhere, places=tuple(places))

    def _by_number(self, text: str) -> list[str]:
        """Find documents by 发文字号, whole (高政办发〔2021〕37号) or short (安政办2号文, 37号文)."""
        found = [doc for number, doc in self._numbers.items() if number in text]
        for match in _SERIAL.finditer(text) if not found else ():
            year, serial, tail = match[1] or "", match[2], match[3]
            for number, doc in self._numbers.items():
                prefix, _, rest = number.partition("〔")
                same = rest == f"{year or rest[:4]}〕{serial}号"
                if same and (prefix in text or (tail and self._is_from(doc, text))):
                    found.append(doc)
        return list(dict.fromkeys(found))

    def _is_from(self, doc_id: str, text: str) -> bool:
        named = [name for name, docs in self._places.items() if name in text]
        return not named or any(doc_id in self._places[name] for name in named)

    def _unknown_numbers(self, text: str) -> list[str]:
        """Find 发文字号 that no document has and no text mentions."""
        return [
            f"{_SAID_BEFORE.sub('', match[1])}〔{match[2]}〕{match[3]}号"
            for match in _NUMBER.finditer(text)
            if not self._is_known(match)
        ]

    def _is_known(self, number: re.Match[str]) -> bool:
        """Tell whether a text mentions the number, with the prefix it has in the question.

        Other words may stand in front of either (转给我个安政办, 根据豫政办); 政办 alone is no prefix they share.
        """
        tail = re.escape(f"〔{number[2]}〕{number[3]}号")
        for mentioned in re.finditer(rf"([\u4e00-\u9fff]{{0,8}}){tail}", self._corpus):
            ends = zip(reversed(number[1]), reversed(mentioned[1]), strict=False)
            shared = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], ends))[::-1]
            if shared in (number[1], mentioned[1]) or _ANY_ISSUER.sub("", shared):
                return True
        return False

    def _by_place(self, text: str) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
        found: dict[tuple[str, ...], tuple[int, str]] = {}
        words: list[str] = []
        rest = text
        for name in sorted(self._places, key=len, reverse=True):
            position = rest.find(name)
            if position < 0:
                continue
            words.append(name)
            docs = tuple(self._places[name])
            if docs not in found:
                found[docs] = (position, name)
            rest = rest.replace(name, "\0" * len(name))
        ordered = sorted(found.items(), key=lambda item: item[1][0])
        return _innermost([(name, docs) for docs, (_, name) in ordered]), words

    def _by_title(self, text: str, among: Sequence[str]) -> list[str]:
        """Choose documents whose title stands in the question, or whose kind is named in it."""
        candidates = among or list(self._titles)
        quoted = [re.sub(r"[《》]", "", t) for t in re.findall(r"《[^》]{4,}》?", text)]
        exact = [
            doc
            for doc in candidates
            if any(q in self._titles[doc] or self._titles[doc] in q for q in quoted)
            or (len(self._titles[doc]) > 6 and self._titles[doc].strip("《》") in text)
        ]
        if "解读" in text:
            readings = [d for d in exact or candidates if self._titles[d].endswith("解读")]
            return readings or exact
        return exact

    def _other_places(
        self, text: str, known: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Find places that no document is from: those no text mentions, and those some does."""
        for word in known:
            text = text.replace(word, "\0" * len(word))
        listed = [
            m[0]
            for m in place_pattern().finditer(text)
            if not _is_visited(text, m) and not self._is_part_of_name(text, m)
        ]
        named = [place for place in listed if not self._occurs(place)]
        for match in _PLACE.finditer(text):
            stem = match[1][-2:] if _NOT_PLACES.search(match[1][:1]) else match[1]
            if not _NOT_PLACES.search(stem) and not self._occurs(stem[-2:]):
                named.append(stem + match[2])
        elsewhere = [place for place in listed if self._occurs(place)]
        return tuple(dict.fromkeys(named)), tuple(dict.fromkeys(elsewhere))

    def _is_part_of_name(self, text: str, place: re.Match[str]) -> bool:
        """Tell a place that is the end of a name that the documents know: 沙河 of 北沙河, 银沙河."""
        before = text[max(place.start() - 1, 0)]
        is_name = place.start() > 0 and _OF_NAME.fullmatch(before) is not None
        return is_name and self._occurs(f"{before}{place[0]}")

    def _occurs(self, name: str) -> bool:
        return name in self._corpus


_OF_NAME = re.compile("[\u4e00-\u9fff](?<![在去到从与和及或跟同于由对向往赴离自经省市县区的是])")


def _is_visited(text: str, place: re.Match[str]) -> bool:
    """Tell a place that somebody only goes to (去海南过冬, 在上海看病): its rules are not asked for."""
    going = re.search(r"[去跑到在往赴][了过]?$", text[: place.start()])
    return going is not None and _STAYS.match(text, place.end()) is not None


_STAYS = re.compile(
    r"[省市]?[^，。？]{0,2}?(?:看[的了个]?病|支教|当[了过]?(?:[一二两三四五六七八九十\d]+年)?兵|服[过了]?兵?役|待过|援|实习|治|住院|就医|就诊|打工|务工|出差|读书|上学|过冬|过年|过，|旅游|培训|学习)"
)


def place_names(document: Document) -> set[str]:
    """Return the names a document's place goes by: 成都市温江区 → also 温江区, 温江, 成都市, 成都."""
    names: set[str] = set()
    region = normalise(document.region)
    parts = _REGION_PARTS.findall(region)
    for part in [region, *parts]:
        if len(part) >= 2:
            names.add(part)
            stem = _SUFFIX.sub("", part)
            if len(stem) >= 2:
                names.add(stem)
    names.update(normalise(one) for one in document.issuer.split("、") if one)
    return {name for name in names if len(name) >= 2}


def _innermost(
    places: list[tuple[str, tuple[str, ...]]],
) -> list[tuple[str, tuple[str, ...]]]:
    """Drop a place whose documents are a superset of another named place's (成都 beside 温江)."""
    return [
        (name, docs)
        for name, docs in places
        if not any(set(other) < set(docs) for _, other in places)
    ]
