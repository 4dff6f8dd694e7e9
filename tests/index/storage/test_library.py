"""A folder of documents and its index: what comes, changes and goes, and what a crash leaves."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from index.analyzer import tokens
from index.build import build_store, read_library
from index.errors import NoDocumentsError
from index.storage import plan
from index.storage.catalogue import UnknownNameError
from index.storage.growth import to_join
from index.storage.library import Changes, Library
from index.storage.manifest import BusyError, read_manifest, writing
from index.storage.shelf import ShelfError
from index.storage.store import load_store

PLAN = "青教发〔2021〕8号\n青山市招生办法\n一、时间\n六月。\n"
DIGEST = "---\n发文字号: 青教发[2021]8号\n类型: 要点整理\n---\n# 青山市招生办法\n一、时间\n在夏天里招生，请留意。\n"


class Counting:
    """An embedding that knows how many texts it was asked for."""

    def __init__(self, embedding):
        self.name, self.dim, self._embedding, self.count = (
            embedding.name,
            embedding.dim,
            embedding,
            0,
        )

    def encode(self, texts):
        self.count += len(texts)
        return self._embedding.encode(texts)


@pytest.fixture
def counting(embedding):
    return Counting(embedding)


@pytest.fixture
def kept(tmp_path, counting):
    """An empty library whose files can be written by name."""
    (tmp_path / "docs").mkdir()
    return Library(tmp_path / "docs", tmp_path / "index", counting)


@pytest.fixture
def write(kept):
    """Write files of the library, given by name, as if long ago."""

    def write(**files):
        for name, text in files.items():
            path = kept.docs / name.replace("_txt", ".txt").replace("_md", ".md")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            stamp = random.randrange(10**17, 10**18)
            os.utime(path, ns=(stamp, stamp))

    return write


def notice(number, tail=""):
    return f"第{number}号通知\n一、事项{number}\n办理{number}件。{tail}\n二、期限\n{number}日内。\n"


def loaded(kept):
    return load_store(kept.index, kept.embedding.name)


def sources(reports):
    return [report.source for report in reports]


def is_as_if_new(kept, embedding):
    """Compare the index with one that is built at once in memory."""
    found, fresh = loaded(kept), build_store(read_library(kept.docs).parsed, embedding)
    query = embedding.encode(["办理事项"])[0]
    assert found.documents == fresh.documents
    assert found.clauses == fresh.clauses
    for words in (tokens("办理期限通知"), tokens("事项12")):
        np.testing.assert_allclose(found.text.scores(words), fresh.text.scores(words), rtol=1e-6)
        assert found.context.scores(words).tolist() == fresh.context.scores(words).tolist()
    assert all(map(np.array_equal, found.nearest(query, 9), fresh.nearest(query, 9)))


def test_new_changed_and_vanished_files_are_followed(kept, write, counting, embedding):
    write(a_txt=notice(1), b_txt=notice(2), c_txt=notice(3))
    assert sources(kept.sync().added) == ["a.txt", "b.txt", "c.txt"]
    before = counting.count
    write(b_txt=notice(2, "速办。"), d_txt=notice(4))
    (kept.docs / "a.txt").unlink()
    changes = kept.sync()
    assert (sources(changes.added), sources(changes.updated)) == (["d.txt"], ["b.txt"])
    assert (changes.removed, changes.unchanged, changes.failed) == (("a.txt",), ("c.txt",), ())
    assert counting.count - before == 1 + changes.added[0].clauses  # one clause of b has changed
    is_as_if_new(kept, embedding)


def test_what_has_not_changed_is_not_read(kept, write, monkeypatch):
    write(a_txt=notice(1), b_txt=b"", c_txt=notice(3))
    kept.sync()
    for name in ("a.txt", "b.txt", "c.txt"):
        stamp = (kept.docs / name).stat().st_mtime_ns
        (kept.docs / name).write_bytes(b"?" * (kept.docs / name).stat().st_size)
        os.utime(kept.docs / name, ns=(stamp, stamp))
    assert kept.sync() == Changes(unchanged=("a.txt", "b.txt", "c.txt"))


def test_a_file_that_was_only_touched_is_hashed_once(kept, write, counting, monkeypatch):
    write(a_txt=notice(1))
    kept.sync()
    os.utime(kept.docs / "a.txt", ns=(1, 1))
    asked = []
    real = plan.fingerprint
    monkeypatch.setattr(plan, "fingerprint", lambda path: asked.append(path) or real(path))
    counted = counting.count
    assert [kept.sync().unchanged for _ in range(3)] == [("a.txt",)] * 3
    assert len(asked) == 1
    assert counting.count == counted


def test_a_change_in_the_same_moment_and_of_the_same_size_is_seen(kept):
    for number in range(1, 9):
        (kept.docs / "a.txt").write_text(notice(number), encoding="utf-8")
        kept.sync()
        assert loaded(kept).documents["a"].title == f"第{number}号通知"


def test_a_sidecar_is_part_of_its_document(kept, write):
    write(a_txt=notice(1))
    kept.sync()
    (kept.docs / "a.txt.meta.toml").write_text('标题 = "另一个标题"\n', encoding="utf-8")
    assert sources(kept.sync().updated) == ["a.txt"]
    (kept.docs / "a.txt.meta.toml").unlink()
    assert sources(kept.sync().updated) == ["a.txt"]


def test_unreadable_files_are_remembered_until_they_change(kept, write):
    write(a_txt=notice(1), b_txt=b"", c_txt="- 1 -\n")
    failed = kept.sync().failed
    assert [report.source for report in failed] == ["b.txt", "c.txt"]
    assert all(report.error.startswith(report.source) for report in failed)
    assert kept.sync().failed == ()
    assert kept.refusals() == tuple(report.error for report in failed)
    write(b_txt=notice(2))
    assert sources(kept.sync().added) == ["b.txt"]
    assert len(kept.refusals()) == 1


def test_another_program_reads_everything_again_without_embedding_it(
    kept, write, counting, monkeypatch
):
    write(a_txt=notice(1), b_txt=b"")
    kept.sync()
    counted = counting.count
    for name in ("index.storage.plan", "index.storage.library"):
        monkeypatch.setattr(f"{name}.reader_version", lambda: "later")
    changes = kept.sync()
    assert (sources(changes.updated), sources(changes.failed)) == (["a.txt"], ["b.txt"])
    assert counting.count == counted
    assert kept.sync().unchanged == ("a.txt", "b.txt")


def test_a_missing_folder_is_told_and_the_index_stays(kept, write):
    write(a_txt=notice(1))
    kept.sync()
    shutil.rmtree(kept.docs)
    with pytest.raises(NoDocumentsError, match="找不到"):
        kept.sync()
    assert list(loaded(kept).documents) == ["a"]


def test_an_index_without_documents_can_be_opened(kept, write):
    assert kept.open().clauses == ()
    write(a_txt=notice(1))
    assert len(kept.open().documents) == 1
    (kept.docs / "a.txt").unlink()
    assert kept.open().clauses == ()


def test_a_digest_comes_back_when_the_full_text_goes(kept, write, embedding):
    write(a_md=DIGEST, a_txt=PLAN)
    kept.sync()
    assert [d.source for d in loaded(kept).documents.values()] == ["a.txt"]
    assert [report.doc_ids for report in kept.reports()] == [("a~2",), ("a",)]
    is_as_if_new(kept, embedding)
    kept.remove(["a"])
    (document,) = loaded(kept).documents.values()
    assert (document.doc_id, document.source) == ("a", "a.md")


def test_reports_tell_what_became_of_each_file(kept, write):
    write(a_txt="青山市计划\n- 1 -\n学校\t专业\n一中\t机电\n二中\t护理\n", b_txt=b"")
    kept.sync()
    first, second = kept.reports()
    assert (first.source, first.doc_ids, first.rows, first.ocr_pages) == ("a.txt", ("a",), 2, 0)
    assert first.clauses == len(loaded(kept).clauses)
    assert first.noise == 1
    assert (second.doc_ids, second.clauses) == ((), 0)
    assert second.error.startswith("b.txt")


def test_many_files_make_few_segments_and_the_same_index(kept, write, embedding):
    write(**{f"n{number}_txt": notice(number) for number in range(70)})
    kept.sync()
    for number in range(70, 90):
        write(**{f"n{number}_txt": notice(number)})
        kept.sync()
        assert len(read_manifest(kept.index).segments) <= 9
    is_as_if_new(kept, embedding)
    for number in range(0, 90, 2):
        (kept.docs / f"n{number}.txt").unlink()
    kept.sync()
    manifest = read_manifest(kept.index)
    assert to_join(manifest) == ()
    assert sum(entry.documents for entry in manifest.segments.values()) < 2 * manifest.documents
    is_as_if_new(kept, embedding)


def test_a_file_is_reported_after_it_is_safe(kept, write):
    write(**{f"n{number}_txt": notice(number) for number in range(70)})
    calls = []

    def progress(done, total, report):
        assert report.source in read_manifest(kept.index).sources
        calls.append((done, total))

    kept.sync(progress)
    assert calls == [(done, 70) for done in range(1, 71)]


def test_files_folders_and_archives_are_added(kept, tmp_path, embedding):
    for name in ("in/甲/a.txt", "in/甲/乙/b.txt", "in/.hidden.txt", "in/cat.jpeg2", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notice(len(name) * 7 + ord(path.stem[0])), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("x.txt", notice(501))
        archive.writestr("y.txt", notice(502))
    changes = kept.add([tmp_path / "in", tmp_path / "c.txt", tmp_path / "z.zip"])
    assert sources(changes.added) == ["c.txt", "in/甲/a.txt", "in/甲/乙/b.txt", "z.zip"]
    assert len(changes.added[-1].doc_ids) == 2
    assert len(loaded(kept).documents) == 5
    is_as_if_new(kept, embedding)
    assert not list(kept.docs.rglob("*.part"))


def test_a_clash_of_names_gets_a_number_and_a_copy_is_told(kept, write, tmp_path):
    write(a_txt=notice(1))
    other, same = tmp_path / "a.txt", tmp_path / "b.txt"
    other.write_text(notice(2), encoding="utf-8")
    same.write_text(notice(1), encoding="utf-8")
    changes = kept.add([other, same, other])
    assert sources(changes.added) == ["a.txt", "a~2.txt"]  # a.txt had not been indexed before
    assert [note.partition("：")[0] for note in changes.notes] == ["b.txt", "a.txt"]
    assert (kept.docs / "a.txt").read_text(encoding="utf-8") == notice(1)
    assert kept.add([other]).unchanged == ("a.txt", "a~2.txt")


def test_a_sidecar_comes_and_goes_with_its_document(kept, tmp_path):
    (tmp_path / "a.txt").write_text(notice(1), encoding="utf-8")
    (tmp_path / "a.meta.toml").write_text('标题 = "另一个标题"\n', encoding="utf-8")
    kept.add([tmp_path / "a.txt"])
    assert (kept.docs / "a.txt.meta.toml").is_file()
    kept.remove(["a.txt"])
    assert [path.name for path in kept.docs.iterdir()] == [".removed"]
    assert {path.name for path in kept.docs.rglob("a.txt*")} == {"a.txt", "a.txt.meta.toml"}


def test_a_path_to_nothing_and_a_file_of_no_kind_are_told(kept, tmp_path):
    with pytest.raises(ShelfError, match="找不到"):
        kept.add([tmp_path / "nothing.txt"])
    (tmp_path / "a.xyz").write_bytes(b"x")
    (tmp_path / "b.txt").write_text(notice(1), encoding="utf-8")
    changes = kept.add([tmp_path / "a.xyz", tmp_path / "b.txt"])
    assert changes.notes[0].startswith("a.xyz：")
    assert sources(changes.added) == ["b.txt"]


@pytest.mark.parametrize("name", ["n2", "n2.txt", "2号通", "第2号通知"])
def test_documents_are_removed_by_id_file_or_title(kept, write, name):
    write(n1_txt=notice(1), n2_txt=notice(2), n3_txt=notice(3))
    assert kept.remove([name, "n2"]).removed == ("n2.txt",)
    assert list(loaded(kept).documents) == ["n1", "n3"]
    (away,) = (kept.docs / ".removed").rglob("*.txt")
    assert away.read_text(encoding="utf-8") == notice(2)
    write(n2_txt=notice(4))
    kept.remove(["n2"])
    assert len(list((kept.docs / ".removed").rglob("*.txt"))) == 2


@pytest.mark.parametrize("name", ["通知", "没有", "", "号"])
def test_a_name_that_means_nothing_or_several_removes_nothing(kept, write, name):
    write(n1_txt=notice(1), n2_txt=notice(2))
    with pytest.raises(UnknownNameError):
        kept.remove(["n1", name])
    assert len(kept.sync().unchanged) == 2


def test_one_document_of_an_archive_does_not_take_the_others_along(kept):
    with zipfile.ZipFile(kept.docs / "z.zip", "w") as archive:
        archive.writestr("x.txt", notice(1))
        archive.writestr("y.txt", notice(2))
    kept.sync()
    with pytest.raises(UnknownNameError, match=r"z\.zip"):
        kept.remove(["第1号"])
    assert kept.remove(["z.zip"]).removed == ("z.zip",)
    assert loaded(kept).clauses == ()


def test_show_gives_a_file_and_its_documents(kept, write):
    write(a_md=DIGEST, a_txt=PLAN, b_txt=notice(1))
    kept.sync()
    store = loaded(kept)
    report, (parsed,) = kept.show("第1号")
    assert (report.source, parsed.document) == ("b.txt", store.documents["b"])
    assert parsed.clauses == tuple(c for c in store.clauses if c.doc_id == "b")
    assert kept.show("a.md")[1][0].clauses[0].clause_id.startswith("a~2#")


def test_check_names_what_is_amiss(kept, write):
    write(a_txt=notice(1), b_txt=notice(2), c_txt=notice(1), d_txt=b"")
    assert "没有索引" in kept.check()[0]
    kept.sync()
    assert [line.partition("：")[0] for line in kept.check()] == ["d.txt", "c.txt"]
    write(b_txt=notice(2, "改。"), e_txt=notice(5))
    (kept.docs / "d.txt").unlink()
    (kept.docs / "c.txt").unlink()
    assert {line.partition("：")[0] for line in kept.check()} == {
        "b.txt",
        "e.txt",
        "c.txt",
        "d.txt",
    }
    kept.sync()
    assert kept.check() == ()
    path = next((kept.index / "segments").glob("*/vectors.npz"))
    path.write_bytes(path.read_bytes()[:-1])
    assert "损坏" in kept.check()[0]
    kept.open()
    assert kept.check() == ()


def test_only_one_may_write(kept, write, monkeypatch):
    monkeypatch.setattr("index.storage.manifest._PATIENCE", 0.05)
    write(a_txt=notice(1))
    held, done = threading.Event(), threading.Event()

    def hold():
        with writing(kept.index):
            held.set()
            done.wait()

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    with pytest.raises(BusyError, match="另一个程序"):
        kept.sync()
    done.set()
    other.join()
    assert sources(kept.sync().added) == ["a.txt"]


def test_an_index_that_is_up_to_date_needs_no_writing(kept, write):
    write(a_txt=notice(1))
    kept.sync()
    with writing(kept.index):
        assert kept.open().documents


_NURSERY = """
import os, sys
from pathlib import Path
from conftest import HashedBigrams
from index.storage.library import Library

