"""No unit sees, counts, suggests or finds what another branch has in hand: every address that lists.

The addresses are collected from `permissions.yaml`, so a new list that is not in the table below fails.
Each is asked before and after another branch has drafts, by every function of a unit; the answers must
be the same to the letter, as pages and as workbooks.
"""

import difflib
import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from guong.core import calendar, notices
from guong.discovery.tests.factories import LeadAnswerFactory, LeadFactory
from guong.exemplars.matching.names import search_key
from guong.exemplars.models import Exemplar, SuspectedPair
from guong.exemplars.tests.factories import (
    ClaimFactory,
    ConsentFactory,
    EvidenceFactory,
    ExemplarFactory,
    GrantFactory,
    ValueFactory,
)
from guong.nomination.tests.factories import (
    GuidedDraftFactory,
    NominationFactory,
    SignOffFactory,
)
from guong.nurturing.tests.factories import VisitFactory
from guong.reporting import actions as reporting
from guong.units.models import Unit
from guong.units.tests.factories import UnitFactory, UserFactory
from tests import matrix_upper  # noqa: F401 - its makers register themselves
from tests.matrix import MAKERS
from tests.test_permissions import MATRIX, expected

pytestmark = pytest.mark.django_db(databases=["default", "intake"])

SECRET = "Người Bí Mật Xã Bên"
DEED = "Dẫn nước về ba mươi bể chung của làng bên"
# What is drawn anew each time: tokens, and the code of a fault.
DIFFERENT = re.compile(
    rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*|M\xc3\xa3 s\xe1\xbb\xb1 vi\xe1\xbb\x87c: \w+'
)
OF_A_UNIT = ["introducer", "unit_head", "verifier", "press", "nobody"]

# What each address that lists, searches, suggests or exports is asked for; "" is the bare address.
ASKED = {
    "web:today": [""],
    "web:search": ["", "q=nguoi bi mat", "q=nbmxb", "q=GU-BI-MAT"],
    "web:notices": [""],
    "web:import_list": [""],
    "web:import_template": [""],
    "units:join": [""],
    "units:me": [""],
    "units:tree": ["", "tim=bi mat"],
    "direction:list": ["", "state=sent"],
    "direction:movements": ["", "state=waiting"],
    "direction:criteria": ["", "state=drafted"],
    "direction:rules": [""],
    "direction:draft_set": [""],
    "exemplars:list": ["", "tim=bi mat", "state=waiting", "nhom=truc-tiep", "kind=individual"],
    "exemplars:movement_entries": ["", "state=waiting"],
    "exemplars:ethnic_groups": [""],
    "exemplars:suspected": ["", "what=of_one_person", "what=of_one_deed"],
    "discovery:list": ["", "state=waiting", "state=unanswered", "state=held"],
    "discovery:answers": [""],
    "discovery:letters": [""],
    "discovery:receive": [""],
    "discovery:routes": [""],
    "discovery:keeping": [""],
    "nomination:inbox": ["", "state=draft", "state=submitted", "nhom=truc-tiep"],
    "nomination:new": [""],
    "nomination:alike": [f"full_name={SECRET}&birth_year=1975&statement={DEED}&kind=individual"],
    "nomination:overrides": [""],
    "nomination:guided": [""],
    "nomination:guided_alike": [f"full_name={SECRET}&kind=individual"],
    "nomination:guided_drafts": [""],
    "nomination:sign_offs": [""],
    "nomination:list_paper": [""],
    "exemplars:advise": ["statement=nhất tỉnh"],
    "appraisal:list": ["", "state=open"],
    "recognition:list": ["", "state=drafted"],
    "nurturing:list": ["", "state=due", "state=coming"],
    "publicity:list": ["", "state=writing"],
    "publicity:untold": [""],
    "publicity:furniture": [""],
    "replication:list": ["", "state=registered"],
    "replication:lineage": [""],
    "replication:library": [""],
    "honours:list": ["", "state=waiting"],
    "inspection:list": ["", "state=open"],
    "reporting:report": ["", "ky=2026", "don_vi="],
    "reporting:rows": [""],
    "reporting:radar": ["", "ky=2026"],
}


def place(name: str, unit) -> str | None:
    """The address, where it does not hang on one record; a record of the own unit asks nothing here."""
    try:
        return reverse(name)
    except NoReverseMatch:
        kwargs = MAKERS[name](unit) if name in MAKERS else {"pk": 0}
        return None if {"pk", "sha256"} & set(kwargs) else reverse(name, kwargs=kwargs)


def open_to_units() -> set[str]:
    """Every address without a record of its own that answers somebody of a unit with a page."""
    unit = UnitFactory()
    found = set()
    for name, methods in MATRIX.items():
        answers = [
            expected(methods[method], who)[0]
            for method in methods
            for who in OF_A_UNIT
            if method == "GET" or "alike" in name or "advise" in name
        ]
        if 200 in answers and not name.startswith(("/", "account_")) and place(name, unit):
            found.add(name)
    return found


def test_every_address_that_lists_stands_in_the_table():
    there = open_to_units()

    # A commune of the radar is one of the own branch, see its own tests.
    assert sorted(there - set(ASKED) - {"reporting:radar_rows"}) == []
    assert sorted(set(ASKED) - set(MATRIX)) == []


