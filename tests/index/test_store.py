"""An index on disk is the old one or the new one, never half of either."""

import json
import resource
import shutil
import threading
from contextlib import contextmanager
from dataclasses import asdict

import numpy as np
import pytest

from index.analyzer import tokens
from index.build import build_store, read_library
from index.errors import BrokenIndexError
from index.store import SCHEMA, load_store, read_manifest, vector_index


@pytest.fixture
def saved(store, tmp_path):
    """The folder of a saved index."""
    folder = tmp_path / "index"
    store.save(folder, {"notice.txt": "1", "rules.txt": "2"})
    return folder


@pytest.fixture
def other(embedding, tmp_path):
    """An index of another document."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "a.txt").write_text("白云市补贴办法\n第一条 每人五百元。\n", encoding="utf-8")
    return build_store(read_library(folder).parsed, embedding)


def generation(folder):
    return folder / (folder / "current").read_text(encoding="utf-8")


def same(first, second):
    query = np.eye(1, first.dim, 5, dtype=np.float32)[0]
    return (
        first.documents == second.documents
        and first.clauses == second.clauses
        and first.text.scores(tokens("学校")).tolist()
        == second.text.scores(tokens("学校")).tolist()
        and first.context.scores(["青"]).tolist() == second.context.scores(["青"]).tolist()
        and all(map(np.array_equal, first.nearest(query, 99), second.nearest(query, 99)))
        and (first.embedding, first.dim) == (second.embedding, second.dim)
    )


def test_what_is_saved_is_equal_when_loaded(store, saved, embedding):
    assert same(load_store(saved, embedding.name), store)


def test_the_manifest_tells_what_the_index_was_made_of(store, saved, embedding):
    manifest = read_manifest(saved)
    assert (manifest.schema, manifest.embedding, manifest.dim) == (SCHEMA, embedding.name, 64)
    assert (manifest.documents, manifest.clauses) == (2, len(store.clauses))
    assert manifest.sources == {"notice.txt": "1", "rules.txt": "2"}
    assert {"documents.jsonl", "clauses.jsonl", "vectors.faiss"} < set(manifest.files)


def test_the_documents_of_the_repository_survive_the_round_trip(docs, embedding, tmp_path):
    store = build_store(read_library(docs).parsed, embedding)
    store.save(tmp_path / "index", {})
    assert same(load_store(tmp_path / "index", embedding.name), store)


def test_neighbours_are_those_of_a_dot_product():
    rows = np.random.default_rng(7).normal(size=(200, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    cosines, found = vector_index(rows).search(rows[3:4], 10)
    exact = rows @ rows[3]
    assert found[0].tolist() == np.argsort(-exact)[:10].tolist()
    np.testing.assert_allclose(cosines[0], np.sort(exact)[::-1][:10], atol=1e-6)


def test_fewer_neighbours_come_back_than_asked_for_and_best_first(store, embedding):
    vector = embedding.encode(["学校每学期演练两次"])[0]
    positions, cosines = store.nearest(vector, 1000)
    assert sorted(positions) == list(range(len(store.clauses)))
    assert (np.diff(cosines) <= 0).all()


def test_a_vector_of_another_width_is_refused(store):
    with pytest.raises(ValueError, match="width 64"):
        store.nearest(np.zeros(65, dtype=np.float32), 1)


def test_a_new_index_takes_the_place_of_the_old_one(store, saved, other, embedding):
    reader = load_store(saved, embedding.name)
    other.save(saved, {})
    assert same(reader, store)  # one that is in use is not touched
    assert same(load_store(saved, embedding.name), other)
    assert sorted(path.name for path in saved.iterdir()) == sorted(
        ["current", generation(saved).name]
    )


def test_readers_beside_a_writer_see_one_index_or_the_other(store, saved, other, embedding):
    seen, errors, done = [], [], threading.Event()

    def read():
        while not done.is_set():
            try:
                seen.append(len(load_store(saved, embedding.name).clauses))
                read_manifest(saved)
            except Exception as error:  # whatever it is, it must not be
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(40):
        (other, store)[turn % 2].save(saved, {})
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert set(seen) <= {len(store.clauses), len(other.clauses)}
    assert len(seen) > 5


def test_a_generation_that_was_never_finished_is_passed_over_and_cleared(
    store, saved, other, embedding
):
    torn = saved / "g-0123456789ab"
    shutil.copytree(generation(saved), torn)
    (torn / "manifest.json").unlink()
    (torn / "clauses.jsonl").write_text('{"clause', encoding="utf-8")
    assert same(load_store(saved, embedding.name), store)
    other.save(saved, {})
    assert not torn.exists()


@pytest.mark.parametrize("pointer", ["g-000000000000", "", "../x", "g-", ".", b"\xff\xfe"])
def test_a_pointer_to_nothing_is_told_and_nothing_is_lost(saved, embedding, pointer):
    good = generation(saved)
    data = pointer if isinstance(pointer, bytes) else pointer.encode()
    (saved / "current").write_bytes(data)
    for read in (lambda: load_store(saved, embedding.name), lambda: read_manifest(saved)):
        with pytest.raises(BrokenIndexError, match="重新建立"):
            read()
    (saved / "current").write_text(good.name, encoding="utf-8")
    assert load_store(saved, embedding.name).documents


def files():
    return ["documents.jsonl", "clauses.jsonl", "vectors.faiss", "text/data.csc.index.npy"]


@pytest.mark.parametrize("name", [*files(), "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "altered", "gone"])
def test_a_damaged_file_is_told(saved, embedding, name, damage):
    path = generation(saved) / name
    data = bytearray(path.read_bytes())
    if damage == "gone":
        path.unlink()
    else:
        middle = len(data) // 2
        data[0 if name == "manifest.json" else middle] ^= 0x01
        path.write_bytes(data[:middle] if damage == "cut" else data)
    with pytest.raises(BrokenIndexError, match="重新建立"):
        load_store(saved, embedding.name)


@pytest.mark.parametrize(
    "change",
    [{"schema": SCHEMA + 1}, {"schema": SCHEMA + 1, "new": 1}, {"new": 1}, {"embedding": "other"}],
    ids=["schema", "schema-and-field", "field", "embedding"],
)
def test_another_schema_or_embedding_is_told(saved, embedding, change):
    path = generation(saved) / "manifest.json"
    path.write_text(json.dumps(asdict(read_manifest(saved)) | change), encoding="utf-8")
    with pytest.raises(BrokenIndexError, match="重新建立"):
        load_store(saved, embedding.name)


def test_a_manifest_that_is_json_but_no_manifest_is_told(saved):
    for text in ("null", "[]", "{}", '"x"'):
        (generation(saved) / "manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(BrokenIndexError):
            read_manifest(saved)


def test_a_folder_without_an_index_is_told(tmp_path, embedding):
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(BrokenIndexError, match="没有索引"):
            load_store(folder, embedding.name)


@pytest.mark.parametrize("name", ["notes.txt", "g-photos", "g-0123"])
def test_an_index_is_not_written_among_other_files(store, tmp_path, name):
    (tmp_path / "mine" / name).mkdir(parents=True)
    with pytest.raises(BrokenIndexError, match="别的文件"):
        store.save(tmp_path / "mine", {})
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [name]


def test_an_index_is_not_written_over_a_file(store, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(BrokenIndexError, match="是一个文件"):
        store.save(tmp_path / "file", {})
    with pytest.raises(BrokenIndexError, match="写不进"):
        store.save(tmp_path / "file" / "below", {})
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@contextmanager
def files_no_longer_than(size):
    """Let no file grow past a number of bytes, as if the disk were full.

    The limit holds for the whole process, so it ends before pytest writes its own output again.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 10, 100, 500, 1000])
def test_a_full_disk_leaves_the_old_index(store, saved, other, embedding, size):
    before = sorted(path.name for path in saved.rglob("*"))
    full = pytest.raises(BrokenIndexError, match="原来的索引没有改动")
    with full, files_no_longer_than(size):
        other.save(saved, {})
    assert sorted(path.name for path in saved.rglob("*")) == before
    assert same(load_store(saved, embedding.name), store)
