"""An index on disk is the old one or the new one, never half of either."""

import json
import resource
import shutil
import threading
from contextlib import contextmanager

import numpy as np
import pytest

from index.analyzer import tokens
from index.build import build_store, read_library
from index.errors import BrokenIndexError
from index.storage.durable import hash_of
from index.storage.library import Library
from index.storage.manifest import SCHEMA, read_manifest
from index.storage.store import load_store, vector_index

OTHER = "白云市补贴办法\n第一条 每人五百元。\n"


@pytest.fixture
def kept(library, embedding, tmp_path):
    """The two made-up documents with their index on disk."""
    kept = Library(library, tmp_path / "index", embedding)
    kept.sync()
    return kept


@pytest.fixture
def saved(kept):
    """The folder of a saved index."""
    return kept.index


def segment(folder):
    (name,) = read_manifest(folder).segments
    return folder / "segments" / name


def same(first, second):
    query = np.eye(1, first.dim, 5, dtype=np.float32)[0]
    return (
        first.documents == second.documents
        and list(first.documents) == list(second.documents)
        and first.clauses == second.clauses
        and first.text.scores(tokens("学校")).tolist()
        == second.text.scores(tokens("学校")).tolist()
        and first.context.scores(["青"]).tolist() == second.context.scores(["青"]).tolist()
        and all(map(np.array_equal, first.nearest(query, 99), second.nearest(query, 99)))
        and (first.embedding, first.dim) == (second.embedding, second.dim)
    )


def test_what_is_saved_is_equal_when_loaded(store, saved, embedding):
    assert same(load_store(saved, embedding.name), store)


def test_the_manifest_tells_what_the_index_was_made_of(store, kept, embedding):
    manifest = read_manifest(kept.index)
    assert (manifest.schema, manifest.embedding, manifest.dim) == (SCHEMA, embedding.name, 64)
    assert (manifest.documents, manifest.clauses) == (2, len(store.clauses))
    assert manifest.sources == {
        name: hash_of((kept.docs / name).read_bytes()) for name in ("notice.txt", "rules.txt")
    }


def test_the_documents_of_the_repository_survive_the_round_trip(docs, embedding, tmp_path):
    store = build_store(read_library(docs).parsed, embedding)
    assert same(Library(docs, tmp_path / "index", embedding).open(), store)


def test_the_originals_survive_the_round_trip(originals, embedding, tmp_path):
    store = build_store(read_library(originals).parsed, embedding)
    assert same(Library(originals, tmp_path / "index", embedding).open(), store)


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


def test_the_nearest_of_some_positions_are_of_these_alone(store):
    vector = np.full(64, 0.125, dtype=np.float32)
    some = np.array([1, 4, 6])
    positions, cosines = store.nearest(vector, 1000, some)
    every = dict(zip(*map(np.ndarray.tolist, store.nearest(vector, 1000)), strict=True))
    assert sorted(positions) == [1, 4, 6]
    assert cosines.tolist() == [every[p] for p in positions.tolist()]


def test_a_vector_of_another_width_is_refused(store):
    with pytest.raises(ValueError, match="width 64"):
        store.nearest(np.zeros(65, dtype=np.float32), 1)


def test_a_reader_keeps_what_it_has_loaded(store, kept, embedding):
    reader = load_store(kept.index, embedding.name)
    (kept.docs / "other.txt").write_text(OTHER, encoding="utf-8")
    kept.sync()
    assert same(reader, store)
    assert len(load_store(kept.index, embedding.name).documents) == 3


def test_nothing_is_left_of_what_no_manifest_names(kept, embedding):
    (kept.index / "g-0123456789ab").mkdir()
    torn = kept.index / "segments" / "s-0123456789ab"
    shutil.copytree(segment(kept.index), torn)
    (torn / "clauses.jsonl").write_text('{"clause', encoding="utf-8")
    assert len(load_store(kept.index, embedding.name).documents) == 2
    (kept.docs / "notice.txt").unlink()
    (kept.docs / "rules.txt").write_text(OTHER, encoding="utf-8")
    kept.sync()
    only = segment(kept.index)
    assert [path.name for path in only.parent.iterdir()] == [only.name]
    names = {path.name for path in kept.index.iterdir() if path.name[0] != "."}
    current = (kept.index / "current").read_text(encoding="utf-8")
    assert names == {"current", current, "embeddings.sqlite", "segments"}


