"""Shards made on Ray: rows of a Ray dataset, ``map_batches`` over actors with a worker each.

Inputs and output lie where every node sees them. This machine alone is used where no address is
given.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document.errors import MissingExtra
from .boss import Worker
from .pieces import Shard
from .shards import Entry, as_text, from_text, make_shard

if TYPE_CHECKING:
    from .run import Job, Make


_SETTINGS = {
    "RAY_raylet_start_wait_time_s": "180",  # a busy machine needs more than half a minute
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # Ray's default to come; it says so at every start
}


class ShardMaker:
    """What an actor runs: batches of shards, as JSON, become batches of entries."""

    def __init__(self, setup: Any, folder: str) -> None:
        self._worker = Worker(setup)
        self._setup, self._folder = setup, Path(folder)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[str]]:
        """Make the shards of a batch."""
        shards = map(from_text, batch["shard"])
        entries = (make_shard(self._worker, s, self._folder, self._setup.form) for s in shards)
        return {"entry": [json.dumps(entry) for entry in entries]}

    def __del__(self) -> None:
        """End the worker with the actor."""
        if hasattr(self, "_worker"):
            self._worker.close()


@contextmanager
def engine(job: Job) -> Iterator[Make]:
    """Start Ray, or join the cluster at the address, and give what makes shards there."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise MissingExtra(what="ray", extra="ray") from error
    Worker(job.setup).close()  # a model that does not load is told before anything is written
    own = not ray.is_initialized()
    if own:
        here = {} if job.address else _of_this_machine(job.workers)
        ray.init(address=job.address, log_to_driver=False, configure_logging=False, **here)
    try:
        yield lambda shards: _make(ray, job, shards)
    finally:
        if own:
            ray.shutdown()


def _of_this_machine(workers: int) -> dict[str, Any]:
    # Rows are names of places, not documents: the store needs next to nothing.
    return {"num_cpus": workers, "include_dashboard": False, "object_store_memory": 100 * 2**20}


def _make(ray: Any, job: Job, shards: Iterable[Shard]) -> Iterator[Entry]:
    rows = [{"shard": as_text(shard)} for shard in shards]
    if not rows:
        return
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    entries = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
        ShardMaker,
        batch_size=1,
        concurrency=min(job.workers, len(rows)),
        num_cpus=1,
        fn_constructor_args=(job.setup, str(job.folder)),
    )
    for row in entries.iter_rows():
        yield json.loads(row["entry"])
