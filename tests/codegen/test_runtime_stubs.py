"""A stub has the public signatures of its source, and imports only what they mention."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.emit.runtime_stubs import runtime_stubs
from codegen.errors import InputError


def stub(tmp_path: Path, **modules: str) -> dict[str, str]:
    """Return the stubs of a package of these modules, which a stub reaches at ``first``."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").touch()
    for name, text in modules.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    reached = {package / "client.pyi": "from package.first import *\n"}
    return runtime_stubs(package, reached)


SOURCE = '''
"""A module."""

from __future__ import annotations

import heavy
import typing_extensions
from typing import TYPE_CHECKING, Any, TypeAlias
from dataclasses import dataclass, field

if TYPE_CHECKING:
    from package.second import Other
else:
    Other = heavy.other()

Callback: TypeAlias = "typing_extensions.Callable[[Any], object]"
LIMIT = 3


@dataclass(frozen=True)
class Policy:
    """Limits."""

    timeout: float = 30.0
    names: list[str] = field(default_factory=list)
    secret: str = field(repr=False, kw_only=True)

    def __post_init__(self) -> None:
        heavy.check(self)


class Thing(Other):
    def __init__(self, name: str, *, size: int = LIMIT) -> None:
        self.name = name
        self.size: Final = size
        self.text = str(heavy.text())
        self._hidden = heavy.hidden()

    @property
    def label(self) -> str:
        return heavy.label(self)

    def _inner(self) -> heavy.Inner:
        return heavy.Inner()


def _private() -> heavy.Private: ...


def public(value: Other | None = None, *, quietly: bool = False) -> Any:
    from heavier import everything

    return everything(value)
'''


def test_what_is_public_stays_with_its_types(tmp_path: Path) -> None:
    stubs = stub(tmp_path, first=SOURCE, second="class Other: ...\n")
    body = stubs["first.pyi"].partition("\n\n")[2]
    assert (
        body
        == """\
import typing_extensions
from typing import Any, TypeAlias
from dataclasses import dataclass
from package.second import Other
Callback: TypeAlias = typing_extensions.Callable[[Any], object]
LIMIT = 3

@dataclass(frozen=True)
class Policy:
    timeout: float = 30.0
    names: list[str] = ...
    secret: str

class Thing(Other):
    name: str
    size: Final[int]
    text: str

    def __init__(self, name: str, *, size: int=...) -> None:
        ...

    @property
    def label(self) -> str:
        ...

def public(value: Other | None=None, *, quietly: bool=False) -> Any:
    ...
"""
    )


def test_a_module_that_imports_as_little_as_its_stub_has_none(tmp_path: Path) -> None:
    assert "second.pyi" not in stub(tmp_path, first=SOURCE, second="class Other: ...\n")


def test_a_private_name_that_another_module_uses_stays(tmp_path: Path) -> None:
    first = "import heavy\ndef _one() -> int: ...\ndef _two() -> int: ...\n"
    stubs = stub(tmp_path, first=first, second="from package.first import _one\n")
    assert "_one" in stubs["first.pyi"]
    assert "_two" not in stubs["first.pyi"]


def test_an_attribute_without_a_type_is_an_error(tmp_path: Path) -> None:
    first = """
import heavy
class Thing:
    def __init__(self) -> None:
        self.size = heavy.size()
"""
    with pytest.raises(InputError, match=r"package\.first\.Thing\.size: needs an annotation"):
        stub(tmp_path, first=first)
