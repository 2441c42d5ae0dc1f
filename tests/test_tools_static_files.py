import os

import pytest

from tools.static_files import fingerprint


@pytest.fixture
def project(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "site.css").write_text("a {}")
    (tmp_path / "requirements.txt").write_text("django==5.2\n")
    return tmp_path


def test_unchanged_files_have_the_same_fingerprint(project):
    assert fingerprint(project) == fingerprint(project)


@pytest.mark.parametrize("change", ["static/site.css", "static/new.css", "requirements.txt"])
def test_changed_new_or_upgraded_files_have_another_fingerprint(project, change):
    before = fingerprint(project)

    (project / change).write_text("b {}")
    os.utime(project / change, (1, 1))

    assert fingerprint(project) != before
