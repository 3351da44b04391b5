"""A team sees in the chat who read its file, and when."""

from __future__ import annotations

from tests.desk.test_waiting import letters
from tests.desk.world import World


async def told(here: World) -> str:
    await letters(here, "ruth")
    await here.founder("ruth").does("/readers")
    return " ".join(message.html for message in await letters(here, "ruth"))


async def test_nobody_has_read_the_file_until_somebody_opens_it(here: World) -> None:
    case = await here.founder("ruth").founds("Lagoon", "Clean water")
    assert "Nobody from the programme has read your file yet." in await told(here)
    marta = await here.staff("staff", "Marta <b>")
    await marta.get("/desk")
    assert "Nobody from the programme" in await told(here)
    await marta.get(f"/desk/teams/{case}")
    said = await told(here)
    assert "Marta &lt;b&gt;, on 1 March 2027" in said
    assert "Nobody" not in said


async def test_an_export_is_told_as_well(here: World) -> None:
    await here.founder("ruth").founds("Lagoon", "Clean water")
    marta = await here.staff("staff", "Marta")
    await marta.get("/desk/teams.csv")
    assert "Marta, on 1 March 2027" in await told(here)