def add(inbox, docs, index):
    library = Library(docs, index, HashedBigrams())
    paths = sorted(inbox.iterdir())
    print(os.getpid(), flush=True)
    for first in range(0, len(paths), 4):
        library.add(paths[first : first + 4], lambda done, total, r: print(r.source, flush=True))

for _ in sys.stdin:
    if not (pid := os.fork()):
        add(*map(Path, sys.argv[1:]))
        os._exit(0)
    print("ended", os.waitpid(pid, 0)[1], flush=True)
"""


@pytest.fixture
def nursery(kept, tmp_path):
    """A program that, whenever told to, forks one that adds what lies in a folder, and names it."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _NURSERY, tmp_path / "inbox", kept.docs, kept.index],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (root, root / "tests")))},
    ) as program:
        yield program
        program.stdin.close()


def run_and_kill(nursery, seconds):
    """Let a child work for a time, None for until it ends; return what it reported and its end."""
    nursery.stdin.write("\n")
    pid = int(nursery.stdout.readline())
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    lines = iter(nursery.stdout.readline, "")
    reported = []
    for line in lines:
        if line.startswith("ended"):
            return reported, int(line.split()[1])
        reported.append(line.rstrip())
    raise AssertionError(reported)


def test_a_program_killed_at_any_moment_leaves_an_index_that_lacks_nothing_it_reported(
    kept, nursery, embedding, tmp_path
):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    texts = {f"n{number}.txt": notice(number) for number in range(200)}
    for name, text in texts.items():
        (inbox / name).write_text(text, encoding="utf-8")
    start = time.monotonic()
    kept.add([inbox / "n0.txt"])
    once = time.monotonic() - start
    chance, reported, killed = random.Random(20), {"n0.txt"}, 0
    for _ in range(20):
        names, end = run_and_kill(nursery, chance.random() * 2 * once)
        killed += end == signal.SIGKILL
        reported |= set(names)
        documents = loaded(kept).documents.values()
        assert reported <= {document.source for document in documents} <= set(texts)
    assert killed > 10
    assert run_and_kill(nursery, None)[1] == 0
    assert {document.source for document in loaded(kept).documents.values()} == set(texts)
    assert kept.check() == ()
    is_as_if_new(kept, embedding)


@pytest.mark.parametrize("name", ["旧办法", "旧办法.txt", "收文/旧办法"])
def test_a_file_in_a_folder_is_meant_by_its_name_alone(kept, name):
    (kept.docs / "收文").mkdir(parents=True)
    (kept.docs / "收文" / "旧办法.txt").write_text(notice(1), encoding="utf-8")
    assert kept.remove([name]).removed == ("收文/旧办法.txt",)