def test_readers_beside_a_writer_see_one_index_or_the_other(kept, embedding):
    seen, errors, done = set(), [], threading.Event()

    def read():
        while not done.is_set():
            try:
                seen.add(tuple(load_store(kept.index, embedding.name).documents))
                read_manifest(kept.index)
            except Exception as error:  # whatever it is, it must not be
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(20):
        path = kept.docs / "other.txt"
        path.unlink() if turn % 2 else path.write_text(OTHER, encoding="utf-8")
        kept.sync()
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert seen == {("notice", "rules"), ("notice", "other", "rules")}


@pytest.mark.parametrize("pointer", ["m-000000000000.json", "", "../x", "m-", ".", b"\xff\xfe"])
def test_a_pointer_to_nothing_is_told_and_nothing_is_lost(saved, embedding, pointer):
    good = (saved / "current").read_bytes()
    (saved / "current").write_bytes(pointer if isinstance(pointer, bytes) else pointer.encode())
    for read in (lambda: load_store(saved, embedding.name), lambda: read_manifest(saved)):
        with pytest.raises(BrokenIndexError, match="重新建立"):
            read()
    (saved / "current").write_bytes(good)
    assert load_store(saved, embedding.name).documents


FILES = ["documents.jsonl", "clauses.jsonl", "text.npz", "context.npz", "vectors.npz", "manifest"]


def damage(folder, name, how):
    path = next(folder.glob("m-*")) if name == "manifest" else segment(folder) / name
    data = bytearray(path.read_bytes())
    if how == "gone":
        path.unlink()
    else:
        middle = len(data) // 2
        data[middle] ^= 0x01
        path.write_bytes(data[:middle] if how == "cut" else data)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["cut", "altered", "gone"])
def test_a_damaged_file_is_told(saved, embedding, name, how):
    damage(saved, name, how)
    with pytest.raises(BrokenIndexError, match="重新建立"):
        load_store(saved, embedding.name)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_index_is_built_anew_from_the_documents(kept, store, name):
    damage(kept.index, name, "altered")
    assert same(kept.open(), store)


def rewrite(folder, text):
    """Put another text, well sealed, in the place of the manifest."""
    name = f"m-{hash_of(text.encode())}.json"
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "current").write_text(name, encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [{"schema": SCHEMA + 1}, {"schema": SCHEMA + 1, "new": 1}, {"new": 1}, {"embedding": "other"}],
    ids=["schema", "schema-and-field", "field", "embedding"],
)
def test_another_schema_or_embedding_is_told(saved, embedding, change):
    data = json.loads(next(saved.glob("m-*")).read_text(encoding="utf-8"))
    rewrite(saved, json.dumps(data | change))
    with pytest.raises(BrokenIndexError, match="重新建立"):
        load_store(saved, embedding.name)


@pytest.mark.parametrize("text", ["null", "[]", "{}", '"x"', "", f'{{"schema": {SCHEMA}}}'])
def test_a_manifest_that_is_json_but_no_manifest_is_told(saved, text):
    rewrite(saved, text)
    with pytest.raises(BrokenIndexError, match="重新建立"):
        read_manifest(saved)


def test_a_folder_without_an_index_is_told(tmp_path, embedding):
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(BrokenIndexError, match="没有索引"):
            load_store(folder, embedding.name)


@pytest.mark.parametrize("name", ["notes.txt", "g-photos", "g-0123", "m-1.json"])
def test_an_index_is_not_written_among_other_files(library, embedding, tmp_path, name):
    (tmp_path / "mine" / name).mkdir(parents=True)
    with pytest.raises(BrokenIndexError, match="别的文件"):
        Library(library, tmp_path / "mine", embedding).sync()
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [name]


def test_hidden_files_are_not_other_files(library, embedding, tmp_path):
    (tmp_path / "mine" / ".lock").mkdir(parents=True)
    (tmp_path / "mine" / ".lock").rmdir()
    (tmp_path / "mine" / ".DS_Store").write_bytes(b"x")
    assert len(Library(library, tmp_path / "mine", embedding).open().documents) == 2


def test_an_index_is_not_written_over_a_file(library, embedding, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(BrokenIndexError, match="是一个文件"):
        Library(library, tmp_path / "file", embedding).sync()
    with pytest.raises(BrokenIndexError, match="写不进"):
        Library(library, tmp_path / "file" / "below", embedding).sync()
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
def test_a_full_disk_leaves_the_old_index(store, kept, embedding, size):
    before = sorted(path.name for path in kept.index.rglob("*"))
    (kept.docs / "other.txt").write_text(OTHER, encoding="utf-8")
    full = pytest.raises(BrokenIndexError, match="磁盘空间不足。原来的索引没有改动")
    with full, files_no_longer_than(size):
        kept.sync()
    assert sorted(path.name for path in kept.index.rglob("*")) == before
    assert same(load_store(kept.index, embedding.name), store)
    assert len(kept.open().documents) == 3
