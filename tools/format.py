"""`make format`: one look for all Python and all templates."""

import subprocess

from tools import ROOT

BIN = f"{ROOT}/.venv/bin"


def main() -> None:
    pages = templates()
    run(f"{BIN}/ruff", "check", "--fix-only", "--quiet")
    run(f"{BIN}/ruff", "format", "--quiet")
    if pages:
        run(f"{BIN}/djade", "--target-version", "5.2", *pages)
        run(f"{BIN}/djhtml", "--tabwidth", "2", *pages)


def templates() -> list[str]:
    """The HTML templates, relative to the project's folder."""
    found = [path for folder in ("templates", "registrations") for path in (ROOT / folder).rglob("*.html")]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=False)


if __name__ == "__main__":
    main()
