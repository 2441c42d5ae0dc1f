import pytest

from tools import chromium


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """An empty folder that is now the only one where programs are looked for."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "MAC_APPLICATIONS", [])
    return tmp_path


def write_program(file, body="exit 0"):
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return str(file)


def test_installed_chromium_is_found(programs):
    path = write_program(programs / "chromium-browser")

    assert chromium.find() == path


def test_chromium_of_the_environment_comes_first(programs, monkeypatch):
    write_program(programs / "chromium")
    own = write_program(programs / "my-chromium")
    monkeypatch.setenv("CHROMIUM", own)

    assert chromium.find() == own


def test_missing_chromium_stops_with_the_package_to_install(programs, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(SystemExit, match="Install it with: sudo apt-get install chromium"):
        chromium.ensure()


def test_missing_chromium_is_installed_where_nobody_has_to_be_asked(programs, monkeypatch, capsys):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    write_program(programs / "apt-get", f'[ "$2" = update ] || {{ echo "#!/bin/sh" > {programs}/chromium; /bin/chmod +x {programs}/chromium; }}')

    assert chromium.ensure() == str(programs / "chromium")
    assert capsys.readouterr().out == "Installing Chromium for the browser tests ...\n"


def test_installation_that_brings_no_chromium_stops_with_the_package(programs, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    write_program(programs / "apt-get", "exit 100")

    with pytest.raises(SystemExit, match="The browser tests need Chromium"):
        chromium.ensure()
