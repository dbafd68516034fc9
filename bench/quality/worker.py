"""A process of its own for each pipeline: train it with Rasa, put the questions to it, say what came of it.

`python -m bench.quality.worker FOLDER`: reads config.yml, nlu.yml and asked.json there, writes answers.json.
"""

import asyncio
import json
import logging
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from cli import engine

_TOGETHER = {"MiniLMFeaturizer", "FullLabelClassifier"}


def main(folder: Path) -> None:
    """Train, ask and write what came of it."""
    engine.put_off_tensorflow()
    engine.leave_learners_out((folder / "config.yml").read_text(encoding="utf-8"))
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    began = time.monotonic()
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="model")
    seconds = time.monotonic() - began
    assert model is not None, "Rasa did not train"
    agent = Agent.load(model)
    clock = _clock(agent)
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))

    async def ask() -> list[Any]:
        return [await agent.parse_message(text) for text in asked]

    # What a message costs is told of one core.
    with threadpool_limits(1):
        parsed = asyncio.run(ask())
    if clock.keys() >= _TOGETHER:
        clock["encoding and classifying"] = [
            sum(both) for both in zip(*(clock[name] for name in _TOGETHER), strict=True)
        ]
    answers = {
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "milliseconds": {name: [1000 * statistics.median(times), *_range(times)] for name, times in clock.items()},
        "parsed": [_needed(one) for one in parsed],
    }
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")


def _needed(parsed: dict[str, Any]) -> dict[str, Any]:
    selected = parsed.get("response_selector", {}).get("faq", {}).get("ranking", [])
    return {
        "ranking": [(entry["name"], entry["confidence"]) for entry in parsed["intent_ranking"]],
        "selected": [(entry["intent_response_key"], entry["confidence"]) for entry in selected],
        "nearness": parsed.get("nearness"),
    }


def _clock(agent: Any) -> dict[str, list[float]]:
    """Measure the components of `agent` from now on: seconds a message, by the name of the component's class."""
    times: dict[str, list[float]] = defaultdict(list)

    def timed(name: str, process: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            result = process(*args, **kwargs)
            times[name].append(time.perf_counter() - began)
            return result

        return measured

    # Rasa has no public way to its trained components.
    for node in agent.processor.model_metadata and agent.processor.graph_runner._instantiated_nodes.values():
        if node._fn_name == "process":
            node._fn = timed(node._component_class.__name__, node._fn)
    return times


def _range(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return 1000 * ordered[len(ordered) // 20], 1000 * ordered[len(ordered) * 19 // 20]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
