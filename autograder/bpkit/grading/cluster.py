"""Jobs on a Dask cluster: the same function, mapped over worker processes on other machines.

The pack goes to each worker process once, as a plugin: whoever joins later gets it from the scheduler too. Data that are
scattered would be lost with the last worker that holds them, and every submission in flight with them.

Dask runs what anyone on its network sends: protect the scheduler with a private network, or with Dask's own TLS.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import bpkit
from bpkit.errors import BpkitError, ClusterError
from bpkit.grading.batch import Pool
from bpkit.report.results import Outcome

try:
    from distributed import Client, KilledWorker, WorkerPlugin, get_worker
except ImportError as missing:
    raise ClusterError(
        "--scheduler needs Dask, which is not installed here: pip install 'backprop-kit[dask]'."
    ) from missing

_DISTRIBUTION = "backprop-kit"
_SECONDS = 10  # until somebody answers; a scheduler that runs does so at once
_AHEAD = 4  # submissions in flight for each worker process, so that none waits for the network
_LEAST_IN_FLIGHT = 64  # clusters grow while they work
_KILLED = (
    "Every worker of the cluster that graded it was killed, {times} of them. Are they short of memory? "
    "Grade it again."
)


def pool(address: str, pack: Path) -> Pool:
    """Return a pool of the workers behind a scheduler's address; an error where they will not do."""
    with _connect(address) as client:
        workers = len(_fit(client, address))
    content = pack.read_bytes()
    return Pool(lambda: _Cluster(_connect(address), content), max(workers * _AHEAD, _LEAST_IN_FLIGHT), None)


def _connect(address: str) -> Client:
    try:
        return Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address}: {error}. `dask scheduler` prints the address of one."
        ) from error


def _fit(client: Client, address: str) -> list[str]:
    """Return the workers' addresses; `ClusterError` where there are none, or another bpkit grades there."""
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError as error:
        raise ClusterError(
            f"The scheduler at {address} has no workers. `dask worker {address}` starts one."
        ) from error
    found = client.get_versions(packages=[_DISTRIBUTION])
    ours = found["client"]["packages"][_DISTRIBUTION]
    # The scheduler reads what passes through it, and needs bpkit as well.
    theirs = {
        name: versions["packages"][_DISTRIBUTION]
        for name, versions in {**found["workers"], "the scheduler": found["scheduler"]}.items()
    }
    others = [f"{name} has {version or 'none'}" for name, version in theirs.items() if version != ours]
    if others:
        raise _differ(f"here is {ours}; {'; '.join(others[:5])}{' …' if len(others) > 5 else ''}")
    return list(found["workers"])


def _differ(what: str) -> ClusterError:
    return ClusterError(
        f"Another version of bpkit would grade differently, and the versions on this cluster differ: {what}. Install "
        "the same one everywhere."
    )


class _Pack(WorkerPlugin):  # type: ignore[misc]  # Dask's classes have no types
    """The pack's bytes, in each worker process."""

    def __init__(self, content: bytes) -> None:
        self.content = content


def _there(
    version: str, plugin: str, function: Callable[..., Any], task: Any, files: Mapping[str, Any]
) -> Any:
    """Call the function on a worker, with the pack that lies there."""
    worker = get_worker()
    if version != bpkit.__version__:  # it joined after the others were looked at
        raise _differ(f"{version} started this run; {worker.address} has {bpkit.__version__}")
    return function(task, worker.plugins[plugin].content, files)


class _Cluster(Executor):
    """What `batch` submits to. It differs from Dask's own executor in two things.

    Dask tries a task again after its worker was killed, and gives it up when that has happened several times. But it
    counts for every task that lay on these workers, and only one of them may be to blame. So what was given up is tried
    once more, one such task at a time in the whole cluster.

    And where a worker is killed after its answer is known and before it is fetched, Dask has it computed again; its
    executor takes the state in between for a failure.
    """

    def __init__(self, client: Client, pack: bytes) -> None:
        self._client = client
        self._plugin = f"bpkit-{uuid4().hex}"  # of this run: another one may use the same cluster
        try:
            client.register_plugin(_Pack(pack), name=self._plugin)
        except BaseException:
            client.close()
            raise
        self._alone = asyncio.Lock()
        self._flying: set[Future[Any]] = set()
        self._closed = False

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        """Grade somewhere; the argument for the pack is filled in there."""
        task, _pack, files = arguments
        answer = asyncio.run_coroutine_threadsafe(
            self._answer(function, task, files), self._client.loop.asyncio_loop
        )
        self._flying.add(answer)
        answer.add_done_callback(self._flying.discard)
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster as it was found. What is not done is cancelled, as `batch` wants it."""
        del wait, cancel_futures
        if self._closed:
            return
        self._closed = True
        for answer in tuple(self._flying):
            answer.cancel()
        with suppress(OSError, CancelledError):  # where it is gone, there is nothing to tidy up
            self._client.unregister_worker_plugin(self._plugin)
        self._client.close()

    async def _answer(self, *work: Any) -> Any:
        try:
            try:
                return await self._there(work)
            except (BpkitError, CancelledError):
                raise
            except Exception:  # noqa: BLE001 - killed workers, and whatever Dask makes of answers that went with them
                async with self._alone:
                    return await self._there(work)
        except KilledWorker as killed:
            times = 2 * (killed.allowed_failures + 1)
            return Outcome.NOT_JUDGED, _KILLED.format(times=times), ""
        except CancelledError as error:  # by Dask, and not by `shutdown`, whose error is asyncio's own
            raise ClusterError(
                "The cluster's scheduler went away. What was graded is kept: the same command goes on there."
            ) from error

    async def _there(self, work: tuple[Any, ...]) -> Any:
        # No retries where grading itself fails: it has tried again already, and would fail on all machines alike.
        return await self._client.submit(_there, bpkit.__version__, self._plugin, *work, pure=False)
