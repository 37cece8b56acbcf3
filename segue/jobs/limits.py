"""How much memory a worker may take. A run that runs away is stopped with words, before the machine begins to swap.

The limit is on data (``RLIMIT_DATA``): private memory that can be written, as the kernel counts it for each process. The limit on
address space would also count what libraries reserve and never touch: twice as much, in a usual run. Linux alone counts this way.
"""

from __future__ import annotations

import errno
import gc
import sys
import traceback
from collections.abc import Iterator

from segue.core.errors import UserError

VARIABLE = "SEGUE_WORKER_MEMORY_MB"
# A run on 23,486 rows takes some 1,200 MiB by this count on two cores, and each further core takes 10 MiB for its threads.
USUAL_MB = 4096
# Below this much no worker starts, let alone the libraries of an analysis.
LEAST_MB = 256
MIB = 1024 * 1024
# What a worker keeps back, so that it can still say that there is no memory. It is never written to: it costs the limit, no RAM.
KEPT_BACK = 16 * MIB
# Errors of DuckDB and of a pool whose process is gone, by name, so that nothing is loaded to know them.
NAMED = ("OutOfMemoryException", "BrokenProcessPool")
# What DuckDB raises in the midst of its own work, for its bugs and, rarely, where an allocation failed: it doesn't say which.
UNSURE = ("InternalException", "FatalException")
# So much of the limit in use makes want of memory the likelier of the two.
CROWDED = 0.75
# What libraries say that raise no MemoryError: C++, ONNX Runtime, the loader of libraries, threads.
SAID = (
    "bad_alloc",
    "out of memory",
    "cannot allocate memory",
    "failed to allocate memory",
    "failed to map segment",
    "can't start new thread",
)


def memory_from(given: str) -> int:
    """The limit in MiB as the variable says it, 0 for none. Raises ``UserError`` where it says no such number."""
    try:
        megabytes = int(given.strip() or USUAL_MB)
    except ValueError:
        megabytes = -1
    if megabytes < 0 or 0 < megabytes < LEAST_MB:
        raise UserError(
            f"{VARIABLE} is “{given}”, which is no limit that a worker can keep to.",
            f"Give MiB as a whole number, {LEAST_MB} or more ({USUAL_MB} where nothing is set), or 0 for no limit.",
        )
    return megabytes


def limit_memory(megabytes: int) -> bool:
    """Limits this process, and each one that it starts by itself. Whether there is a limit now: 0 and other systems have none."""
    if not megabytes or sys.platform != "linux":
        return False
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * MIB
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    return True


def limit_in_force() -> int:
    """The limit of this process in MiB, 0 for none."""
    if sys.platform != "linux":
        return 0
    import resource

    now, _ = resource.getrlimit(resource.RLIMIT_DATA)
    return 0 if now == resource.RLIM_INFINITY else now // MIB


def taken() -> int:
    """What this process takes now in MiB, by the count that the limit is on (Linux; 0 elsewhere)."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/status", encoding="ascii", errors="replace") as lines:
        return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmData:")), 0)


def shortage_of(error: BaseException) -> UserError | None:
    """What to say where an error comes of too little memory; ``None`` for any other error."""
    if not any(_is_shortage(each) for each in _chain(error)):
        return None
    limit = limit_in_force()
    if limit:
        return UserError(
            f"It needed more memory than the {limit:,} MiB that each of its processes may take.",
            f"Take fewer rows, or set {VARIABLE} higher and start Segue again. Your data is unchanged.",
        )
    return UserError(
        "This computer has too little memory for it.",
        "Take fewer rows, or close other programs, and start it again. Your data is unchanged.",
    )


def keep_back() -> bytes:
    """Room to be let go of when memory runs out; nothing where there is none."""
    try:
        return bytes(KEPT_BACK)
    except MemoryError:
        return b""


def let_go(error: BaseException) -> None:
    """Drops what the functions of a failed job held, so that there is room to say that it failed."""
    for each in _chain(error):
        traceback.clear_frames(each.__traceback__)
    gc.collect()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came of."""
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def _is_shortage(error: BaseException) -> bool:
    """A process of a pool that is gone counts too: want of memory is what ends one from outside, or by a library's abort."""
    if isinstance(error, MemoryError) or type(error).__name__ in NAMED:
        return True
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    if type(error).__name__ in UNSURE and limit_in_force():
        return taken() >= CROWDED * limit_in_force()
    words = str(error).lower()
    return any(said in words for said in SAID)
