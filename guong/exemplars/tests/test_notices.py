"""Being told: once, in the transaction, by mail besides, and never what one must not hear."""

import datetime

import pytest
from django.db import transaction

from guong.core import calendar, notices, queue
from guong.core.models import Notice
from guong.exemplars import actions as exemplars
from guong.exemplars import policies
from guong.exemplars.tests.factories import ConflictFactory, ExemplarFactory
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
KIND = "nomination.returned"
LETTER = notices.Letter("Có hồ sơ cần bổ sung", "Mở hệ thống để xem.")


def tell(about, *people, sentence="Hồ sơ được trả lại.", **more):
    return notices.tell(KIND, about, sentence, to=people, url="/nomination/", **more)


def told():
    return list(Notice.objects.order_by("to__pk").values_list("to", "sentence", "about", "subject"))


def test_everybody_is_told_once_but_for_who_did_it_and_who_may_not_log_in():
    unit = UnitFactory()
    one, doer = UserFactory(), UserFactory()
    gone = UserFactory(ends_on=calendar.today() - datetime.timedelta(days=1))

    many = tell(unit, one, one, doer, gone, by=doer)

    assert many == 1
    assert told() == [(one.pk, "Hồ sơ được trả lại.", f"units.unit:{unit.pk}", "")]


def test_an_unread_notice_of_the_same_gives_way_and_a_read_one_stays():
    unit, one = UnitFactory(), UserFactory()

    tell(unit, one, sentence="Lần một.")
    tell(unit, one, sentence="Lần hai.")
    notices.read(Notice.objects.get())
    tell(unit, one, sentence="Lần ba.")

    assert sorted(Notice.objects.values_list("sentence", flat=True)) == ["Lần ba.", "Lần hai."]


def test_nobody_hears_of_what_was_rolled_back(mailoutbox):
    one = UserFactory()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(UnitFactory(), one, letter=LETTER)
        _ = 1 / 0
    queue.run_all()

    assert (Notice.objects.count(), mailoutbox) == (0, [])


def test_a_letter_is_a_delivery_of_the_notice_one_for_each_and_sent_once(mailoutbox):
    unit, one, other = UnitFactory(), UserFactory(), UserFactory()
    silent = UserFactory(email="")

    tell(unit, one, other, silent, letter=LETTER)
    assert mailoutbox == []
    queue.run_all()
    from guong.core.jobs import deliver

    again = deliver.call(*Notice.objects.exclude(to=silent).values_list("pk", flat=True))

    assert again == 0
    assert sorted((mail.to, mail.subject) for mail in mailoutbox) == sorted(
        ([person.email], LETTER.subject) for person in (one, other)
    )
    assert set(Notice.objects.filter(mailed_at=None).values_list("to", flat=True)) == {silent.pk}


def test_who_is_involved_hears_nothing_and_what_they_heard_before_is_gone():
    exemplar = ExemplarFactory()
    involved, later, free = (UserFactory(function="secretariat") for _ in range(3))
    ConflictFactory(exemplar=exemplar, user=involved)

    tell(exemplar, involved, later, free, subject=exemplar)
    assert [to for to, *_ in told()] == [later.pk, free.pk]
    exemplars.declare_conflict(exemplar=exemplar, by=later)

    assert [to for to, *_ in told()] == [free.pk]


def test_nobody_is_involved_with_what_is_no_life_record():
    assert policies.involved("discovery.lead:1") == []


def test_who_is_involved_with_one_of_two_records_hears_of_neither_once_they_are_one():
    kept, merged = ExemplarFactory(), ExemplarFactory()
    secretary, involved = UserFactory(function="secretariat"), UserFactory(function="secretariat")
    ConflictFactory(exemplar=merged, user=involved)
    tell(kept, involved, secretary, subject=kept)

    exemplars.merge(kept=kept, merged=merged, by=secretary, reason="Cùng một người.")

    assert [to for to, *_ in told()] == [secretary.pk]


def test_settle_ends_it_for_all_or_for_those_named():
    unit, one, other = UnitFactory(), UserFactory(), UserFactory()

    tell(unit, one, other)
    notices.settle(KIND, unit, of=[one])
    assert list(Notice.objects.unread().values_list("to", flat=True)) == [other.pk]
    notices.settle(KIND, unit)

    assert not Notice.objects.unread().exists()


def test_read_all_reads_the_own_ones_alone():
    one, other = UserFactory(), UserFactory()
    for unit in (UnitFactory(), UnitFactory()):
        tell(unit, one, other)

    assert notices.read_all(one) == 2
    assert set(Notice.objects.unread().values_list("to", flat=True)) == {other.pk}


def test_prune_forgets_what_was_read_a_year_ago_and_nothing_unread():
    one, day = UserFactory(), calendar.now()
    for days, read in ((400, 366), (400, 364), (400, None)):
        tell(UnitFactory(), one)
        row = Notice.objects.order_by("pk").last()
        Notice.objects.filter(pk=row.pk).update(
            created_at=day - datetime.timedelta(days=days),
            read_at=day - datetime.timedelta(days=read) if read else None,
        )

    assert notices.prune() == 1
    assert Notice.objects.count() == 2


def test_a_kind_nobody_registered_is_a_mistake_of_ours():
    with pytest.raises(LookupError, match="not registered"):
        notices.tell("nomination.retruned", UnitFactory(), "Mẫu.", to=[UserFactory()], url="/")
