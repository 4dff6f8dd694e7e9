"""Texts to unit vectors, by the built-in model and by folders of others."""

import json
import shutil

import numpy as np
import pytest

from index.embedding import BUILT_IN, StaticEmbedding, is_static, load_embedding, unit
from index.errors import ModelError

TEXTS = [
    "高平中专2022年招生目标是多少",
    "达到全市中考总人数的20%以上",
    "职業教育",
    "🙂",
    "a" * 5000,
]


@pytest.fixture(scope="module")
def built_in():
    return load_embedding("")


def test_rows_have_length_one_and_the_width_told(built_in):
    vectors = built_in.encode(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), built_in.dim), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors[:2], axis=1), 1, atol=1e-5)
    assert np.isfinite(vectors).all()


def test_no_texts_give_no_rows(built_in):
    assert built_in.encode([]).shape == (0, built_in.dim)


def test_an_empty_text_is_no_number_that_is_not_one(built_in):
    assert np.isfinite(built_in.encode(["", " ", "招生"])).all()


def test_a_row_does_not_depend_on_its_neighbours(built_in):
    together = built_in.encode(TEXTS)
    alone = np.concatenate([built_in.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_text_is_nearer_to_its_paraphrase_than_to_another(built_in):
    school, near, far = built_in.encode(
        ["中职学校招生人数", "职业学校招收学生的数量", "煤炭安全检查"]
    )
    assert school @ near > school @ far


def test_a_long_text_is_read_to_its_end(built_in):
    start = "招生" * 2000
    first, second = built_in.encode([start, start + "煤炭" * 2000])
    assert first @ second < 0.99


def test_the_built_in_model_is_what_sentence_transformers_makes_of_its_folder(built_in):
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(BUILT_IN), device="cpu").encode(
        TEXTS, show_progress_bar=False
    )
    known = np.linalg.norm(built_in.encode(TEXTS), axis=1) > 0
    cosines = (unit(reference.astype(np.float32)) * built_in.encode(TEXTS)).sum(axis=1)
    assert known[:3].all()
    assert (cosines[known] > 0.999).all()


def test_the_name_changes_with_the_weights(built_in, tmp_path):
    copy = tmp_path / BUILT_IN.name
    shutil.copytree(BUILT_IN, copy)
    assert load_embedding(str(copy)).name == built_in.name
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert load_embedding(str(copy)).name != built_in.name


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_broken_folder_is_a_model_error(tmp_path, name, damage):
    shutil.copytree(BUILT_IN, tmp_path / "model")
    path = tmp_path / "model" / name
    whole = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(b"" if damage == "empty" else whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="读不出来"):
        load_embedding(str(tmp_path / "model"))


@pytest.mark.parametrize("modules", [None, "", "{}", "[]", '[{"type": "x.Transformer"}]', "[1]"])
def test_only_a_folder_of_one_static_embedding_is_static(tmp_path, modules):
    if modules is not None:
        (tmp_path / "modules.json").write_text(modules, encoding="utf-8")
    assert not is_static(tmp_path)
    assert is_static(BUILT_IN)


def test_a_static_folder_without_normalisation_gives_unit_rows(tmp_path):
    folder = shutil.copytree(BUILT_IN, tmp_path / "model")
    modules = json.loads((BUILT_IN / "modules.json").read_text(encoding="utf-8"))
    (folder / "modules.json").write_text(json.dumps(modules[:1]), encoding="utf-8")
    np.testing.assert_allclose(
        StaticEmbedding(folder).encode(TEXTS), StaticEmbedding(BUILT_IN).encode(TEXTS), atol=1e-5
    )


def test_zeros_stay_zeros_when_scaled():
    scaled = unit(np.array([[3, 4], [0, 0]], dtype=np.float32))
    np.testing.assert_allclose(scaled, [[0.6, 0.8], [0, 0]], rtol=1e-6)
