"""A cache gives what the model gives, whatever has become of its file."""

import sqlite3

import numpy as np
import pytest

from index.storage.cache import CachedEmbedding

TEXTS = ["学校每学期演练两次", "校车由公安部门管理", "六月一日报名", ""]


class Counting:
    """An embedding that notes which texts it was asked for."""

    def __init__(self, embedding, name="counting"):
        self.name, self.dim, self._embedding, self.asked = name, embedding.dim, embedding, []

    def encode(self, texts):
        self.asked += texts
        return self._embedding.encode(texts)


@pytest.fixture
def model(embedding):
    return Counting(embedding)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "embeddings.sqlite"


def test_a_text_is_embedded_once(model, embedding, path):
    expected = embedding.encode([*TEXTS, TEXTS[0]])
    for _ in range(2):
        found = CachedEmbedding(model, path).encode([*TEXTS, TEXTS[0]])
        assert np.array_equal(found, expected)
        assert found.dtype == np.float32
    assert model.asked == TEXTS


def test_only_what_is_missing_is_embedded(model, embedding, path):
    CachedEmbedding(model, path).encode(TEXTS[:2])
    mixed = [TEXTS[2], TEXTS[1], TEXTS[3]]
    assert np.array_equal(CachedEmbedding(model, path).encode(mixed), embedding.encode(mixed))
    assert model.asked == [TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[3]]


def test_another_model_has_vectors_of_its_own(model, embedding, path):
    CachedEmbedding(model, path).encode(TEXTS)
    other = Counting(embedding, "other")
    CachedEmbedding(other, path).encode(TEXTS)
    assert other.asked == TEXTS
    assert (CachedEmbedding(other, path).name, CachedEmbedding(other, path).dim) == ("other", 64)


def test_no_text_gives_no_rows(model, path):
    assert CachedEmbedding(model, path).encode([]).shape == (0, 64)
    assert model.asked == []


def test_the_oldest_are_forgotten(model, path):
    for number in range(30):
        CachedEmbedding(model, path, most=10).encode([f"第{number}条"])
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT COUNT(*) FROM vectors").fetchone() == (10,)
    file.close()
    model.asked.clear()
    CachedEmbedding(model, path).encode([f"第{number}条" for number in (19, 20, 29)])
    assert model.asked == ["第19条"]


def _cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def _scramble(path):
    path.write_bytes(b"no database" * 1000)


def _empty(path):
    path.write_bytes(b"")


def _zero_vectors(path):
    file = sqlite3.connect(path)
    with file:
        file.execute("UPDATE vectors SET vector = zeroblob(LENGTH(vector))")
    file.close()


def _other_table(path):
    path.unlink()
    file = sqlite3.connect(path)
    with file:
        file.execute("CREATE TABLE vectors (something)")
    file.close()


@pytest.mark.parametrize("damage", [_cut, _scramble, _empty, _zero_vectors, _other_table])
def test_a_damaged_file_is_not_believed(model, embedding, path, damage):
    texts = [f"第{number}条 {TEXTS[0]}" for number in range(50)]
    CachedEmbedding(model, path).encode(texts)
    damage(path)
    for _ in range(2):
        found = CachedEmbedding(model, path).encode(texts)
        assert np.array_equal(found, embedding.encode(texts))


def test_a_scrambled_file_is_begun_anew(model, path):
    _scramble(path)
    for _ in range(2):
        CachedEmbedding(model, path).encode(TEXTS)
    assert model.asked == TEXTS


def test_a_file_that_is_locked_or_out_of_reach_is_done_without(model, embedding, path, tmp_path):
    CachedEmbedding(model, path).encode(TEXTS)
    file = sqlite3.connect(path)
    file.execute("BEGIN EXCLUSIVE")
    for place in (path, tmp_path / "missing" / "x.sqlite", tmp_path):
        found = CachedEmbedding(model, place).encode(TEXTS)
        assert np.array_equal(found, embedding.encode(TEXTS))
    file.close()
