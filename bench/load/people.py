"""People who talk with the web channel as the widget does, many at a time (locust).

`python -m bench.load.people ADDRESS --people 10 --seconds 60 --think 2 10` prints what happened as JSON.

Each person opens a session, holds one of the conversations of talks.yml, compares the history with what was said and
answered, erases it, and comes back as somebody new. Every reply must be the one that the same words got when nobody
else was there. A message that is refused is sent again, with the same id, when the server says so.
"""

import argparse
import json
import random
import sys
import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, task
from locust.env import Environment
from locust.exception import StopUser

from assistant import yaml_file

TALKS = Path(__file__).with_name("talks.yml")
_SECONDS_TO_FINISH = 60
_TIMEOUT = 60


@dataclass
class Seen:
    """What happened. seconds: each answered message took, with its waits.

    wrong: replies that were not the right ones; lost: messages without an answer, or missing or misplaced in the
    history; refused: how often, by status and code.
    """

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    conversations: int = 0
    took: float = 0.0


class TroubleError(Exception):
    """The server did not do what it must."""


class Person(FastHttpUser):
    """One person after another. What all share is set on the class by `crowd`."""

    abstract = True
    connection_timeout = _TIMEOUT
    network_timeout = _TIMEOUT
    talks: Sequence[Mapping[str, Any]]
    right: Mapping[str, list[list[dict[str, Any]]]]
    think: tuple[float, float]
    seen: Seen
    closing: bool

    @task
    def visit(self) -> None:
        """Hold one conversation."""
        (talk,) = random.choices(self.talks, [talk["weight"] for talk in self.talks])  # noqa: S311 - no secret
        told = []
        try:
            token = self._ask("POST", "/chat/sessions")["token"]
            for turn, right in zip(talk["turns"], self.right[talk["name"]], strict=True):
                gevent.sleep(random.uniform(*self.think))  # noqa: S311
                if self.closing:
                    break
                replies = self.say(turn["say"], token)
                told += [turn["say"], *(reply["text"] for reply in replies)]
                if plain(replies) != right:
                    self.seen.wrong.append(f"{turn['say']!r} got {[reply['text'][:80] for reply in replies]}")
            history = self._ask("GET", "/chat/messages", token=token)["messages"]
            if [message["text"] for message in history] != told:
                self.seen.lost.append(f"a conversation about {talk['name']} is not stored as it was held")
            self._ask("DELETE", "/chat/session", token=token)
            self.seen.conversations += 1
        except TroubleError as error:
            self.seen.lost.append(str(error))
        if self.closing:
            raise StopUser

    def say(self, text: str, token: str) -> list[dict[str, Any]]:
        """Return the replies to `text`, however often it takes."""
        began = time.perf_counter()
        replies: list[dict[str, Any]] = self._ask("POST", "/chat/messages", _said(text), token)["messages"]
        self.seen.seconds.append(time.perf_counter() - began)
        return replies

    def _ask(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        """Ask until it is granted; raise TroubleError where the server fails, or cannot be reached."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        while True:
            with self.client.request(method, path, json=body, headers=headers, catch_response=True) as answer:
                answer.success()
                if 200 <= answer.status_code < 300:
                    return json.loads(answer.text or "null")
                code = _code(answer.text)
                self.seen.refused[f"{answer.status_code} {code}"] += 1
                wait = answer.headers.get("retry-after") if answer.headers else None
                if wait is None:
                    raise TroubleError(f"{method} {path}: {answer.status_code} {code} {answer.error or ''}")
            # As the widget waits: not all at the same moment.
            gevent.sleep(float(wait) * random.uniform(1, 1.5))  # noqa: S311


def plain(replies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the replies without what differs each time: ids and times."""
    return [{name: value for name, value in reply.items() if name not in {"id", "sent_at"}} for reply in replies]


def crowd(address: str, people: int, seconds: float, think: tuple[float, float], talks: Path) -> Seen:
    """Have `people` talk for `seconds`, each waiting `think` (from, to; seconds) before each message.

    Raises:
        TroubleError: a right answer is not even given to one person alone.
    """
    seen = Seen()
    environment = Environment(host=address, user_classes=[])
    person: Any = type("Visitor", (Person,), {"abstract": False, "host": address, "think": think, "seen": seen})
    person.talks = yaml_file.read(talks)
    person.closing = False
    alone = person(environment)
    person.right = {talk["name"]: _alone(alone, talk) for talk in person.talks}
    seen.seconds, seen.refused = [], Counter()
    environment.user_classes = [person]
    runner = environment.create_local_runner()
    began = time.perf_counter()
    # Everybody is there within a tenth of the time.
    runner.start(people, spawn_rate=max(1.0, 10 * people / seconds))
    gevent.sleep(seconds)
    seen.took = time.perf_counter() - began
    within = len(seen.seconds)
    person.closing = True
    deadline = time.perf_counter() + _SECONDS_TO_FINISH
    while runner.user_count and time.perf_counter() < deadline:
        gevent.sleep(0.1)
    if runner.user_count:
        seen.lost.append(f"{runner.user_count} people were not answered within {_SECONDS_TO_FINISH} s")
    runner.quit()
    del seen.seconds[within:]
    return seen


def _alone(person: Person, talk: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    token = person._ask("POST", "/chat/sessions")["token"]
    answers = []
    for turn in talk["turns"]:
        replies = person.say(turn["say"], token)
        for name in ("topic", "urgency"):
            if name in turn and turn[name] not in [reply[name] for reply in replies]:
                raise TroubleError(f"{turn['say']!r} is not answered with the {name} {turn[name]}")
        answers.append(plain(replies))
    person._ask("DELETE", "/chat/session", token=token)
    return answers


def _said(text: str) -> dict[str, str]:
    return {"id": str(uuid.uuid4()), "text": text}


def _code(text: str | None) -> str:
    try:
        return str(json.loads(text or "")["error"]["code"])
    except (ValueError, LookupError, TypeError):
        return ""


def main() -> None:
    """Do what the module says."""
    parser = argparse.ArgumentParser(description="People who talk with the web channel.")
    parser.add_argument("address")
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--think", type=float, nargs=2, required=True, metavar=("FROM", "TO"))
    parser.add_argument("--talks", type=Path, default=TALKS, help="what they say, and what must come back")
    args = parser.parse_args()
    try:
        seen = crowd(args.address, args.people, args.seconds, (args.think[0], args.think[1]), args.talks)
    except TroubleError as trouble:
        sys.exit(str(trouble))
    json.dump(vars(seen), sys.stdout)


if __name__ == "__main__":
    main()
