"""People and rights: inviting, revoking, erasing on request, and the record of it all."""

from __future__ import annotations

import re

from tests.desk.world import World, visible


async def test_an_invitation_makes_somebody_staff_and_works_once(here: World) -> None:
    admin = await here.staff("admin")
    page = await admin.post("/desk/people", data={"name": "Nadia", "role": "staff"})
    code = re.search(r"/continue/([A-Z0-9-]{23})", page.text)
    assert code
    nadia = here.founder("nadia")
    await nadia.does(f"/start {code[1]}")
    assert "Nadia" in visible((await admin.get("/desk/people")).text)
    stranger = here.founder("stranger")
    await stranger.does(f"/start {code[1]}")
    assert (await here.service.store.read(_count)) == 2


def _count(db: object) -> int:
    rows = db.execute("SELECT count(*) FROM staff WHERE revoked_at IS NULL")  # type: ignore[attr-defined]
    return int(rows.fetchone()[0])


async def test_only_admins_invite_and_revoke(here: World) -> None:
    staff = await here.staff("staff")
    assert (await staff.get("/desk/people")).status_code == 200
    for path, data in (
        ("/desk/people", {"name": "X", "role": "admin"}),
        ("/desk/people/revoke", {"person": "telegram:staff"}),
    ):
        assert (await staff.post(path, data=data)).status_code == 404


async def test_a_revoked_right_ends_with_the_next_request(here: World) -> None:
    admin, staff = await here.staff("admin"), await here.staff("staff")
    assert (await staff.get("/desk")).status_code == 200
    done = await admin.post("/desk/people/revoke", data={"person": "telegram:staff"})
    assert done.status_code == 303
    assert (await staff.get("/desk")).status_code == 401


async def test_nobody_takes_their_own_right_away(here: World) -> None:
    admin = await here.staff("admin")
    done = await admin.post("/desk/people/revoke", data={"person": "telegram:admin"})
    assert done.status_code == 409
    assert (await admin.get("/desk")).status_code == 200


async def test_a_name_and_a_known_role_are_needed_to_invite(here: World) -> None:
    admin = await here.staff("admin")
    for data in ({"name": " ", "role": "staff"}, {"name": "A", "role": "king"}, {"name": "N" * 61}):
        assert (await admin.post("/desk/people", data=data)).status_code == 422


async def test_staff_ask_for_an_erasure_and_an_admin_does_it(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", "Clean water by 2030")
    staff, admin = await here.staff("staff"), await here.staff("admin")
    assert (await staff.post(f"/desk/erase/{case}", data={"member": "0"})).status_code == 303
    assert "Lagoon" in visible((await admin.get("/desk/people")).text)
    unsure = await admin.post(f"/desk/erase/{case}", data={"member": "0", "sure": "yes"})
    assert unsure.status_code == 422
    assert await ruth.case() == case
    done = await admin.post(f"/desk/erase/{case}", data={"member": "0", "sure": "Erase"})
    assert done.status_code == 303
    assert await ruth.case() == ""
    raw = (here.store.path).read_bytes() + here.store.path.with_name("amorce.db-wal").read_bytes()
    assert b"telegram:ruth" not in raw
    assert b"Clean water by 2030" not in raw


async def test_members_of_a_team_that_does_not_share_cannot_be_looked_at(here: World) -> None:
    case = await here.founder("ruth").founds("Lagoon", "Clean water", share=False)
    staff = await here.staff("staff")
    assert (await staff.get(f"/desk/erase/{case}")).status_code == 404
    assert (await staff.post(f"/desk/erase/{case}", data={"member": "0"})).status_code == 404


async def test_the_record_tells_who_did_what_and_can_be_narrowed(here: World) -> None:
    admin = await here.staff("admin", "Amina")
    await admin.post("/desk/people", data={"name": "Nadia", "role": "trainer"})
    whole = visible((await admin.get("/desk/audit")).text)
    assert "Amina signed in" in whole
    assert "invited a trainer" in whole
    narrowed = visible((await admin.get("/desk/audit?action=sign_in")).text)
    assert "Amina invited" not in narrowed
    nobody = visible((await admin.get("/desk/audit?name=zzz")).text)
    assert "Amina signed in" not in nobody


async def test_health_tells_staff_figures_and_strangers_yes_or_no(here: World) -> None:
    staff = await here.staff("staff")
    assert "All is well" in visible((await staff.get("/desk/health")).text)
    public = await here.browser().get("/health")
    assert (public.status_code, public.json()) == (200, {"ready": True})


async def test_health_says_no_while_a_message_waits(here: World) -> None:
    await here.founder("ruth").does("/start")
    here.clock.pass_(minutes=5)
    public = await here.browser().get("/health")
    assert (public.status_code, public.json()) == (503, {"ready": False})


async def test_staff_choose_the_name_that_teams_see(here: World) -> None:
    staff = await here.staff("staff", "Admin")
    assert (await staff.post("/desk/me/name", data={"name": "  "})).status_code == 409
    assert (await staff.post("/desk/me/name", data={"name": "Marta <b>"})).status_code == 303
    assert "Marta &lt;b&gt;" in (await staff.get("/desk")).text
