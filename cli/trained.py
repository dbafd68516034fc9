"""A trained model inside this process: what it makes of messages, whether it can say every answer, and its stories."""

import asyncio
import contextlib
import importlib
import io
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli import environment
from cli.paths import PROJECT

if TYPE_CHECKING:
    from assistant.evaluation import Answered
    from assistant.safety_evaluation import Case, Judged

STORIES = PROJECT / "tests/conversations"


class Trained:
    """A model of Rasa's, loaded without a server."""

    def __init__(self, model: Path) -> None:
        """Load it; the responses are completed as `endpoints.yml` says."""
        prepare()
        with _quiet():
            from rasa.core.agent import Agent
            from rasa.core.utils import AvailableEndpoints

            endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
            self._agent = Agent.load(str(model), generator=endpoints.nlg)

    def parse(self, texts: Sequence[str]) -> list[Mapping[str, Any]]:
        """Return what the pipeline makes of each text (Rasa's parse), read all at once."""
        from rasa.core.channels.channel import UserMessage
        from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER

        processor = self._agent.processor
        target = processor.model_metadata.nlu_target
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text) for text in texts], PLACEHOLDER_TRACKER: None}
        parsed = processor.graph_runner.run(inputs=inputs, targets=[target])[target]
        return [{"entities": [], **message.as_dict(only_output_properties=True)} for message in parsed]

    def answer(self, questions: "Sequence[tuple[str, str]]") -> "list[Answered]":
        """Put questions, each with its right label, to the pipeline."""
        from assistant.evaluation import Answered

        parsed = self.parse([question for _, question in questions])
        return [Answered.of(label, question, one) for (label, question), one in zip(questions, parsed, strict=True)]

    def judge(self, cases: "Sequence[Case]") -> "list[Judged]":
        """Put messages of danger, and what only sounds like one, to the pipeline."""
        from assistant.safety_evaluation import Judged

        parsed = self.parse([case.text for case in cases])
        return [Judged.of(case, one) for case, one in zip(cases, parsed, strict=True)]

    def unsayable(self) -> list[str]:
        """Return the names of the answers and greetings that cannot be said."""
        from rasa.shared.core.trackers import DialogueStateTracker

        names = [name for name in self._agent.domain.responses if name.startswith(("utter_faq/", "utter_greet"))]

        async def say_all() -> list[str]:
            failed = []
            for name in names:
                tracker = DialogueStateTracker.from_events("", [], self._agent.domain.slots)
                try:
                    said = await self._agent.nlg.generate(name, tracker, "chat")
                except (LookupError, TypeError, ValueError):
                    said = None
                if not (said and said.get("text")):
                    failed.append(name)
            return failed

        return asyncio.run(say_all())

    def failed_stories(self, stories: Path = STORIES) -> list[str]:
        """Return the names of the test stories that do not come out as written."""
        import yaml

        with _quiet(), tempfile.TemporaryDirectory() as results:
            from rasa.core.test import test

            logging.disable(logging.WARNING)
            try:
                asyncio.run(test(str(stories), self._agent, out_directory=results, e2e=True, disable_plotting=True))
            finally:
                logging.disable(logging.NOTSET)
            failed = yaml.safe_load((Path(results) / "failed_test_stories.yml").read_text(encoding="utf-8")) or {}
        return [story["story"].partition(" (")[0] for story in failed.get("stories", [])]


def prepare() -> None:
    """Load Rasa's libraries, which takes some seconds, without their warnings."""
    os.environ.update(environment.QUIET)
    # The output is not redirected: this may be done while others write.
    shown = warnings.showwarning
    warnings.showwarning = lambda *_, **__: None
    try:
        for name in ("rasa.core.agent", "rasa.core.test"):
            importlib.import_module(name)
    finally:
        warnings.showwarning = shown
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep Rasa's progress bars and its libraries' warnings about each other from the terminal."""
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        yield
