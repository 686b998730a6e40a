"""Plans under risk by decomposition over outcomes: mpi-sppy on the same formulation.

`optimizer.decompose.run.decompose` is the way in; it needs the extra [decompose] and is called on
every process of an MPI run alike.  Only `missing` may be asked without the extra.
"""

from optimizer.decompose.extra import missing

__all__ = ["missing"]
