"""How often somebody may do something, without anybody being locked out."""

from __future__ import annotations

from bot.web import limits
from bot.web.limits import Limit, Limiter


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(limiter: Limiter, name: str, tries: int) -> int:
    return sum(limiter.allows(name) for _ in range(tries))


def test_so_many_at_once_and_no_more() -> None:
    assert taken(Limiter(Limit(3, 60.0), Seconds()), "a", 10) == 3


def test_what_is_left_fills_up_evenly() -> None:
    clock = Seconds()
    limiter = Limiter(Limit(3, 60.0), clock)
    taken(limiter, "a", 3)
    clock.now += 19.9
    assert taken(limiter, "a", 5) == 0
    clock.now += 0.2
    assert taken(limiter, "a", 5) == 1
    clock.now += 20.0
    assert taken(limiter, "a", 5) == 1


def test_refused_tries_do_not_lengthen_the_wait() -> None:
    clock = Seconds()
    limiter = Limiter(Limit(2, 10.0), clock)
    taken(limiter, "a", 1000)
    clock.now += 5.0
    assert limiter.allows("a")


def test_never_more_than_the_most_is_saved_up() -> None:
    clock = Seconds()
    limiter = Limiter(Limit(3, 60.0), clock)
    taken(limiter, "a", 1)
    clock.now += 1_000_000.0
    assert taken(limiter, "a", 10) == 3


def test_names_do_not_take_from_each_other() -> None:
    limiter = Limiter(Limit(2, 60.0), Seconds())
    taken(limiter, "attacker", 500)
    assert taken(limiter, "victim", 5) == 2


def test_a_clock_put_back_locks_nobody_out_for_long() -> None:
    clock = Seconds()
    limiter = Limiter(Limit(2, 10.0), clock)
    taken(limiter, "a", 2)
    clock.now -= 500.0
    limiter.allows("a")
    clock.now += 5.0
    assert limiter.allows("a")


def test_a_flood_of_names_neither_fills_the_memory_nor_frees_who_is_at_it() -> None:
    limiter = Limiter(Limit(1, 1e9), Seconds())
    assert limiter.allows("busy")
    for number in range(limits.MOST_NAMES + 50):
        limiter.allows(str(number))
        if number % 1000 == 0:
            assert not limiter.allows("busy")
    assert len(limiter._left) == limits.MOST_NAMES
    assert limiter.allows("0"), "the longest silent is forgotten first"
