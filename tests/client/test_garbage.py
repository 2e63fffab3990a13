"""Loading lets the garbage collector wait, and leaves it as it was."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator

import pytest

from sagemaker_typed import SageMakerClient
from sagemaker_typed.core.gc_pause import collector_paused


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    was_enabled = gc.isenabled()
    yield
    (gc.enable if was_enabled else gc.disable)()


def test_loading_is_hardly_interrupted_and_the_collector_goes_on() -> None:
    program = """
        import gc
        frozen = gc.get_freeze_count()  # Python 3.12 begins with some
        collections = []
        gc.callbacks.append(lambda phase, info: collections.append(phase))
        from sagemaker_typed import SageMakerClient
        from sagemaker_typed.models import ProductionVariant
        SageMakerClient(region_name="eu-west-1")
        ProductionVariant(variant_name="main", model_name="churn")
        print(collections.count("start"), gc.isenabled(), gc.get_freeze_count() - frozen)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    collections, is_enabled, frozen = done.stdout.split()
    assert int(collections) < 20, "more than a hundred where the collector does not wait"
    assert (is_enabled, frozen) == ("True", "0")


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    SageMakerClient(region_name="eu-west-1")
    assert not gc.isenabled()


def test_the_collector_goes_on_where_loading_fails() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="nowhere"):
        SageMakerClient(region_name="eu-west-1", endpoint_url="nowhere")
    assert gc.isenabled()


def test_it_waits_for_the_last_of_several_threads() -> None:
    gc.enable()
    inside, leave = threading.Event(), threading.Event()

    def load() -> None:
        with collector_paused:
            inside.set()
            leave.wait()

    other = threading.Thread(target=load, daemon=True)
    with collector_paused:
        other.start()
        inside.wait()
    assert not gc.isenabled()
    leave.set()
    other.join()
    assert gc.isenabled()


def test_what_a_program_has_frozen_stays_frozen() -> None:
    gc.enable()
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with collector_paused:
            pass
        assert gc.get_freeze_count() == frozen
    finally:
        gc.unfreeze()


FORK = """
    import gc, os, threading
    from sagemaker_typed.core.gc_pause import collector_paused

    inside, leave = threading.Event(), threading.Event()

    def load():
        with collector_paused:
            inside.set()
            leave.wait()

    other = threading.Thread(target=load)
    other.start()
    inside.wait()
    child = os.fork()
    if not child:
        was_enabled = gc.isenabled()
        with collector_paused:
            is_paused = not gc.isenabled()
        os._exit(0 if was_enabled and is_paused and gc.isenabled() else 1)
    leave.set()
    other.join()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), gc.isenabled())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_it_does_not_wait_for_threads_that_a_fork_has_left_behind() -> None:
    command = [sys.executable, "-W", "ignore", "-c", textwrap.dedent(FORK)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["0", "True"]
