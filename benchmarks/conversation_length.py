"""Processor time of a message against the length of its conversation, stock Rasa beside ours.

Both answer the same messages with the same model and actions in this process. Stock Rasa keeps
every event in its tracker store and checks every action's result against a schema.

    python -m benchmarks.conversation_length [--messages 1000] [--stock 200]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from itertools import cycle, islice

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot import engine as ours
from bot import logs, settings, training

QUESTIONS = (
    "como saco el pasaporte en honduras",
    "y cuanto cuesta?",
    "kijan pou m jwenn yon batistè an Ayiti",
    "what is an H-2 visa",
    "gracias",
)
AROUND = 5  # messages before and after a position that its figure is the median of

Say = Callable[[str], Awaitable[object]]


def of_ours(model: str) -> Say:
    """Our engine in one long conversation."""
    engine = ours.Engine(training.Path(model))
    remembered: list[dict[str, object] | None] = [None]

    async def say(text: str) -> None:
        _, remembered[0] = await engine.respond("bench", ours.Heard(text), remembered[0])

    return say


def of_stock(model: str) -> Say:
    """Rasa's Agent as it comes, with our actions called in-process."""
    agent = Agent(action_endpoint=ours._InProcess(ours._executor()))
    agent.load_model(model)

    async def say(text: str) -> None:
        channel = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, channel, "bench", metadata={}))

    return say


async def measure(say: Say, messages: int) -> list[float]:
    """Processor milliseconds of each message of one conversation."""
    times = []
    for text in islice(cycle(QUESTIONS), messages):
        start = time.process_time()
        await say(text)
        times.append((time.process_time() - start) * 1000)
    return times


def at(times: list[float], position: int) -> float:
    """The median around a position, counted from 1."""
    return statistics.median(times[max(0, position - AROUND) : position + AROUND])


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--stock", type=int, default=200)
    arguments = parser.parse_args()
    logs.configure("bench")
    model = str(training.train(settings.load()))
    our_times = asyncio.run(measure(of_ours(model), arguments.messages))
    stock_times = asyncio.run(measure(of_stock(model), arguments.stock))
    print("processor milliseconds of the n-th message of a conversation (median of ten)")
    print(f"{'n':>6} {'ours':>8} {'stock':>8}")
    for position in (10, 50, 100, 200, 500, 1000):
        row = [(t, len(t) >= position) for t in (our_times, stock_times)]
        cells = [f"{at(t, position):8.1f}" if there else f"{'-':>8}" for t, there in row]
        print(f"{position:>6} {' '.join(cells)}")
    last = min(arguments.messages, 1000)
    print(f"ours, {last}th to 10th: {at(our_times, last) / at(our_times, 10):.2f}")


if __name__ == "__main__":
    main()
