"""Packages generated from the small services in ``services/``, byte for byte.

After an intended change, run ``python -m tests.codegen.regenerate`` and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.packages import SERVICES, generate, texts
from tests.codegen.regenerate import GOLDEN, PACKAGE


@pytest.mark.parametrize("service", SERVICES)
def test_the_output_is_the_golden_one(service: str, tmp_path: Path) -> None:
    generated = texts(generate(SERVICES[service], tmp_path, f"{PACKAGE}.{service}"))
    golden = texts(GOLDEN / service)

    assert generated.keys() == golden.keys()
    for path, text in golden.items():
        assert generated[path] == text, path


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_output_is_the_same_under_any_hash_seed(
    service: str, seed: str, tmp_path: Path
) -> None:
    generated = generate(SERVICES[service], tmp_path, f"{PACKAGE}.{service}", hash_seed=seed)
    assert texts(generated) == texts(GOLDEN / service)


def test_the_output_is_the_same_wherever_ruff_finds_settings(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 40\nindent-width = 2\n")
    generated = generate(SERVICES["tiny"], tmp_path, f"{PACKAGE}.tiny")
    assert texts(generated) == texts(GOLDEN / "tiny")
