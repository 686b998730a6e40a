"""The manifest of `batch`: what came of each job, one row of manifest.csv for each."""

from __future__ import annotations

from optimizer.contract.fields import Row, Table, number, table, table_of, text

ANY = -float("inf")

WITH_PLAN = ("optimal", "time_limit", "stopped")
WITHOUT_PLAN = (
    "infeasible",
    "limit",
    "input_errors",
    "job_time",
    "out_of_memory",
    "crashed",
    "failed",
)


@table("Manifest", "What came of each job of a batch: manifest.csv in the folder of the results.")
class ManifestRow(Row):
    """One workbook as one scenario has it.

    Everything but `seconds` is the same each time the same jobs are done, with two exceptions:
    jobs that ended at a limit of time or memory, and larger mixed-integer models. Phases of their
    search are limited by seconds, so another plan within the gap is possible.
    """

    workbook: str = text("The input, as it was named or found.", key=True, required=True)
    scenario: str = text("The scenario.", key=True, required=True)
    status: str = text(
        "optimal, time_limit (the best plan by then) and stopped (by the solver) have a plan. "
        "Without one: infeasible; limit (of time, before any plan); input_errors; job_time and "
        "out_of_memory (the job was ended at that limit); crashed; failed.",
        required=True,
        allowed=(*WITH_PLAN, *WITHOUT_PLAN),
    )
    objective: float | None = number("Cost of the plan.", unit="currency", low=ANY)
    currency: str = text("The workbook's currency.", default="")
    bound: float | None = number("No plan costs less.", unit="currency", low=ANY)
    gap: float | None = number("How far the cost is at most from the least.", unit="share")
    seconds: float = number("How long the job took.", required=True, unit="seconds")
    result: str = text("The result workbook in the same folder; of input_errors the copy with the "
                       "findings marked.", default="")  # fmt: skip
    result_hash: str = text("SHA-256 of the result workbook.", default="")
    input_hash: str = text(
        "SHA-256 of the content of the input, the scenario, the options that change a plan and "
        "the versions of program and solver.",
        default="",
    )
    time_limit: float | None = number("Limit of the solve; blank: that of Settings.",
                                      unit="seconds")  # fmt: skip
    job_time: float = number("Limit of the whole job.", required=True, unit="seconds")
    memory: float | None = number("Limit of the job's memory.", unit="bytes")
    error: str = text("Why there is no plan.", default="")


MANIFEST: Table = table_of(ManifestRow)
