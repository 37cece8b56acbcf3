"""The one module that knows Dask (decision 0009): a cluster's executor as an engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from feedback_lab.engines import Engine
from feedback_lab.errors import LabError

ANSWER_SECONDS = 10  # that a scheduler may take to answer


@contextmanager
def dask_engine(workers: int, address: str = "") -> Iterator[Engine]:
    """An engine on the cluster at ``address``, or on one of ``workers`` processes started on this machine's loopback.

    Dask itself does the parts of a killed worker again. Raises ``LabError`` where Dask is missing or nobody answers.
    """
    try:
        from distributed import Client, KilledWorker, LocalCluster
    except ImportError:
        raise LabError("The engine dask needs the extra `scale`.", "Install it: pip install 'segue[scale]'.") from None
    try:
        # Any free port: the usual one is taken where a second run goes on at the same time.
        cluster = None if address else LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0")
        client = Client(address or cluster, timeout=ANSWER_SECONDS)
    except OSError as fault:
        raise LabError(f"No Dask scheduler answers at {address}.", "Start one, or leave the address out.") from fault
    try:
        count = len(client.scheduler_info(n_workers=-1)["workers"]) or workers
        yield Engine("dask", count, client.get_executor, given_up=(KilledWorker,))
    finally:
        client.close()
        if cluster is not None:
            cluster.close()
