"""A choice with its reason: the text of an option, with a hint or with why it cannot be chosen yet."""

from __future__ import annotations


class Option(str):
    """Text of one option of a form; ``hint`` explains it, ``unavailable`` says why it is closed.

    ``over``: it will not open any more.
    ``language`` is that of text and hint where it is not that of the page: policy is Dutch.

    A ``str``, so it goes wherever a label of a choice goes: ``choices=[("loo", Option("Naar het LOO",
    unavailable="is er een integraal belang?"))]``. A closed option is only shown as closed; the action
    that takes the choice refuses it by the rule itself.
    """

    hint: str
    unavailable: str
    over: bool
    language: str

    def __new__(
        cls, text: str, *, hint: str = "", unavailable: str = "", over: bool = False, language: str = ""
    ) -> Option:
        option = super().__new__(cls, text)
        option.hint = hint
        option.unavailable = unavailable
        option.over = over
        option.language = language
        return option
