import pytest

from assistant.memory import Hits, OneWorkersMemory


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def memory(clock):
    return OneWorkersMemory(clock)


async def test_hits_are_counted_from_the_first_until_the_span_ends(memory, clock):
    assert await memory.hit("a", 60) == Hits(1, 60)
    clock.now += 59
    assert await memory.hit("a", 60) == Hits(2, 1)
    clock.now += 1
    assert await memory.hit("a", 60) == Hits(1, 60)


async def test_keys_do_not_mix(memory):
    await memory.hit("a", 60)
    assert (await memory.hit("b", 60)).number == 1


async def test_a_session_is_open_until_it_is_closed_or_its_time_is_over(memory, clock):
    for session in ("one", "two", "three"):
        await memory.open(session, 3600)
    await memory.open("one", 3600)
    assert await memory.opened() == 3
    await memory.close("one")
    await memory.close("never opened")
    assert await memory.opened() == 2
    clock.now += 3599
    await memory.open("two", 3600)
    clock.now += 1
    assert await memory.opened() == 1


async def test_an_exchanged_value_is_returned_until_its_time_is_over(memory, clock):
    assert await memory.exchange("a", "yes", 60) is None
    assert await memory.exchange("a", "no", 60) == "yes"
    clock.now += 60
    assert await memory.exchange("a", "yes", 60) is None


async def test_it_does_not_grow_with_what_is_over(memory, clock):
    for number in range(1000):
        await memory.hit(f"key {number}", 1)
        await memory.open(f"session {number}", 1)
        await memory.exchange(f"value {number}", "", 1)
    clock.now += 61
    await memory.hit("last", 1)
    assert [len(held) for held in (memory._hits, memory._sessions, memory._values)] == [1, 0, 0]
