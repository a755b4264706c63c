"""Exact arithmetic for the few cases that the fast rank test leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

Row = list[int]


def _primitive(row: Row) -> Row:
    divisor = 0
    for value in row:
        divisor = gcd(divisor, value)
        if divisor == 1:
            return row
    return row if divisor == 0 else [value // divisor for value in row]


def _without(row: Row, pivot: Row, column: int) -> Row:
    a, b = pivot[column], row[column]
    return _primitive([a * x - b * y for x, y in zip(row, pivot, strict=True)]) if b else row


def echelon(rows: Sequence[Sequence[int]]) -> dict[int, Row]:
    """Reduced echelon form over the integers: pivot column → row, each pivot alone in its column."""
    pivots: dict[int, Row] = {}
    for original in rows:
        row = list(original)
        for column, pivot in pivots.items():
            row = _without(row, pivot, column)
        lead = next((i for i, value in enumerate(row) if value), None)
        if lead is not None:
            pivots = {column: _without(other, row, lead) for column, other in pivots.items()}
            pivots[lead] = row
    return pivots


def null_space(rows: Sequence[Sequence[int]], columns: int) -> list[Row]:
    """An integer basis of the vectors v (length `columns`) with row·v = 0 for every row."""
    pivots = echelon(rows)
    scale = 1
    for column, row in pivots.items():
        scale = scale * abs(row[column]) // gcd(scale, row[column])
    basis = []
    for free in (c for c in range(columns) if c not in pivots):
        vector = [0] * columns
        vector[free] = scale
        for column, row in pivots.items():
            vector[column] = -row[free] * scale // row[column]
        basis.append(_primitive(vector))
    return basis


def positive_combination(columns: Sequence[Sequence[int]]) -> bool:
    """Is there a y with every component positive and sum of y_j × columns[j] = 0?

    Scaled, y = 1 + z with z ≥ 0, so this is the first phase of the simplex method with Bland's rule, on
    fractions: no rounding and no cycling.
    """
    if not columns:
        return True
    height = len(columns[0])
    target = [-sum(column[i] for column in columns) for i in range(height)]
    sign = [-1 if value < 0 else 1 for value in target]
    tableau = [[Fraction(s * column[i]) for column in columns] + [Fraction(s * target[i])] for i, s in enumerate(sign)]
    price = [sum((row[j] for row in tableau), Fraction(0)) for j in range(len(columns) + 1)]
    basis = [-1] * height
    while price[-1] > 0:
        enter = next((j for j in range(len(columns)) if price[j] > 0), None)
        if enter is None:
            return False
        leave = _ratio_test(tableau, enter, basis)
        _pivot(tableau, price, leave, enter)
        basis[leave] = enter
    return True


def _ratio_test(tableau: list[list[Fraction]], enter: int, basis: list[int]) -> int:
    candidates = [(row[-1] / row[enter], basis[i], i) for i, row in enumerate(tableau) if row[enter] > 0]
    return min(candidates)[2]


def _pivot(tableau: list[list[Fraction]], price: list[Fraction], leave: int, enter: int) -> None:
    pivot = tableau[leave]
    head = pivot[enter]
    tableau[leave] = pivot = [value / head for value in pivot]
    for row in (*(row for i, row in enumerate(tableau) if i != leave), price):
        factor = row[enter]
        if factor:
            row[:] = [x - factor * y if y else x for x, y in zip(row, pivot, strict=True)]
