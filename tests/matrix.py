"""How the permission matrix gets a record for an address with parameters.

Each function takes a unit and returns what the address needs (`{"pk": …}`) for a record of that
unit, made with the room's own factories and in the state in which the verb is possible.
"""

import io
from collections.abc import Callable

MAKERS: dict[str, Callable] = {}


def record(*names: str):
    """Say that the addresses of these URL names take the record the function makes."""

    def remember(maker: Callable) -> Callable:
        for name in names:
            if name in MAKERS:
                raise LookupError(f"{name} has a maker already.")
            MAKERS[name] = maker
        return maker

    return remember


# --- units ---
@record("units:account", "units:invite", "units:grant", "units:end_account")
def an_account(unit) -> dict:
    from guong.units.tests.factories import UserFactory

    return {"pk": UserFactory(unit=unit).pk}


@record("units:grant_introducing")
def a_unit(unit) -> dict:
    return {"pk": unit.pk}


@record("units:end_introducing")
def a_right(unit) -> dict:
    return {"pk": unit.introducing_rights.get().pk}


@record("units:end_mandate")
def a_mandate(unit) -> dict:
    from guong.units.tests.factories import MandateFactory, UserFactory

    return {"pk": MandateFactory(user=UserFactory(unit=unit), unit=unit).pk}


# --- portal ---
@record("portal:changes")
def a_kind_of_page(unit) -> dict:
    return {"group": "bai"}


@record("portal:confirm_take_down", "portal:object_to_take_down")
def a_take_down(unit) -> dict:
    from guong.exemplars import actions
    from guong.exemplars.tests.factories import ConsentFactory, ExemplarFactory
    from guong.portal.actions import note_take_downs
    from guong.units.tests.factories import UserFactory, system_user

    exemplar = ExemplarFactory(unit=unit, recognised=True)
    consent = ConsentFactory(exemplar=exemplar, purpose="name_publicly")
    actions.withdraw_consent(consent=consent, by=UserFactory(unit=unit, function="introducer"))
    (made,) = note_take_downs(keys={f"card:{exemplar.code}"}, by=system_user())
    return {"pk": made.pk}


@record("portal:let_pass")
def a_finding(unit) -> dict:
    from guong.portal.models import GuardFinding

    fields = {"title": "Bài mẫu", "url": "/", "verdict": "hold", "is_public": True}
    return {"pk": GuardFinding.objects.create(subject=f"x:{unit.pk}", sha256="0" * 64, **fields).pk}


# --- web ---
@record("web:open_notice", "web:read_notice")
def a_notice_of_somebody_else(unit) -> dict:
    from guong.core.models import Notice
    from guong.units.tests.factories import UserFactory

    somebody = UserFactory(unit=unit)
    fields = {
        "kind": "nomination.returned",
        "sentence": "Mẫu.",
        "url": "/",
        "about": f"x:{unit.pk}",
    }
    return {"pk": Notice.objects.create(to=somebody, **fields).pk}


# --- exemplars, and the pages of web about one ---
def an_exemplar(unit):
    from guong.exemplars.tests.factories import ExemplarFactory

    return ExemplarFactory(unit=unit)


def a_stored_file(unit):
    """A file of its own bytes: the same bytes twice would be one file, of both units."""
    from guong.core import files
    from guong.units.tests.factories import UserFactory

    content = io.BytesIO(f"minh chứng của {unit.code}".encode())
    return files.store(content, name="a.txt", content_type="text/plain", by=UserFactory(unit=unit))


@record(
    "web:life",
    "exemplars:add_evidence",
    "exemplars:state_claim",
    "exemplars:set_picture",
    "exemplars:record_consent",
    "exemplars:record_distinction",
    "exemplars:place_hold",
    "exemplars:declare_conflict",
    "exemplars:enter_movement",
    "exemplars:record_identity",
    "exemplars:describe",
)
def an_exemplar_of(unit) -> dict:
    return {"pk": an_exemplar(unit).pk}


@record("exemplars:read_identity")
def an_identity(unit) -> dict:
    from guong.exemplars.tests.factories import IdentityFactory

    return {"pk": IdentityFactory(exemplar=an_exemplar(unit)).exemplar_id}


@record("exemplars:compare", "exemplars:judge", "exemplars:merge")
def two_exemplars_of(unit) -> dict:
    return {"pk": an_exemplar(unit).pk, "other": an_exemplar(unit).pk}


@record("exemplars:undo_merge")
def a_merge_of(unit) -> dict:
    from guong.exemplars.models import Merge
    from guong.units.tests.factories import UserFactory

    kept, merged = an_exemplar(unit), an_exemplar(unit)
    merged.merged_into = kept
    merged.save()
    made = Merge.objects.create(kept=kept, merged=merged, reason="Cùng một.", by=UserFactory())
    return {"pk": made.pk}


@record(
    "exemplars:rename_ethnic_group",
    "exemplars:verify_ethnic_group",
    "exemplars:switch_ethnic_group",
)
def a_people(unit) -> dict:
    from guong.exemplars.tests.factories import EthnicGroupFactory

    return {"pk": EthnicGroupFactory().pk}


@record("exemplars:revise_claim")
def a_claim(unit) -> dict:
    from guong.exemplars.tests.factories import ClaimFactory

    return {"pk": ClaimFactory(exemplar=an_exemplar(unit)).pk}


@record("exemplars:withdraw_consent")
def a_consent(unit) -> dict:
    from guong.exemplars.tests.factories import ConsentFactory

    return {"pk": ConsentFactory(exemplar=an_exemplar(unit)).pk}


