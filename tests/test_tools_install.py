import re
import shutil
import subprocess

import pytest

from tools import ROOT

LOCK_FILES = ["requirements.txt", "requirements-dev.txt"]


@pytest.fixture
def project(tmp_path):
    """A copy of the installer with a lock file and a folder for the only programs it will find."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "tools" / "install", tmp_path / "tools" / "install")
    (tmp_path / "requirements.txt").write_text("django==5.2\n")
    for program in ("sh", "dirname", "cmp", "cp"):
        (tmp_path / "bin" / program).symlink_to(shutil.which(program))
    return tmp_path


def install(project):
    return subprocess.run(
        ["tools/install", "requirements.txt"], cwd=project, env={"PATH": str(project / "bin")}, capture_output=True, text=True, check=False
    )


def write_program(file, body):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)


@pytest.mark.parametrize("name", LOCK_FILES)
def test_lock_file_names_no_place_of_one_machine_or_registry(name):
    text = (ROOT / name).read_text()

    assert re.findall(r"https?://|file:|--find-links|--index-url|--extra-index-url|(?m:^ *-e )", text) == []
    assert text.splitlines()[1] == "#    make lock"


@pytest.mark.parametrize("name", LOCK_FILES)
def test_every_locked_version_has_its_hashes(name):
    requirements = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(), flags=re.IGNORECASE)[1:]

    assert requirements
    assert [requirement.split()[0] for requirement in requirements if "--hash=sha256:" not in requirement] == []


def test_both_lock_files_agree_on_every_version():
    runtime, development = (dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCK_FILES)

    assert {name: version for name, version in development.items() if runtime.get(name, version) != version} == {}


def test_python_that_is_too_old_is_refused_with_the_package_to_install(project):
    write_program(project / "bin" / "python3", "exit 1")

    result = install(project)

    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11 or later is missing. Install it with: sudo apt-get install python3 python3-venv")


def test_missing_venv_is_refused_with_the_package_to_install(project):
    write_program(project / "bin" / "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')

    result = install(project)

    assert result.returncode == 1
    assert result.stderr == "Python's venv module is missing. Install it with: sudo apt-get install python3-venv\n"


def test_second_call_does_nothing_until_the_lock_file_changes(project):
    write_program(project / ".venv" / "bin" / "python", "exit 0")

    first, second = install(project), install(project)
    (project / "requirements.txt").write_text("django==5.2.1\n")
    third = install(project)

    installing = "Installing the locked dependencies (requirements.txt) ...\n"
    assert [first.stdout, second.stdout, third.stdout] == [installing, "", installing]


def test_failed_installation_is_tried_again(project):
    write_program(project / ".venv" / "bin" / "python", 'case "$2" in pip) exit 1 ;; esac')

    first, second = install(project), install(project)

    assert first.returncode == second.returncode == 1
    assert first.stderr == "The dependencies could not be installed; pip says why above.\n"
