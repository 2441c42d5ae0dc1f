"""The workshop around the product: what `make` calls. Nothing in here is needed to run the site in production."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