def drafts_of(unit) -> None:
    """What another branch has in hand and nobody outside it may know of."""
    today, units = calendar.today(), Unit.objects.count()
    clerk = UserFactory(unit=unit, function="introducer")
    for at, state in enumerate(["draft", "submitted", "returned"]):
        one = ExemplarFactory(
            unit=unit,
            commune=unit,
            full_name=SECRET,
            search_key=search_key(SECRET),
            code=f"GU-BI-MAT-{at}",
            birth_year=1975,
            sex="female",
            labour_category="farmer",
            introduced_on=today,
        )
        claim = ClaimFactory(exemplar=one, statement=DEED, stated_by=clerk)
        EvidenceFactory(exemplar=one, added_by=clerk)
        ConsentFactory(exemplar=one, recorded_by=clerk)
        VisitFactory(exemplar=one)
        ValueFactory(exemplar=one, kind="ethnic_group", said="Ba Na")
        nomination = NominationFactory(exemplar=one, state=state, claims=[claim])
        head = UserFactory(unit=unit, function="unit_head")
        notices.tell("nomination.returned", nomination, SECRET, to=[head], url="/", subject=one)
    theirs = Exemplar.objects.filter(unit=unit).order_by("pk")
    SuspectedPair.objects.create(first=theirs[0], second=theirs[1], reasons=["cùng tên"], weight=2)
    for fields in ({}, {"held": True}, {"exemplar": one, "state": "taken_up"}):
        lead = LeadFactory(unit=unit, who=SECRET, what=DEED, received_by=clerk, **fields)
    LeadAnswerFactory(lead=lead, written_by=clerk)
    GrantFactory(exemplar=one, user=UserFactory(unit=unit), granted_by=clerk)
    GuidedDraftFactory(unit=unit, by=clerk, answers={"full_name": SECRET, "did": DEED})
    SignOffFactory(nomination=nomination, unit=unit)
    period = calendar.period_of(today).code
    reporting.open_report(unit=unit, period_code=period, by=clerk)
    assert Unit.objects.count() == units, "a new unit is no secret and would be seen"


def plain(answer) -> bytes | dict:
    """What was answered, without the tokens that differ each time; a workbook by its parts."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as book:
            names = [name for name in book.namelist() if not name.startswith("docProps")]
            return {name: book.read(name) for name in names}
    return DIFFERENT.sub(b"", content)


def answers(people: dict, name: str, unit) -> dict:
    """Every answer somebody of the unit gets from the address, by function, question and form."""
    found = {}
    for who, user in people.items():
        client = Client()
        client.force_login(user, backend="guong.units.backends.AccountBackend")
        for asked in ASKED[name]:
            url = place(name, unit)
            if "GET" not in MATRIX[name]:
                pairs = dict(pair.split("=") for pair in asked.split("&"))
                found[who, asked, ""] = plain(client.post(url, pairs))
                continue
            for sheet in ("", "xuat=xlsx"):
                found[who, asked, sheet] = plain(client.get(f"{url}?{asked}&{sheet}"))
    return found


def differing(one, other) -> str:
    """The first lines that differ; empty where nothing does."""
    if one == other:
        return ""
    lines = difflib.unified_diff(str(one).split("\\n"), str(other).split("\\n"), n=0, lineterm="")
    return " / ".join([line[:200] for line in lines][3:7])


@pytest.mark.parametrize("name", ASKED)
def test_drafts_of_another_branch_change_no_answer(name):
    own, other = UnitFactory(name="Xã Của Mình"), UnitFactory(name="Xã Bên Cạnh")
    people = {
        who: UserFactory(unit=own, function=() if who == "nobody" else who) for who in OF_A_UNIT
    }
    answers(people, name, own)  # what is remembered between requests is remembered now

    before = answers(people, name, own)
    drafts_of(other)
    after = answers(people, name, own)

    changed = {asked: differing(before[asked], after[asked]) for asked in before}
    assert {asked: what for asked, what in changed.items() if what} == {}
    assert not any(SECRET in str(answer) for answer in after.values())


# --- Errors ---------------------------------------------------------------------
def refused_records() -> list[tuple[str, str]]:
    """Every address of one record that does not exist for another unit, with its method."""
    return [
        (name, method)
        for name, methods in MATRIX.items()
        for method, by_function in methods.items()
        if "introducer" in by_function or "*" in by_function
        if expected(by_function, "introducer")[1] == 404 and name in MAKERS
    ]


@pytest.mark.parametrize(("name", "method"), refused_records())
def test_a_record_of_another_branch_is_refused_as_one_that_does_not_exist(name, method):
    own, other = UnitFactory(), UnitFactory()
    theirs = MAKERS[name](other)
    if "pk" not in theirs:
        return
    client = Client(raise_request_exception=False)
    client.force_login(
        UserFactory(unit=own, function="introducer"), backend="guong.units.backends.AccountBackend"
    )

    there = client.generic(method, reverse(name, kwargs=theirs))
    nowhere = client.generic(method, reverse(name, kwargs=theirs | {"pk": 987654321}))

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert plain(there).replace(f"/{theirs['pk']}/".encode(), b"/N/") == plain(nowhere).replace(
        b"/987654321/", b"/N/"
    )


def test_a_lead_is_not_tied_to_a_record_of_another_branch_and_the_refusal_tells_nothing():
    own, other = UnitFactory(), UnitFactory()
    drafts_of(other)
    theirs = Exemplar.objects.filter(unit=other).first()
    lead = LeadFactory(unit=own)
    client = Client()
    client.force_login(
        UserFactory(unit=own, function="introducer"), backend="guong.units.backends.AccountBackend"
    )
    url = reverse("discovery:take_up", args=[lead.pk])

    hidden = client.post(url, {"exemplar": theirs.pk, "code": theirs.code})
    nothing = client.post(url, {"exemplar": 987654321, "code": "GU-2026-99999"})

    assert SECRET not in hidden.content.decode()
    assert hidden.status_code == nothing.status_code
    lead.refresh_from_db()
    assert lead.exemplar_id is None
