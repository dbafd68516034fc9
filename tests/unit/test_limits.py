import pytest

from assistant.limits import Gate, Limits, LimitsError, TooManyError, client_address, neighborhood
from assistant.memory import OneWorkersMemory


def _gate(**limits):
    return Gate(Limits(**limits), OneWorkersMemory(clock=lambda: 0.0))


async def test_one_session_may_say_so_much_and_another_still_may():
    gate = _gate(messages_per_session=2)
    await gate.message("one")
    await gate.message("one")
    with pytest.raises(TooManyError) as refused:
        await gate.message("one")
    assert refused.value.wait == 60
    await gate.message("other")


async def test_one_address_may_ask_so_much_and_another_still_may():
    gate = _gate(requests_per_address=1, sessions_per_address=1)
    await gate.request("192.0.2.1")
    await gate.session("192.0.2.1")
    with pytest.raises(TooManyError):
        await gate.request("192.0.2.1")
    with pytest.raises(TooManyError) as refused:
        await gate.session("192.0.2.1")
    assert refused.value.wait == 3600
    await gate.request("192.0.2.2")


async def test_there_is_room_again_when_a_session_is_closed():
    gate = _gate(open_sessions=1)
    await gate.room()
    await gate.opened("one")
    with pytest.raises(TooManyError):
        await gate.room()
    await gate.closed("one")
    await gate.room()


def test_limits_that_are_not_set_are_the_usual_ones():
    assert Limits.load(None) == Limits.load({}) == Limits()
    assert Limits.load({"characters": 500}) == Limits(characters=500)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"speed": 5}, "there is no limit speed. They are: characters, body_bytes"),
        ({"characters": 0}, "characters is 0. Write a whole number above zero"),
        ({"characters": "many"}, "characters is 'many'"),
        ({"characters": True}, "characters is True"),
        ({"characters": 1.5}, "characters is 1.5"),
        (["characters"], "each line is a limit"),
    ],
)
def test_a_limit_that_cannot_be_is_named(settings, says):
    with pytest.raises(LimitsError, match=says):
        Limits.load(settings)


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_counts_as_one_address(address, counts_as):
    assert neighborhood(address) == counts_as


@pytest.mark.parametrize(
    ("forwarded", "proxies", "client"),
    [
        ("", 0, "peer"),
        ("1.1.1.1", 0, "peer"),
        ("1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1, 2.2.2.2", 2, "1.1.1.1"),
        ("", 1, "peer"),
        ("1.1.1.1", 2, "peer"),
    ],
)
def test_the_client_is_who_our_own_proxies_saw(forwarded, proxies, client):
    assert client_address("peer", forwarded, proxies) == client
