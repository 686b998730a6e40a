"""Numbers in the sentences of a study."""

from __future__ import annotations

import pytest

from optimizer.studies.words import money, quantity


@pytest.mark.parametrize(
    ("amount", "said"),
    [(1_234_567, "1,235 t"), (2_500, "2.5 t"), (123.4, "123 kg"), (12.34, "12.3 kg"),
     (12, "12 kg"), (0.04, "0.040 kg"), (0, "0 kg")],
)  # fmt: skip
def test_quantities_in_their_size(amount: float, said: str) -> None:
    assert quantity(amount, "kg") == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [(41_200_000, "41.2 m USD"), (1_240_000, "1.24 m USD"), (52_100, "52,100 USD"),
     (7.5, "7.50 USD"), (0, "0 USD")],
)  # fmt: skip
def test_money_in_its_size(amount: float, said: str) -> None:
    assert money(amount, "USD") == said
