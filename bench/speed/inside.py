"""Hold sessions with a trained bot inside this process, without HTTP before it, and print the seconds as JSON.

`python -m bench.speed.inside MODEL ENDPOINTS SESSIONS`; its action server runs beside it.
"""

import asyncio
import json
import logging
import sys
import time

from bench.speed.talk import FIRST, SESSION, new_sender
from cli import engine


async def hold(model: str, endpoints: str, sessions: int) -> list[tuple[str, float]]:
    """Return the kind and the seconds of each turn."""
    from rasa.core.agent import load_agent
    from rasa.core.utils import AvailableEndpoints

    agent = await load_agent(model_path=model, endpoints=AvailableEndpoints.read_endpoints(endpoints))
    await agent.handle_text(FIRST, sender_id=new_sender())
    took = []
    for _ in range(sessions):
        sender = new_sender()
        for kind, text in SESSION:
            began = time.perf_counter()
            await agent.handle_text(text, sender_id=sender)
            took.append((kind, time.perf_counter() - began))
    return took


def main() -> None:
    """Do what the module says."""
    model, endpoints, sessions = sys.argv[1:]
    engine.put_off_tensorflow()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    json.dump(asyncio.run(hold(model, endpoints, int(sessions))), sys.stdout)


if __name__ == "__main__":
    main()