@record("exemplars:confirm_movement")
def a_movement_entry(unit) -> dict:
    from guong.exemplars.tests.factories import MovementEntryFactory

    return {"pk": MovementEntryFactory(exemplar=an_exemplar(unit)).pk}


@record("exemplars:strike_distinction")
def a_distinction(unit) -> dict:
    from guong.exemplars.models import Distinction

    told = {"title": "Gương xã", "given_by": "Xã"}
    return {"pk": Distinction.objects.create(exemplar=an_exemplar(unit), **told).pk}


@record("exemplars:lift_hold")
def a_hold(unit) -> dict:
    from guong.exemplars.tests.factories import HoldFactory

    return {"pk": HoldFactory(exemplar=an_exemplar(unit)).pk}


@record("web:file")
def evidence_with_a_file(unit) -> dict:
    from guong.exemplars.tests.factories import EvidenceFactory

    stored = a_stored_file(unit)
    EvidenceFactory(exemplar=an_exemplar(unit), kind="file", file=stored, testimony="")
    return {"sha256": stored.sha256}


@record("web:picture")
def an_exemplar_with_a_picture(unit) -> dict:
    exemplar = an_exemplar(unit)
    exemplar.picture = a_stored_file(unit)
    exemplar.save()
    return {"pk": exemplar.pk}


# --- direction ---
@record("direction:detail")
def a_directive(unit) -> dict:
    from guong.direction.tests.factories import AssignmentFactory

    return {"pk": AssignmentFactory(unit=unit).task.directive_id}


@record("direction:acknowledge")
def an_assignment(unit) -> dict:
    from guong.direction.tests.factories import AssignmentFactory

    return {"pk": AssignmentFactory(unit=unit).pk}


@record("direction:movement", "direction:confirm_movement")
def a_movement(unit) -> dict:
    from guong.direction.tests.factories import MovementFactory

    return {"pk": MovementFactory(launcher=unit).pk}


def a_set(unit, **fields):
    from guong.direction.tests.factories import CriteriaSetFactory

    return {"pk": CriteriaSetFactory(issuer=unit, **fields).pk}


@record(
    "direction:criteria_set",
    "direction:export_set",
    "direction:revise_set",
    "direction:put_in_force",
)
def a_drafted_set(unit) -> dict:
    return a_set(unit)


@record("direction:clone_set", "direction:renew_set", "direction:retire_set")
def a_set_in_force(unit) -> dict:
    return a_set(unit, in_force=True)


@record("direction:verify_set")
def a_frame(unit) -> dict:
    return a_set(None, state="switched_off", drafted_by=None)


@record("direction:verify_rule", "direction:switch_rule")
def a_rule(unit) -> dict:
    from guong.direction.tests.factories import RuleFactory

    return {"pk": RuleFactory().pk}


# --- discovery ---
@record("discovery:detail", "discovery:take_up", "discovery:decline")
def a_lead(unit) -> dict:
    from guong.discovery.tests.factories import LeadFactory

    return {"pk": LeadFactory(unit=unit).pk}


@record("discovery:answer")
def a_declined_lead(unit) -> dict:
    from guong.discovery.tests.factories import LeadFactory

    return {"pk": LeadFactory(unit=unit, state="declined").pk}


@record("discovery:confirm_answer")
def an_answer_that_waits(unit) -> dict:
    from guong.discovery.tests.factories import LeadAnswerFactory

    return {"pk": LeadAnswerFactory(lead__unit=unit).pk}


@record(
    "discovery:letter",
    "discovery:answer_letter",
    "discovery:set_aside_letter",
    "discovery:pass_on_letter",
)
def a_letter(unit) -> dict:
    from guong.discovery.tests.factories import LetterFactory

    return {"pk": LetterFactory(exemplar=an_exemplar(unit)).pk}


@record("discovery:choose_comment")
def a_comment(unit) -> dict:
    from guong.discovery.tests.factories import LetterFactory

    return {"pk": LetterFactory(kind="comment", exemplar=an_exemplar(unit)).pk}


@record("discovery:publish_comment")
def a_chosen_comment(unit) -> dict:
    from guong.discovery.tests.factories import LetterFactory

    return {"pk": LetterFactory(chosen=True, exemplar=an_exemplar(unit)).pk}


@record("discovery:hand_over", "discovery:slip")
def a_lead_from_outside(unit) -> dict:
    from guong.discovery.tests.factories import LeadFactory

    return {"pk": LeadFactory(unit=unit).pk}


@record("discovery:press_item", "discovery:make_lead", "discovery:set_aside_item")
def an_article(unit) -> dict:
    from guong.discovery.tests.factories import PressItemFactory

    return {"pk": PressItemFactory().pk}


@record("discovery:put_back_item")
def an_article_set_aside(unit) -> dict:
    from guong.discovery.tests.factories import PressItemFactory

    return {"pk": PressItemFactory(state="set_aside").pk}


@record("discovery:switch_source")
def a_source(unit) -> dict:
    from guong.discovery.tests.factories import PressSourceFactory

    return {"pk": PressSourceFactory().pk}


@record("discovery:remove_route")
def a_route(unit) -> dict:
    from guong.discovery.tests.factories import RouteFactory

    return {"pk": RouteFactory(unit=unit).pk}


@record("discovery:let_pass")
def a_held_lead(unit) -> dict:
    from guong.discovery.tests.factories import LeadFactory

    return {"pk": LeadFactory(unit=unit, held=True).pk}
