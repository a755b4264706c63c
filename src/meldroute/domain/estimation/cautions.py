"""What must stand beside a figure, in words for a policy officer."""

from __future__ import annotations

from collections.abc import Sequence

from .checks import Check
from .message import Message, percent
from .thresholds import DEFAULT, Thresholds

NOT_AVAILABLE = "method_not_available"


def significant(value: float, digits: int = 2) -> int:
    """Rounded to two significant digits, as figures are shown."""
    if value <= 0:
        return 0
    scale = int(10 ** max(len(str(int(value))) - digits, 0))
    return round(value / scale) * scale


def shown_nl(value: float) -> str:
    """Two significant digits with dots between the thousands."""
    return f"{significant(value):,}".replace(",", ".")


def shown_en(value: float) -> str:
    """Two significant digits with commas between the thousands."""
    return f"{significant(value):,}"


def wide_spread(spread: tuple[float, float], lo: float, hi: float, limits: Thresholds) -> Message | None:
    """Good models disagree by more than the interval allows."""
    low, high = spread
    if high - low <= hi - lo:
        return None
    return Message(
        "models_disagree",
        f"Modellen die bijna even goed passen geven {shown_nl(low)} tot {shown_nl(high)}. Dat is breder dan het "
        "interval; noem deze spreiding en geen los getal.",
        f"Models that fit nearly as well give {shown_en(low)} to {shown_en(high)}. That is wider than the "
        "interval; give this range and no single figure.",
        high - low,
        hi - lo,
    )


def methods_differ(stepwise: float, bic: float, limits: Thresholds = DEFAULT) -> Message | None:
    """Stepwise and BIC far apart."""
    difference = abs(stepwise - bic) / min(stepwise, bic)
    if difference <= limits.methods_differ:
        return None
    return Message(
        "methods_differ",
        f"Twee gangbare methoden verschillen {percent(difference)}: stapsgewijs {shown_nl(stepwise)}, BIC "
        f"{shown_nl(bic)}. Noem ze allebei.",
        f"Two common methods differ by {percent(difference)}: stepwise {shown_en(stepwise)}, BIC "
        f"{shown_en(bic)}. Give both.",
        difference,
        limits.methods_differ,
    )


def hidden_misses(checks: Sequence[Check]) -> Message | None:
    """Hidden lists whose known size is missed, always on the same side."""
    missed = [check for check in checks if check.missed]
    directions = {check.missed for check in missed}
    if len(directions) != 1:
        return None
    done = sum(1 for check in checks if check.n is not None)
    low = directions == {-1}
    word_nl, word_en = ("laag", "low") if low else ("hoog", "high")
    return Message(
        "probably_too_low" if low else "probably_too_high",
        f"Waarschijnlijk te {word_nl}: bij {len(missed)} van de {done} verborgen lijsten kwam de schatting te "
        f"{word_nl} uit.",
        f"Probably too {word_en}: for {len(missed)} of {done} hidden lists the estimate came out too {word_en}.",
        len(missed),
        0,
        tuple(check.lists[0] for check in missed),
    )


def one_list_moves(checks: Sequence[Check], limits: Thresholds = DEFAULT) -> Message | None:
    """Leaving one list out changes the estimate a lot."""
    moves = [(abs(c.ratio - 1.0), c.lists[0]) for c in checks if c.ratio is not None]
    far = sorted((move for move in moves if move[0] > limits.one_list_moves), reverse=True)
    if not far:
        return None
    names = tuple(name for _, name in far)
    return Message(
        "one_list_moves",
        f"Zonder lijst {names[0]} verandert de schatting {percent(far[0][0])}. De uitkomst hangt aan: "
        f"{', '.join(names)}.",
        f"Without list {names[0]} the estimate changes by {percent(far[0][0])}. The result hangs on: "
        f"{', '.join(names)}.",
        far[0][0],
        limits.one_list_moves,
        names,
    )


def two_lists() -> Message:
    """With two lists independence cannot be checked."""
    return Message(
        "independence_assumed",
        "Er zijn maar 2 lijsten: de schatting neemt aan dat ze onafhankelijk zijn. Dat is niet te controleren.",
        "There are only 2 lists: the estimate assumes that they are independent. That cannot be checked.",
        2,
        3,
    )


def linkage(share: float, bounds: tuple[float, float], error: float) -> Message:
    """Links that were made by probability."""
    low, high = sorted(bounds)
    return Message(
        "linkage_error",
        f"{percent(share)} van de koppelingen is op kans gelegd. Met {percent(error)} koppelfouten erbij of eraf "
        f"wordt de schatting {shown_nl(low)} tot {shown_nl(high)}.",
        f"{percent(share)} of the links are probabilistic. With {percent(error)} more or fewer linkage errors the "
        f"estimate becomes {shown_en(low)} to {shown_en(high)}.",
        share,
        error,
    )


def years_pooled(years: int) -> Message:
    """Several years in one table."""
    return Message(
        "years_pooled",
        f"{years} jaren zijn samengenomen: dit is geen aantal per jaar, en delen door {years} mag niet.",
        f"{years} years are pooled: this is no number per year, and dividing by {years} is not allowed.",
        years,
        1,
    )


def definitions_missing(lists: int) -> Message:
    """Nobody said what the lists count."""
    return Message(
        "definitions_missing",
        f"Van {lists} lijsten is de definitie niet opgegeven. De schatting geldt alleen als ze hetzelfde tellen.",
        f"The definition of {lists} lists was not given. The estimate holds only if they count the same thing.",
        lists,
        0,
    )


def greedy_search(tried: int) -> Message:
    """Not every model was looked at."""
    return Message(
        "greedy_search",
        f"Met zoveel lijsten zijn niet alle modellen bekeken: {tried} modellen langs een zoekpad.",
        f"With this many lists not all models were examined: {tried} models along a search path.",
        tried,
    )


def withheld(method: str, reason: Message) -> Message:
    """One of several methods is refused; the others stand."""
    if reason.code == NOT_AVAILABLE:
        return reason
    return Message(
        f"withheld_{method}",
        f"Methode {method} geeft geen schatting. {reason.nl}",
        f"Method {method} gives no estimate. {reason.en}",
        reason.number,
        reason.limit,
    )


def not_available(method: str, lists: int) -> Message:
    """Model averaging needs three to five lists."""
    return Message(
        NOT_AVAILABLE,
        f"Methode {method} kan niet met {lists} lijsten; zij vraagt er 3 tot 5.",
        f"Method {method} cannot be used with {lists} lists; it needs 3 to 5.",
        lists,
        5,
    )
