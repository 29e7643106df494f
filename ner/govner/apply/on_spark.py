"""Shards made on Spark: ``mapInPandas`` over rows that name shards, a worker a Python process.

Inputs and output lie where every executor sees them. This machine alone is used where no master
is given.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..document.errors import MissingExtra
from .boss import Setup, Worker
from .pieces import Shard
from .shards import Entry, as_text, from_text, make_shard

if TYPE_CHECKING:
    from .run import Job, Make


@contextmanager
def engine(job: Job) -> Iterator[Make]:
    """Start Spark, or go to the master, and give what makes shards there."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra(what="pyspark", extra="spark") from error
    Worker(job.setup).close()  # a model that does not load is told before anything is written
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    running = SparkSession.getActiveSession()
    builder = SparkSession.builder.appName("govner annotate")
    builder = builder.master(job.address or f"local[{job.workers}]")
    spark = running or builder.config("spark.ui.enabled", "false").getOrCreate()
    try:
        yield lambda shards: _make(spark, job, shards)
    finally:
        if running is None:
            spark.stop()


def _make(spark: Any, job: Job, shards: Iterable[Shard]) -> Iterator[Entry]:
    rows = [(as_text(shard),) for shard in shards]
    if not rows:
        return
    slices = spark.sparkContext.parallelize(rows, len(rows))  # a task for each shard
    frame = spark.createDataFrame(slices, "shard string")
    entries = frame.mapInPandas(shard_maker(job.setup, str(job.folder)), "entry string")
    for row in entries.collect():
        yield json.loads(row["entry"])


def shard_maker(setup: Setup, folder: str) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Return what a task runs: frames of shards, as JSON, become frames of entries."""

    def make(frames: Iterator[Any]) -> Iterator[Any]:
        import pandas as pd

        for frame in frames:
            shards = map(from_text, frame["shard"])
            entries = (
                make_shard(_worker(setup), shard, Path(folder), setup.form) for shard in shards
            )
            yield pd.DataFrame({"entry": [json.dumps(entry) for entry in entries]})

    return make


@lru_cache(maxsize=1)
def _worker(setup: Setup) -> Worker:
    """Return the worker of this Python process, which Spark keeps from task to task.

    It ends with that process, as its standard input does.
    """
    return Worker(setup)
