"""Chance that anyone can repeat: the same seed gives the same resamples as R (`set.seed`, `rmultinom`).

The field's estimators are R packages. Because our resamples are theirs, a bootstrap interval can be held
against another implementation to the digit instead of to the noise of a thousand replicates.
Uniforms: Mersenne Twister (Matsumoto & Nishimura 1998, ACM TOMACS 8), seeded by a linear congruence, as R
documents in `?Random`. Binomial: inversion below 30 expected successes, above it the triangle-parallelogram-
exponential rejection of Kachitvichyanukul & Schmeiser (1988), Communications of the ACM 31 (BTPE).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

MOST_SEED = 2_147_483_647
WORDS = 624
AT_ONCE = 8_192
SCALE = 2.3283064365386963e-10  # a 32-bit word as a fraction
EDGE = 0.5 * 2.328306437080797e-10  # never exactly 0 or 1
INVERSION_BELOW = 30.0
LONGEST_INVERSION = 110

Draw = Callable[[], float]


def uniforms(seed: int) -> Draw:
    """A function that gives the next uniform number; `ValueError` unless 0 ≤ seed < 2^31."""
    if not 0 <= seed <= MOST_SEED:
        raise ValueError(f"seed must lie between 0 and {MOST_SEED}")
    return _numbers(seed).__next__


def _numbers(seed: int) -> Iterator[float]:
    generator = np.random.MT19937()
    start: Any = generator.state
    start["state"] = {"key": np.array(_words(seed), dtype=np.uint32), "pos": WORDS}
    generator.state = start
    while True:
        fractions = generator.random_raw(AT_ONCE).astype(np.float64) * SCALE
        yield from np.clip(fractions, EDGE, 1.0 - EDGE).tolist()


def _words(seed: int) -> list[int]:
    """The first state: 50 congruential steps thrown away, one spent on the position, 624 kept."""
    word, words = seed, list[int]()
    for _ in range(50 + 1 + WORDS):
        word = (69069 * word + 1) & 0xFFFFFFFF
        words.append(word)
    return words[51:]


def multinomial(draw: Draw, people: int, shares: Sequence[float]) -> list[int]:
    """Spread `people` over cells with the given `shares` (adding to 1), one binomial after another."""
    counts, left = [0] * len(shares), 1.0
    for cell, share in enumerate(shares[:-1]):
        chance = share / left
        counts[cell] = binomial(draw, people, chance) if chance < 1.0 else people
        people -= counts[cell]
        if people <= 0:
            return counts
        left -= share
    counts[-1] = people
    return counts


def binomial(draw: Draw, trials: int, chance: float) -> int:
    """Successes in `trials` trials."""
    if trials == 0 or chance <= 0.0:
        return 0
    small = min(chance, 1.0 - chance)
    successes = _inverted(draw, trials, small) if trials * small < INVERSION_BELOW else _rejected(draw, trials, small)
    return trials - successes if chance > 0.5 else successes


def _inverted(draw: Draw, trials: int, chance: float) -> int:
    """Walk up the distribution function; start again in the rare case that rounding lets it run out."""
    odds = chance / (1.0 - chance)
    step, none = odds * (trials + 1), (1.0 - chance) ** trials
    while True:
        height, probability = draw(), none
        for successes in range(LONGEST_INVERSION + 1):
            if height < probability:
                return successes
            height -= probability
            probability *= step / (successes + 1) - odds


def _rejected(draw: Draw, trials: int, chance: float) -> int:
    """BTPE: a triangle in the middle, parallelograms beside it, exponential tails."""
    shape = _Shape(trials, chance)
    while True:
        where, height = draw() * shape.all_area, draw()
        if where <= shape.triangle:
            return int(shape.centre - shape.triangle * height + where)
        proposal, height = shape.proposal(where, height)
        if 0 <= proposal <= trials and height > 0.0 and shape.accepts(proposal, height):
            return proposal


class _Shape:
    """The majorising function for one binomial distribution."""

    def __init__(self, trials: int, chance: float) -> None:
        self.trials, self.chance, self.rest = trials, chance, 1.0 - chance
        mean = trials * chance
        self.variance = mean * self.rest
        top = mean + chance
        self.mode = int(top)
        self.triangle = int(2.195 * math.sqrt(self.variance) - 4.6 * self.rest) + 0.5
        self.centre = self.mode + 0.5
        self.left, self.right = self.centre - self.triangle, self.centre + self.triangle
        self.slope = 0.134 + 20.5 / (15.3 + self.mode)
        fall = (top - self.left) / (top - self.left * chance)
        self.left_rate = fall * (1.0 + 0.5 * fall)
        fall = (self.right - top) / (self.right * self.rest)
        self.right_rate = fall * (1.0 + 0.5 * fall)
        self.sides = self.triangle * (1.0 + 2.0 * self.slope)
        self.left_tail = self.sides + self.slope / self.left_rate
        self.all_area = self.left_tail + self.slope / self.right_rate

    def proposal(self, where: float, height: float) -> tuple[int, float]:
        """A number of successes and its height; height 0 asks for another try."""
        if where <= self.sides:
            x = self.left + (where - self.triangle) / self.slope
            height = height * self.slope + 1.0 - abs(self.centre - x) / self.triangle
            return int(x), height if height <= 1.0 else 0.0
        if where > self.left_tail:
            x = self.right - math.log(height) / self.right_rate
            return int(x), height * (where - self.left_tail) * self.right_rate
        x = self.left + math.log(height) / self.left_rate
        return int(x), height * (where - self.sides) * self.left_rate

    def accepts(self, number: int, height: float) -> bool:
        """Is `height` below the probability of `number` relative to that of the mode?"""
        distance = abs(number - self.mode)
        if distance <= 20 or distance >= self.variance / 2.0 - 1.0:
            return height <= self._ratio(number)
        band = (distance / self.variance) * ((distance * (distance / 3.0 + 0.625) + 1.0 / 6.0) / self.variance + 0.5)
        normal, log_height = -distance * distance / (2.0 * self.variance), math.log(height)
        if log_height < normal - band:
            return True
        return log_height <= normal + band and log_height <= self._log_ratio(number)

    def _ratio(self, number: int) -> float:
        odds, value = self.chance / self.rest, 1.0
        step = (self.trials + 1) * odds
        for i in range(self.mode + 1, number + 1):
            value *= step / i - odds
        for i in range(number + 1, self.mode + 1):
            value /= step / i - odds
        return value

    def _log_ratio(self, number: int) -> float:
        """Stirling's series for the logarithm of `_ratio`."""
        n, m = self.trials, self.mode
        above, top, below, under = number + 1.0, m + 1.0, n + 1.0 - m, n - number + 1.0
        value = self.centre * math.log(top / above) + (n - m + 0.5) * math.log(below / under)
        value += (number - m) * math.log(under * self.chance / (above * self.rest))
        return value + sum(_stirling(x) for x in (top, below, above, under))


def _stirling(x: float) -> float:
    square = x * x
    return (13860.0 - (462.0 - (132.0 - (99.0 - 140.0 / square) / square) / square) / square) / x / 166320.0
