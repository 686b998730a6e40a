"""Whether what decomposition needs is installed."""

from __future__ import annotations

from importlib.util import find_spec

_NEEDED = ("mpisppy", "mpi4py")


def missing() -> str:
    """What to do about what is missing, or nothing where all is there."""
    absent = [name for name in _NEEDED if find_spec(name) is None]
    if absent:
        return (
            f"decompose needs {' and '.join(absent)}, which the extra [decompose] installs: "
            "`make decompose` in a checkout, "
            "else pip install 'supplier-diversification-optimizer[decompose]'."
        )
    try:
        from mpi4py import MPI  # noqa: F401  # loads the library of MPI, which may not be there
    except (ImportError, RuntimeError) as error:
        return f"decompose needs MPI, which mpi4py does not find: {error}"
    return ""
