"""Open enums are the enums that Python itself would have made of their values.

A version of Python that notes more of an enum than `core/enum_metaclass.py` fails here.
"""

from __future__ import annotations

import copy
import pickle
import sys
from enum import auto
from typing import Any

import pytest

from sagemaker_typed import OpenEnum, enums
from sagemaker_typed.core.schema import enum_metaclass

VALUES = {"IN_SERVICE": "InService", "FAILED": "Failed", "P_5": "p.5"}


def made(**body: object) -> Any:
    """An enum whose body says this."""
    metaclass: Any = type(OpenEnum)
    bases = (OpenEnum,)
    namespace = metaclass.__prepare__("Made", bases)
    for name, value in {"__module__": __name__, "__qualname__": "Made", **body}.items():
        namespace[name] = value
    return metaclass("Made", bases, namespace)


@pytest.fixture
def by_python(monkeypatch: pytest.MonkeyPatch) -> Any:
    with monkeypatch.context() as patched:
        patched.setattr(enum_metaclass, "IS_KNOWN", False)
        return made(**VALUES)


def test_this_python_is_one_that_was_looked_at() -> None:
    assert enum_metaclass.IS_KNOWN, f"what does an enum of Python {sys.version} note?"


def test_python_would_note_the_same(by_python: Any) -> None:
    enum = made(**VALUES)
    assert vars(enum).keys() == vars(by_python).keys()
    for name in vars(by_python).keys() - {"__doc__", *VALUES}:
        assert repr(vars(enum)[name]) == repr(vars(by_python)[name]), name
    for ours, pythons in zip(enum, by_python, strict=True):
        assert vars(ours).keys() == vars(pythons).keys()
        assert vars(ours)["__objclass__"] is enum
        noted = vars(pythons).keys() - {"__objclass__"}
        assert {name: vars(ours)[name] for name in noted} == {
            name: vars(pythons)[name] for name in noted
        }


def test_it_does_what_enums_do() -> None:
    status = enums.EndpointStatus
    member = status.IN_SERVICE
    assert status("InService") is status["IN_SERVICE"] is member
    assert [each.value for each in status].count("InService") == 1
    assert member in status
    assert len(status) == len(status.__members__)
    assert (member.name, member.value, member) == ("IN_SERVICE", "InService", "InService")
    assert pickle.loads(pickle.dumps(member)) is member
    assert copy.deepcopy(member) is member
    with pytest.raises(AttributeError):
        setattr(status, "IN_SERVICE", "other")  # noqa: B010  # a checker would refuse it
    with pytest.raises(TypeError):
        type("More", (status,), {"MORE": "more"})


def test_what_is_more_than_strings_is_pythons() -> None:
    aliased = made(**VALUES, DONE="InService")
    assert aliased.DONE is aliased.IN_SERVICE
    assert list(aliased) == [aliased.IN_SERVICE, aliased.FAILED, aliased.P_5]
    assert made(**VALUES, double=lambda self: self * 2).FAILED.double() == "FailedFailed"
    assert made(ONE=auto(), TWO="b").TWO.value == "b"


def test_a_name_is_given_once() -> None:
    body = type(OpenEnum).__prepare__("Twice", (OpenEnum,))
    body["ONE"] = "a"
    with pytest.raises(TypeError, match="'ONE' already defined as 'a'"):
        body["ONE"] = "b"
