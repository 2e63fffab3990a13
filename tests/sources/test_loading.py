"""Every kind of document that a command takes, told by what is in it."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import botocore
import pytest

from codegen.errors import InputError
from codegen.sources.loading import load, load_page
from tests.sources import wheels
from tests.sources.own_pages import FLATTENED, INDENTED, R

RUNTIME = "sagemaker-runtime"


def test_a_wheel_an_sdist_and_the_installed_botocore_are_the_same(tmp_path: Path) -> None:
    """Paginators, waiters and botocore's own extras among them: Search has all it needs."""
    version = botocore.__version__
    installed = load("installed")
    assert installed.label == f"botocore {version}"
    assert load(wheels.wheel(tmp_path, "sagemaker", version=version)) == installed
    assert load(wheels.sdist(tmp_path, "sagemaker", version=version)) == installed


def test_a_model_alone(tmp_path: Path) -> None:
    in_wheel = load(wheels.wheel(tmp_path, RUNTIME), service=RUNTIME).service
    (model,) = (wheels.DATA / RUNTIME).glob("*/service-2.json.gz")
    packed = Path(shutil.copy(model, tmp_path / "some.json.gz"))
    plain = tmp_path / "other.json"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    for path in (packed, plain):
        alone = load(str(path)).service
        assert alone.name == RUNTIME
        assert alone == replace(in_wheel, source=alone.source)
        assert alone.source.sha256 == in_wheel.source.sha256
    assert load(str(plain), service="other").service.name == "other"


@pytest.mark.parametrize(
    ("text", "layout"), [(INDENTED, "indented"), (FLATTENED, "flattened"), (R, "r")]
)
def test_a_page(text: str, layout: str, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_text(text, "utf-8-sig")  # a byte order mark is no part of it
    loaded = load(str(path))
    assert loaded.page == load_page(str(path))
    assert loaded.page is not None
    assert loaded.page.layout == layout
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert [n.path for n in load_page(str(path)).notices] == [n.path for n in loaded.page.notices]


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "orchard.txt").write_text(INDENTED, "utf-8")
    with pytest.raises(InputError, match=r"no such file.*did you mean .*orchard\.txt"):
        load(str(tmp_path / "orchad.txt"))
    with pytest.raises(InputError, match="no such file; expected 'installed', a botocore wheel"):
        load(str(tmp_path / "nowhere" / "x"))
    with pytest.raises(InputError, match="cannot be read"):
        load(str(tmp_path))


def test_what_cannot_be_used(tmp_path: Path) -> None:
    whole = Path(wheels.wheel(tmp_path, RUNTIME)).read_bytes()
    broken = tmp_path / "broken"
    for content, message in (
        (whole[: len(whole) // 2], "not a whole archive"),
        (gzip.compress(b"{"), "not JSON"),
        (gzip.compress(b"{}")[:-5], "not a whole gzip file"),
        (b"[]", "expected a JSON object"),
        (b'{"metadata": {}}', "not a service model: it has no operations and no shapes"),
        (b'{"smithy": "2.0"}', "Smithy"),
        (b"anything", "expected 'installed', a botocore wheel"),
        (b"", "expected 'installed', a botocore wheel"),
    ):
        broken.write_bytes(content)
        with pytest.raises(InputError, match=message):
            load(str(broken))


def test_archives_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the archive has no models"):
        load(wheels.wheel(tmp_path))
    expected = "no service 'sagemaker'; did you mean 'sagemaker-runtime'"
    with pytest.raises(InputError, match=expected):
        load(wheels.wheel(tmp_path, RUNTIME))
    with pytest.raises(InputError, match="the archive has no models"):
        load(wheels.sdist(tmp_path))
    with pytest.raises(InputError, match="has no service 'sagemaka'; did you mean 'sagemaker"):
        load("installed", service="sagemaka")


def test_only_a_page_is_a_page(tmp_path: Path) -> None:
    for argument in ("installed", wheels.wheel(tmp_path, RUNTIME)):
        with pytest.raises(InputError, match="expected a page, found"):
            load_page(argument)
