"""Which documents of a made-up library a question names."""

from __future__ import annotations

import pytest

from assistant.understanding.routing import Route, Router, place_names
from index.analyzer import normalise
from index.types import Document, DocumentKind


def document(
    doc_id: str, title: str, number: str = "", issuer: str = "", region: str = ""
) -> Document:
    reading = title.endswith("解读")
    kind = DocumentKind.INTERPRETATION if reading else DocumentKind.FULL
    return Document(doc_id, title, number, issuer, region, "", kind, f"{doc_id}.md", "", title, ())


DOCUMENTS = (
    document(
        "q", "青石市小微企业用工补贴办法", "青政办发〔2022〕15号", "青石市人民政府办公室", "青石市"
    ),
    document("q_解读", "《青石市小微企业用工补贴办法》解读", region="青石市"),
    document(
        "b", "白沙县园林局关于加强公园管理的通知", "白园〔2023〕6号", "白沙县园林局", "白沙县"
    ),
    document("y", "云川市养老服务条例", "云政发〔2020〕3号", "云川市人民政府", "云川市"),
    document("n", "南溪区养老补贴细则", "南民发〔2021〕8号", "云川市南溪区民政局", "云川市南溪区"),
)
CORPUS = normalise(
    "学习南京经验，贯彻国令〔2018〕9号，根据豫政办〔2018〕22号。".join(d.title for d in DOCUMENTS)
)


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(DOCUMENTS, CORPUS)


def route(router: Router, text: str) -> Route:
    return router.route(normalise(text))


@pytest.mark.parametrize(
    ("text", "doc_ids"),
    [
        ("白沙县公园几点开", {"b"}),
        ("白沙公园几点开", {"b"}),
        ("白沙縣公園幾點開", {"b"}),
        ("白沙县园林局发的通知", {"b"}),
        ("青石用工补贴", {"q", "q_解读"}),
        ("南溪养老补贴", {"n"}),
        ("云川市南溪区养老补贴", {"n"}),
        ("云川市养老补贴", {"y", "n"}),
        ("青石和白沙的文件", {"q", "q_解读", "b"}),
        ("补贴多少", set()),
    ],
)
def test_a_place_names_its_documents(router: Router, text: str, doc_ids: set[str]) -> None:
    assert set(route(router, text).doc_ids) == doc_ids


def test_each_named_place_has_its_own_documents_in_order(router: Router) -> None:
    assert route(router, "白沙县和云川市南溪区哪个高").places == (
        ("白沙县", ("b",)),
        ("云川市南溪区", ("n",)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "《青石市小微企业用工补贴办法》第三条",
        "《小微企业用工补贴办法》说了什么",
        "青石市小微企业用工补贴办法第三条",
    ],
)
def test_a_title_names_its_document_before_others(router: Router, text: str) -> None:
    assert route(router, text).doc_ids[0] == "q"
    assert set(route(router, text).doc_ids) <= {"q", "q_解读"}


@pytest.mark.parametrize(
    "text", ["青石市用工补贴办法的解读", "《青石市小微企业用工补贴办法》解读怎么说"]
)
def test_an_interpretation_is_named_by_its_kind(router: Router, text: str) -> None:
    assert route(router, text).doc_ids == ("q_解读",)


@pytest.mark.parametrize(
    "text",
    [
        "青政办发〔2022〕15号谁发的",
        "青政办发[2022]15号谁发的",
        "青政办发（2022）15号谁发的",
        "青政办发【2022】15号谁发的",
        "青政办发15号是什么",
        "15号文说了什么",
        "青石市15号文说了什么",
    ],
)
def test_a_number_names_one_document(router: Router, text: str) -> None:
    found = route(router, text)
    assert found.doc_ids == ("q",)
    assert found.is_certain
    assert found.unknown == ()


def test_a_short_number_is_no_document_of_another_place(router: Router) -> None:
    assert "q" not in route(router, "白沙县15号文说了什么").doc_ids


@pytest.mark.parametrize(
    "text",
    [
        "青政办发〔2022〕99号说了什么",
        "青政办发〔2021〕15号说了什么",
        "国发〔2019〕1号",
        "有人转给我个青政办〔2018〕22号",
    ],
)
def test_an_unknown_number_names_nothing(router: Router, text: str) -> None:
    found = route(router, text)
    assert found.doc_ids == ()
    assert found.unknown


@pytest.mark.parametrize(
    "text", ["国令〔2018〕9号", "豫政办〔2018〕22号", "说的是豫政办〔2018〕22号"]
)
def test_a_number_that_only_a_text_mentions_is_not_unknown(router: Router, text: str) -> None:
    assert route(router, text).unknown == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("杭州市补贴多少", "杭州"),
        ("杭州补贴多少", "杭州"),
        ("黑水县公园几点开", "黑水县"),
        ("俺是长治的，养老补贴多少", "长治"),
    ],
)
def test_a_place_without_documents_is_unknown(router: Router, text: str, place: str) -> None:
    found = route(router, text)
    assert found.doc_ids == ()
    assert place in found.unknown


def test_a_district_behind_its_city_is_unknown(router: Router) -> None:
    assert route(router, "云川青羊的养老补贴").unknown == ("青羊",)


@pytest.mark.parametrize(
    "text", ["云川新兴的养老补贴", "云川公安的补贴", "为了长治久安，云川怎么补"]
)
def test_words_that_name_counties_too_are_no_places(router: Router, text: str) -> None:
    assert route(router, text).unknown == ()


def test_a_place_that_only_a_text_mentions_is_elsewhere(router: Router) -> None:
    found = route(router, "南京补贴多少")
    assert (found.doc_ids, found.unknown, found.elsewhere) == ((), (), ("南京",))


@pytest.mark.parametrize(
    "text", ["哪个市县补贴高", "全市补贴多少", "我们县几点开园", "市县怎么分工", "各市补贴"]
)
def test_words_with_shi_and_xian_are_no_places(router: Router, text: str) -> None:
    assert route(router, text) == Route()


def test_a_place_goes_by_its_parts() -> None:
    names = place_names(DOCUMENTS[4])
    assert {"云川市南溪区", "南溪区", "南溪", "云川市", "云川"} <= names


@pytest.mark.parametrize("text", ["", "？", "〔〕号", "《》", "第号文", "1号", "号" * 2000])
def test_scraps_name_nothing(router: Router, text: str) -> None:
    assert route(router, text).doc_ids == ()


def test_a_library_without_letterheads_routes_nothing() -> None:
    assert Router((document("x", "某文"),), "某文").route("青石市补贴多少").doc_ids == ()


def test_an_unknown_number_is_told_without_the_words_in_front(router: Router) -> None:
    assert route(router, "有人转给我个安政办〔2018〕22号").unknown == ("安政办〔2018〕22号",)
