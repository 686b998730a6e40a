"""Limits as they are written on the command line."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

_NONE = "none"
_MOST = 1000


if TYPE_CHECKING:
    _ParamType = click.ParamType[tuple[float | None, ...], Any]
else:  # generic only in later versions of click
    _ParamType = click.ParamType


class Limits(_ParamType):
    """``0.9:0.3:0.05``, ``90%:30%:5%`` or ``none,0.8,0.65``; None stands for no limit."""

    name = "limits"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float | None, ...]:
        """Read the text of an option."""
        found: list[float | None] = []
        for part in str(value).split(","):
            text = part.strip()
            if text.lower() == _NONE:
                found.append(None)
            elif ":" in text:
                found += self._range(text, param, ctx)
            else:
                found.append(float(self._number(text, param, ctx)))
        return tuple(dict.fromkeys(found))

    def _range(
        self, text: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[float]:
        """FROM:TO:STEP, both ends included where the step meets them; the step needs no sign."""
        parts = text.split(":")
        if len(parts) != 3:
            self.fail(f"{text!r} is not FROM:TO:STEP, such as 0.9:0.3:0.05.", param, ctx)
        start, stop, step = (self._number(part.strip(), param, ctx) for part in parts)
        step = abs(step)
        if not step:
            self.fail(f"the step of {text!r} is 0.", param, ctx)
        count = int(abs(stop - start) / step) + 1
        if count > _MOST:
            self.fail(f"{text!r} has {count:,} limits; {_MOST:,} are the most.", param, ctx)
        way = step if stop >= start else -step
        return [float(start + k * way) for k in range(count)]

    def _number(
        self, text: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        try:
            number = Decimal(text.removesuffix("%").strip())
        except InvalidOperation:
            number = Decimal("nan")
        if not math.isfinite(number):
            self.fail(f"{text!r} is neither a number nor none.", param, ctx)
        return number / 100 if text.endswith("%") else number
