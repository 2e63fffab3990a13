"""What is generated from the small services in ``services/``, byte for byte.

After a change that is meant, look at the difference of: python -m tests.codegen.regenerate
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.packages import SERVICES, generate, texts
from tests.codegen.regenerate import GOLDEN, PACKAGE


@pytest.mark.parametrize("service", SERVICES)
def test_the_output_is_the_golden_one(service: str, tmp_path: Path) -> None:
    made = texts(generate(SERVICES[service], tmp_path, f"{PACKAGE}.{service}"))
    golden = texts(GOLDEN / service)

    assert made.keys() == golden.keys()
    for path, text in golden.items():
        assert made[path] == text, path


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_output_is_the_same_under_any_hash_seed(
    service: str, seed: str, tmp_path: Path
) -> None:
    made = generate(SERVICES[service], tmp_path, f"{PACKAGE}.{service}", hash_seed=seed)
    assert texts(made) == texts(GOLDEN / service)


def test_the_output_is_the_same_wherever_ruff_finds_settings(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 40\nindent-width = 2\n")
    made = generate(SERVICES["tiny"], tmp_path, f"{PACKAGE}.tiny")
    assert texts(made) == texts(GOLDEN / "tiny")
