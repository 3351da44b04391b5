"""A reading in words: the public contract, and lists as the language has them."""

import json
from collections.abc import Mapping

import pytest

from bot.case.model import Listing
from bot.case.reading import read
from bot.case.told import listed, said, to_json
from bot.knowledge.rules import Rules

LISTS = {"list.two": "{first} & {last}", "list.more": "{first}; {last}"}


def words(key: str, values: Mapping[str, str | int]) -> str:
    return LISTS[key].format(**values) if key in LISTS else f"<{key}>"


@pytest.mark.parametrize(
    ("items", "wanted"),
    [((), ""), (("A",), "A"), (("A", "B"), "A & B"), (("A", "B", "C", "D"), "A; B; C & D")],
)
def test_things_in_a_row_are_joined_by_the_language(items: tuple[str, ...], wanted: str) -> None:
    assert listed(Listing(items), words) == wanted


def test_labels_in_a_row_are_said_first() -> None:
    sectors = Listing(("sector.public", "sector.private"), keyed=True)
    assert listed(sectors, words) == "<sector.public> & <sector.private>"


def test_a_pattern_gets_its_values_as_plain_words() -> None:
    filled: dict[str, object] = {}

    def keep(key: str, values: Mapping[str, str | int]) -> str:
        filled.update(values)
        return key

    assert said("x.text", {"existing": Listing(("X",)), "n": 2}, keep) == "x.text"
    assert filled == {"existing": "X", "n": 2}


def test_the_json_has_exactly_the_keys_of_the_contract(rules: Rules) -> None:
    case = {"goal": "G", "shared_goal": "agreed", "existing": ["Alliance X"]}
    found = to_json(read(case, rules), words, ("partnership.a", "b", "c", "d"))
    assert set(found) == {
        *("phase", "profile", "form", "missing_sectors", "similar_partnerships", "contradictions"),
        *("reasons", "next_tips", "route", "form_status", "form_otherwise", "could_become"),
        *("owed", "to_ask", "confidence", "outlook"),
    }
    assert found["similar_partnerships"] == ["partnership.a", "b", "c"]
    for reason in found["contradictions"] + found["reasons"]:
        assert set(reason) == {"about", "text", "answers", "sources"}
    assert json.loads(json.dumps(found)) == found


def test_a_partnership_known_without_its_name_is_called_one(rules: Rules) -> None:
    values = read({"existing_known": "yes"}, rules).reasons[0].values
    assert values == {"existing": Listing(("existing.unnamed",), keyed=True)}
    named = read({"existing": [" Alliance X "]}, rules).reasons[0].values
    assert named == {"existing": Listing(("Alliance X",))}
