"""What holds for every text: no disguise of these kinds hides a name, nothing raises, time does not explode."""

import string

from corpus_of_feedback import known_files
from hypothesis import given, settings
from hypothesis import strategies as st

from meldroute.domain.excess import hints, without
from meldroute.domain.feedback import Finding, Kind, Known, Part, Watch, check
from meldroute.domain.normalise import fold, key, tokens

FILES = known_files()
WATCH = {name: Watch(known) for name, known in FILES.items()}
INVISIBLE = st.sampled_from("\u200b\u200c\u200d\u2060\u00ad\ufeff\u034f\u180e\u115f")
BETWEEN = st.sampled_from([" ", ".", "-", "_", "·", "/", "*", "'", "’", "\n", "\u00a0", ". "])
TOLD = st.sampled_from(
    [
        ("nagelsalon", "Fatima El Amrani"),
        ("nagelsalon", "Amrani"),
        ("nagelsalon", "Nguyen"),
        ("nagelsalon", "Jan de Wit"),
        ("nagelsalon", "Querido"),
        ("akker", "Wójcik"),
        ("akker", "Henk van den Berg"),
        ("akker", "Marieke Jong"),
        ("akker", "Flexoefen"),
        ("strand", "Zoë IJsbrandy"),
        ("strand", "Ömer Çelik"),
        ("strand", "Meijer"),
        ("strand", "Oefenkade 3"),
        ("strand", "0698765432"),
        ("strand", "ZV-2026-0102"),
    ]
)
calm = settings(deadline=None)  # a busy machine is no failure
FRAME = st.sampled_from(["{}", "Wij spraken {} gisteren.", "({})", "naar {}, dus", "“{}”", "1. {}\n2. niemand"])


def _refused(file: str, text: str) -> list[Finding]:
    return [finding for finding in WATCH[file].findings(text, Part.TEXT) if not finding.overridable]


@calm
@given(TOLD, FRAME, st.data())
def test_characters_without_width_hide_nothing(told: tuple[str, str], frame: str, data: st.DataObject) -> None:
    file, name = told
    hidden = "".join(char + data.draw(st.text(INVISIBLE, max_size=2)) for char in name)

    assert _refused(file, frame.format(hidden))


@calm
@given(TOLD, FRAME, st.data())
def test_another_case_hides_nothing(told: tuple[str, str], frame: str, data: st.DataObject) -> None:
    file, name = told
    cased = "".join(data.draw(st.sampled_from([char.lower(), char.upper()])) for char in name)

    assert _refused(file, frame.format(cased))


@calm
@given(TOLD, FRAME, BETWEEN)
def test_spelling_it_out_hides_nothing(told: tuple[str, str], frame: str, between: str) -> None:
    file, name = told
    spelled = between.join(key(name))

    assert _refused(file, frame.format(spelled))


@calm
@given(TOLD, st.text(st.sampled_from(string.punctuation + " “”…–"), max_size=4))
def test_punctuation_around_it_hides_nothing(told: tuple[str, str], around: str) -> None:
    file, name = told

    assert _refused(file, f"Wij zagen {around}{name}{around} daar.")


@calm
@given(TOLD, st.sampled_from(["  ", "\n", "\t", " - ", ", ", "\u00a0", "\u2009"]))
def test_other_blanks_between_the_words_hide_nothing(told: tuple[str, str], blank: str) -> None:
    file, name = told

    assert _refused(file, name.replace(" ", blank))


@calm
@given(TOLD, FRAME)
def test_the_span_lies_in_the_original(told: tuple[str, str], frame: str) -> None:
    file, name = told
    text = "👩‍👧 ﬁne " + frame.format(name)

    assert any(key(text[f.start : f.end]) in key(name) for f in _refused(file, text))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60), st.lists(st.text(max_size=80), max_size=2))
def test_no_text_breaks_it(text: str, subject: str, attachments: list[str]) -> None:
    parts = {Part.TEXT: text, Part.SUBJECT: subject}
    for finding in check(text, subject, attachments, FILES["strand"]):
        whole = parts.get(finding.part) or attachments[finding.index]
        assert 0 <= finding.start < finding.end <= len(whole)
        assert finding.why


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["jan", "de", "wit", "06", "12", "een", "@", ".", "-", " ", "\n", "J", "2103", "AB"])))
def test_no_heap_of_fragments_breaks_it(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert all(f.end <= len(text) for f in WATCH["nagelsalon"].findings(text, Part.TEXT))


@calm
@given(st.text(max_size=200))
def test_hints_never_break_and_can_be_taken_out(text: str) -> None:
    for hint in hints(text):
        assert hint.replacement in without(text, hint)


@calm
@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text

    assert fold(once).text == once


def test_work_grows_with_the_length_only() -> None:
    """Counted in steps, not in seconds: each start may look ahead over a bounded number of tokens."""
    for piece in ("jan de ", "j a n d e w i t ", "06 12 ", "a@b.", "een twee ", "Janse "):
        short, long = (_steps(piece * count) for count in (100, 400))
        assert long <= 4.5 * short


def _steps(text: str) -> int:
    folded = fold(text)
    matcher = CountingWatch(FILES["nagelsalon"])
    matcher.findings(text, Part.TEXT)
    return matcher.steps + len(tokens(folded))


class CountingWatch(Watch):
    """Counts how often a chain of readings is made one token longer."""

    def __init__(self, known: Known) -> None:
        super().__init__(known)
        self.steps = 0
        step = self._matcher._step

        def counting(*args):
            self.steps += 1
            return step(*args)

        self._matcher._step = counting


def test_200_000_characters_are_read_to_the_end() -> None:
    text = "Wij hebben uw bericht gelezen. " * 6500 + "Het was Fatima El Amrani."

    assert [f.kind for f in check(text, "", (), FILES["nagelsalon"])] == [Kind.PERSON]


def test_subject_line_text_and_every_attachment_are_read() -> None:
    found = check("Het is Nguyen.", "Voor El Amrani", ["niets", "naar Querido"], FILES["nagelsalon"])

    assert [(f.part, f.index, f.kind) for f in found] == [
        (Part.SUBJECT, 0, Kind.PERSON),
        (Part.TEXT, 0, Kind.PERSON),
        (Part.ATTACHMENT, 1, Kind.PARTNER),
    ]


def test_what_the_file_knows_has_no_override_and_a_loose_number_has() -> None:
    found = check("Nguyen, bel 06-11223349", "", (), FILES["nagelsalon"])

    assert [(f.kind, f.overridable) for f in found] == [(Kind.PERSON, False), (Kind.SOME_PHONE, True)]
