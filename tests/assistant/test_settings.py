"""Settings from a file and the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings, SettingsError, read_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tiaowen.toml"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert read_settings(file, {}) == Settings()


def test_a_file_sets_values(file: Path) -> None:
    file.write_text('docs = "/文件"\nport = 8080\nthreshold = 0.5\nhost = "0.0.0.0"\n', "utf-8")
    settings = read_settings(file, {})
    assert (settings.docs, settings.port) == (Path("/文件"), 8080)
    assert (settings.threshold, settings.host) == (0.5, "0.0.0.0")
    assert settings.embedding == Settings().embedding


def test_the_environment_overrides_the_file(file: Path) -> None:
    file.write_text('port = 8080\nhost = "0.0.0.0"\n', "utf-8")
    environ = {"TIAOWEN_PORT": "9090", "TIAOWEN_THRESHOLD": "0.25", "PORT": "1"}
    settings = read_settings(file, environ)
    assert (settings.port, settings.host, settings.threshold) == (9090, "0.0.0.0", 0.25)


def test_the_environment_names_the_file(file: Path) -> None:
    file.write_text("port = 8080\n", "utf-8")
    assert read_settings(environ={"TIAOWEN_CONFIG": str(file)}).port == 8080


def test_a_home_folder_is_expanded(file: Path) -> None:
    settings = read_settings(file, {"TIAOWEN_DOCS": "~/政策"})
    assert settings.docs == Path.home() / "政策"


def test_an_unknown_name_is_told(file: Path) -> None:
    file.write_text("prot = 8080\n", "utf-8")
    with pytest.raises(SettingsError, match="prot"):
        read_settings(file, {})


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('port = "八千"', "port"),
        ("port = 80.5", "port"),
        ("port = [80]", "port"),
        ('threshold = "高"', "threshold"),
        ("threshold = true", "threshold"),
    ],
)
def test_a_value_of_the_wrong_type_is_told(file: Path, line: str, name: str) -> None:
    file.write_text(line, "utf-8")
    with pytest.raises(SettingsError, match=name):
        read_settings(file, {})


@pytest.mark.parametrize("line", ["docs = 5", "host = [1]", "threshold = nan", "threshold = 7"])
def test_a_value_without_sense_is_told(file: Path, line: str) -> None:
    file.write_text(line, "utf-8")
    with pytest.raises(SettingsError):
        read_settings(file, {})


@pytest.mark.parametrize("content", [b"port = ", b"= 8080", b"\xff\xfe\x00", b"port = 1\nport = 2"])
def test_a_broken_file_is_told(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=file.name):
        read_settings(file, {})
