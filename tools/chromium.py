"""The installed Chromium that the browser tests drive."""

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MAC_APPLICATIONS = ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
PACKAGES = ["chromium", "fonts-liberation"]
MISSING = (
    "The browser tests need Chromium. Install it with: sudo apt-get install chromium "
    "(macOS: brew install --cask chromium), or set CHROMIUM to the path of one."
)


def find() -> str | None:
    """The path of an installed Chromium or Chrome, or None; CHROMIUM in the environment comes first."""
    candidates = [os.environ.get("CHROMIUM", ""), *NAMES, *MAC_APPLICATIONS]
    return next((found for candidate in candidates if candidate and (found := shutil.which(candidate))), None)


def ensure() -> str:
    """The path of a Chromium, installed from Debian's packages if that needs no password; leaves with a sentence if not."""
    return find() or _installed() or sys.exit(MISSING)


def _installed() -> str | None:
    prefix = _administrator()
    if prefix is None or not shutil.which("apt-get"):
        return None
    print("Installing Chromium for the browser tests ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run([*prefix, "apt-get", "-qq", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False)
    return find()


def _administrator() -> list[str] | None:
    """The words in front of a command that let it run as root without asking, or None if nothing does."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


def launch_arguments() -> list[str]:
    """Options for a Chromium that talks to nobody but the pages under test; root has no sandbox."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet
