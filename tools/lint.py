"""`make lint`: everything that can be said about the sources without running them.

Every check runs, also after a failure; the exit code is 1 if any of them complained.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator

from tools import ROOT
from tools.format import templates

BIN = f"{ROOT}/.venv/bin"
MANAGE = [f"{BIN}/python", "manage.py"]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "dialogo.settings",
    "DEBUG": "false",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "ALLOWED_HOSTS": "meetings.example.org",
    "SITE_URL": "https://meetings.example.org",
    "DEFAULT_FROM_EMAIL": "registration@meetings.example.org",
    "DATABASE_URL": "sqlite://:memory:",
}


def main() -> None:
    (ROOT / "var").mkdir(exist_ok=True)
    failed = [name for name, command in checks() if not passes(name, command)]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def checks() -> Iterator[tuple[str, list[str]]]:
    """Every check with the command that runs it, the quick ones first."""
    yield "format", [f"{BIN}/ruff", "format", "--check", "--output-format", "concise"]
    yield "lint", [f"{BIN}/ruff", "check", "--quiet", "--output-format", "concise"]
    if pages := templates():
        yield "template indentation", [f"{BIN}/djhtml", "--check", "--tabwidth", "2", *pages]
        yield "template style", [f"{BIN}/djade", "--check", "--target-version", "5.2", *pages]
    yield "sources", [f"{BIN}/python", "-m", "tools.sources"]
    yield "catalogues", [f"{BIN}/python", "-m", "tools.catalogues"]
    yield "import direction", [f"{BIN}/lint-imports", "--no-logo"]
    yield "migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]
    yield "deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
    yield "types", [f"{BIN}/mypy"]


def passes(name: str, command: list[str]) -> bool:
    """Whether the command ended well; what it printed is shown only if it did not."""
    print(f"Checking {name} ...", flush=True)
    result = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **PRODUCTION}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if result.returncode:
        print(result.stdout, flush=True)
    return result.returncode == 0


if __name__ == "__main__":
    main()
