"""Signal handlers and forked children that make a client while another is being made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.faults.rows import OK
from tests.service import ScriptedService

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs POSIX timers")


def test_a_signal_handler_may_make_a_client(scale: int) -> None:
    program = """
import signal, sys
from sagemaker_typed import SageMakerClient

made = []
def handler(*_):
    made.append(SageMakerClient(region_name="eu-west-1"))

SageMakerClient(region_name="eu-west-1")
signal.signal(signal.SIGALRM, handler)
for number in range(int(sys.argv[1])):
    signal.setitimer(signal.ITIMER_REAL, 0.0002 * (1 + number % 20))  # once
    SageMakerClient(region_name="eu-west-1")
signal.setitimer(signal.ITIMER_REAL, 0)
print(len(made) > 0)
"""
    command = [sys.executable, "-c", program, str(20 * scale)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60 * scale)
    assert done.stdout == "True\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_forked_while_threads_make_clients_can_make_one(
    service: ScriptedService, scale: int
) -> None:
    program = """
import os, signal, sys, threading
from botocore import httpsession
from sagemaker_typed import SageMakerClient, models

url, forks = sys.argv[1], int(sys.argv[2])
stop = threading.Event()
openssl = threading.Lock()  # a fork while OpenSSL makes a context hangs in any program
create_context = httpsession.create_urllib3_context

def create_alone(*arguments, **options):
    with openssl:
        return create_context(*arguments, **options)

httpsession.create_urllib3_context = create_alone
os.register_at_fork(
    before=openssl.acquire, after_in_parent=openssl.release, after_in_child=openssl.release
)

def make():
    client = SageMakerClient(region_name="eu-west-1", endpoint_url=url)
    return client.describe_model(model_name="churn").model_name

make()  # the modules are loaded: a fork during an import hangs in any program

def work():
    while not stop.is_set():
        make()

threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
codes = []
for _ in range(forks):
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        os._exit(0 if make() == "churn" else 3)
    codes.append(os.waitpid(child, 0)[1])
stop.set()
for thread in threads:
    thread.join()
print(codes == [0] * forks, codes)
"""
    service.script("DescribeModel", OK)
    command = [sys.executable, "-W", "ignore", "-c", program, service.url, str(3 * scale)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120 * scale)
    assert done.stdout.startswith("True"), done.stdout
