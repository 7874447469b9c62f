# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions of the schema on the command line: an option for each, asked for on a terminal."""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from kb import starting
from kb.forms.answers import read
from kb.forms.choices import Choices
from kb.forms.questions import ITEM, SECTIONS, Question
from kb.messages import say
from kb.records import Record

#: Kinds of answers that have a form of their own → what the checker says of others.
MESSAGES = {"date": "date", "number": "decimal_parsing"}


def on_terminal() -> bool:
    """Say whether somebody is there to answer."""
    return sys.stdin.isatty()


def option(question: Question) -> str:
    """Return the name of the option that answers *question*."""
    keys = [key for key in question.path if key not in (ITEM, SECTIONS)]
    if question.path == ("authority",):
        return "city"
    if question.group:
        keys[0] = keys[0].removesuffix("s")
    if question.many:
        keys[-1] = keys[-1].removesuffix("s")
    return "-".join(keys).replace("_", "-")


def options(questions: Iterable[Question]) -> Callable[[Any], Any]:
    """Return a decorator that gives a command an option for each of *questions*."""

    def decorate(command: Any) -> Any:
        for question in reversed(list(questions)):
            help_text = f"{': '.join(question.titles)}. {question.hint}"
            add = click.option(f"--{option(question)}", multiple=question.many, help=help_text)
            command = add(command)
        return command

    return decorate


class Asking:
    """Takes the answers to the questions of *model*: those given, then those asked for."""

    def __init__(self, model: type[Record], choices: Choices) -> None:
        self.model = model
        self.choices = choices

    def given(
        self, questions: Iterable[Question], values: Mapping[str, Any]
    ) -> dict[Question, str]:
        """Return the answers among the option *values*.

        Raises :class:`click.BadParameter` for one that does not fit its question.
        """
        answers = {}
        for question in questions:
            value = values[option(question).replace("-", "_")]
            text = "\n".join(value) if question.many else value
            if text:
                answers[question] = self._fitting(question, text, f"--{option(question)}")
        return answers

    def ask(self, question: Question, must: bool = False) -> str:
        """Ask for an answer until it fits; an empty one is none, unless there *must* be one."""
        named = list(self.choices.of(question).items())
        # The codes of a closed list are for files: who is asked sees its names.
        click.echo(f"\n{click.style(': '.join(question.titles), bold=True)}")
        click.echo(question.hint) if question.kind != "choice" else None
        for number, (_, label) in enumerate(named, 1):
            click.echo(f"  {number:>2}  {label}")
        if question.example:
            click.echo(f"Esempio: {question.example}")
        return str(
            click.prompt(
                ">",
                default=None if must else "",
                show_default=False,
                prompt_suffix=" ",
                value_proc=lambda text: self._fitting(question, _chosen(text, named)),
            )
        )

    def _fitting(self, question: Question, text: str, hint: str | None = None) -> str:
        if not text:
            return ""
        value, unread = read(question, text, self.choices)
        problem = self._misfit(question, unread) if unread else self._wrong(question, value)
        if problem:
            raise click.BadParameter(problem, None, None, hint)
        return text

    def _wrong(self, question: Question, value: Any) -> str:
        return starting.wrong(question, value, self.model, self.choices)

    def _misfit(self, question: Question, text: str) -> str:
        named = self.choices.of(question)
        if named:
            return f"'{text}' is none of: {', '.join(sorted(named))}"
        return say(MESSAGES.get(question.kind, "invalid"), "it", {"found": text})


def _chosen(text: str, named: list[tuple[str, str]]) -> str:
    """Return *text*, or the choices that it names by their numbers."""
    numbers = [int(part) for part in re.split(r"[\s,;]+", text.strip()) if part.isdigit()]
    chosen = [named[number - 1][0] for number in numbers if 0 < number <= len(named)]
    by_number = named and re.fullmatch(r"[\d\s,;]+", text) and len(chosen) == len(numbers)
    return "\n".join(chosen) if by_number else text
