"""The key lies in a file of its own: made once, for its owner alone, and never quoted."""

import base64
import subprocess
import sys

import pytest

from db.cipher import Cipher, KeyFileError, load_or_create_key


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        Cipher(bytes(length))


def test_a_missing_key_is_made_for_its_owner_alone(tmp_path):
    path = tmp_path / "secrets" / "key"
    key = load_or_create_key(path)
    assert len(key) == 32
    assert load_or_create_key(path) == key
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert base64.b64decode(path.read_text()) == key
    assert [each.name for each in path.parent.iterdir()] == ["key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_may_read_is_refused(tmp_path, mode):
    path = tmp_path / "key"
    load_or_create_key(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=f"{mode:03o}"):
        load_or_create_key(path)


@pytest.mark.parametrize("content", ["", "zu kurz", "AAAA\n", "ä" * 44, "A" * 43 + "=\n" + "A" * 43 + "=\n"])
def test_a_file_that_holds_no_key_is_refused_and_not_quoted(tmp_path, content):
    path = tmp_path / "key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError) as caught:
        load_or_create_key(path)
    assert not content or content.strip() not in str(caught.value)
    assert path.read_text() == content


def test_a_folder_in_place_of_the_key_is_refused(tmp_path):
    with pytest.raises(KeyFileError):
        load_or_create_key(tmp_path)


def test_processes_that_start_at_once_get_the_same_key(tmp_path):
    code = (
        "import sys; from pathlib import Path; from db.cipher import load_or_create_key;"
        "print(load_or_create_key(Path(sys.argv[1])).hex())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "secrets" / "key")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate()[0] for process in started}) == 1
