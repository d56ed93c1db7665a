# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Dates as section 1 of the header of knowledge/contraindications.yaml reads them: days of the written offset, partial dates, and what is newer."""
from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Callable, NamedTuple, TypeVar

T = TypeVar("T")


class Moment(NamedTuple):
    """From the first to the last day (ordinals) that it may mean; the instant where a time was written."""

    first: int
    last: int
    instant: float | None = None

    def day(self, on: int) -> int:
        """The latest day not after `on`."""
        return min(self.last, on)


def parse_moment(text: object) -> Moment | None:
    """A FHIR date, dateTime or instant; None for anything else."""
    if not isinstance(text, str) or len(text) < 4:
        return None
    try:
        if len(text) == 4:
            return Moment(date(int(text), 1, 1).toordinal(), date(int(text), 12, 31).toordinal())
        year, month = int(text[:4]), int(text[5:7])
        if len(text) == 7:
            last = monthrange(year, month)[1]
            return Moment(date(year, month, 1).toordinal(), date(year, month, last).toordinal())
        day = date(year, month, int(text[8:10])).toordinal()
        return Moment(day, day, datetime.fromisoformat(text).timestamp() if len(text) > 10 else None)
    except ValueError:
        return None


def is_newer(one: Moment, other: Moment, on: int) -> bool:
    """By the instant where both have one, else by the day: of one day, one of them without a time, neither is newer."""
    if one.instant is not None and other.instant is not None:
        return one.instant > other.instant
    return one.day(on) > other.day(on)


def newest(items: list[T], moment: Callable[[T], Moment], on: int) -> list[T]:
    """Those that no other is newer than."""
    if len(items) < 2:
        return items
    return [one for one in items if not any(is_newer(moment(other), moment(one), on) for other in items)]
