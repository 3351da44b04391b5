"""Actors: a pasted list, its sectors, and with whom one really talks."""

from __future__ import annotations

import pytest

from bot.case.names import names
from tests.conversation import Conversation

LIST = "Mairie de Thiès\nONG Eau Vive\nUniversité de Dakar\nOcéanium"


def listed(text: str = LIST) -> Conversation:
    """A founder before the sorted list."""
    talk = Conversation()
    talk.command("start")
    talk.do("yes")
    talk.do("need:partners")
    while talk.world.session.frames[-1].state != "names":
        talk.do("skip") if "skip" in talk.world.session.choices else talk.do("set:no")
    talk.say(text)
    return talk


def sectors(talk: Conversation) -> dict[str, str | None]:
    return {actor.name: actor.sector for actor in talk.world.case.actors}


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("Mairie, ONG ; Université", ["Mairie", "ONG", "Université"]),
        (
            "Voici notre liste :\n- Mairie\n- ONG\n2) GIZ\n3. Radio",
            ["Mairie", "ONG", "GIZ", "Radio"],
        ),
        ("Mairie\n\nMairie\n…", ["Mairie"]),
        ("Peul-Santé", ["Peul-Santé"]),
        ("- M. Traoré, chef\n- Mairie\n- ONG, Thiès", ["M. Traoré, chef", "Mairie", "ONG, Thiès"]),
        ("11, Mairie", ["Mairie"]),
        ("", []),
    ],
)
def test_a_pasted_list_becomes_names(pasted: str, found: list[str]) -> None:
    assert names(pasted) == found


def test_a_name_of_no_sure_sector_is_asked_about_before_the_list_is_right() -> None:
    talk = listed()
    assert sectors(talk)["Océanium"] is None
    talk.do("right")
    assert talk.world.session.frames[-1].state == "sector"
    talk.do("sector:civil_society")
    assert sectors(talk)["Océanium"] == "civil_society"
    talk.do("right")
    assert talk.world.session.frames[-1].dialog == "on_board"


@pytest.mark.parametrize("typed", ["Océanium : société civile", "oceanium société civile"])
def test_a_typed_correction_corrects_and_adds_no_name(typed: str) -> None:
    talk = listed()
    talk.say(typed)
    assert sectors(talk)["Océanium"] == "civil_society"
    assert len(talk.world.case.actors) == 4


def test_a_bare_sector_asks_which_name_is_meant() -> None:
    talk = listed()
    talk.say("secteur privé")
    assert talk.world.session.frames[-1].state == "which"
    assert len(talk.world.case.actors) == 4


def test_a_sector_left_out_on_purpose_is_noted_and_can_be_taken_back() -> None:
    talk = listed("Mairie de Thiès, ONG Eau Vive")
    talk.do("aside")
    talk.do("aside:private")
    assert talk.world.case.told("left_out") == ("private",)
    talk.do("aside")
    talk.do("aside:private")
    assert talk.world.case.told("left_out") == ()


def test_numbers_tick_the_names_they_stand_before() -> None:
    talk = listed("Mairie de Thiès, ONG Eau Vive, Université de Dakar")
    talk.do("right")
    talk.say("1, 3")
    talk.say("1 et 3")
    talk.do("tick:1")
    talk.do("tick:1")
    talk.do("done")
    status = [actor.status for actor in talk.world.case.actors]
    assert status == ["in_talks", "idea", "in_talks"]
    assert talk.world.case.told("on_board") == ("Mairie de Thiès", "Université de Dakar")


def test_back_from_the_ticks_leads_to_the_list() -> None:
    talk = listed("Mairie de Thiès, ONG Eau Vive")
    talk.do("right")
    talk.do("back")
    assert talk.world.session.frames[-1].state == "sorted"


def test_a_name_can_be_retyped_where_it_is_sorted() -> None:
    talk = listed("Mairie de Thies, ONG Eau Vive")
    talk.do("correct")
    talk.do("actor:0")
    talk.say("Mairie de Thiès")
    talk.do("sector:public")
    assert sectors(talk) == {"Mairie de Thiès": "public", "ONG Eau Vive": "civil_society"}


def test_a_sentence_about_a_name_corrects_it_and_a_plain_yes_agrees() -> None:
    talk = listed("Red Cross, Mr Green Africa, Mathare Youth Group")
    talk.say("Red Cross is an NGO, Mr Green Africa is a company")
    assert len(talk.world.case.actors) == 3
    assert sectors(talk)["Red Cross"] == "civil_society"
    assert sectors(talk)["Mr Green Africa"] == "private"
    talk.say("yes thats fine")
    assert len(talk.world.case.actors) == 3
    assert talk.world.session.frames[-1].state != "sorted"


def test_a_list_typed_again_adds_only_what_is_new() -> None:
    talk = listed("Mairie de Thiès, ONG Eau Vive")
    talk.say("Mairie de Thiès, Lycée de Thiès")
    assert list(sectors(talk)) == ["Mairie de Thiès", "ONG Eau Vive", "Lycée de Thiès"]
