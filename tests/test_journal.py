import pytest
from django.db import DatabaseError, connection, transaction

from guong.core import journal, sealing, triggers
from guong.core.checks import journal_is_protected
from guong.core.models import JournalEntry, JournalSeal, JournalText
from guong.units.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def line(text=""):
    by = UserFactory()
    return journal.record("units.granted", by, by=by, subject=by, text=text, function="editor")


def test_a_line_holds_references_and_states_and_the_text_apart():
    entry = line("Vì cần người.")

    assert entry.states == {"function": "editor"}
    assert entry.target == f"units.user:{entry.by_id}"
    assert "Vì cần người" not in str(vars(entry))
    assert entry.text.text == "Vì cần người."
    assert entry.label == "Giao chức năng"


def test_many_lines_are_written_as_one_is():
    by, units = UserFactory(), UnitFactory.create_batch(2)

    told = [(units[0], by), (units[1], None)]
    journal.record_all("units.granted", told, by=by, function="editor")

    entries = JournalEntry.objects.order_by("pk")
    assert [(one.target, one.subject) for one in entries] == [
        (journal.ref(units[0]), journal.ref(by)),
        (journal.ref(units[1]), ""),
    ]
    assert {(one.by, one.states["function"], one.text_hash) for one in entries} == {
        (by, "editor", "")
    }


def test_an_unknown_verb_is_a_mistake_of_ours():
    unit, by = UnitFactory(), UserFactory()

    with pytest.raises(LookupError, match="not registered"):
        journal.record("units.danced", unit, by=by)
    with pytest.raises(LookupError, match="not registered"):
        journal.record_all("units.danced", [(unit, None)], by=by)


@pytest.mark.parametrize("model", [JournalEntry, JournalSeal])
@pytest.mark.parametrize("attack", ["update", "delete"])
def test_the_database_itself_refuses_to_change_a_line(model, attack):
    line()
    sealing.seal_all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if attack == "update":
            field = "verb" if model is JournalEntry else "digest"
            model.objects.update(**{field: "x"})
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608


def test_the_system_check_sees_a_missing_trigger():
    assert journal_is_protected(None, databases=["default"]) == []
    assert journal_is_protected(None) == []
    with connection.cursor() as cursor:
        suffix = " ON core_journalentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER core_journalentry_no_update{suffix}")

    (error,) = journal_is_protected(None, databases=["default"])

    assert "core_journalentry_no_update" in error.msg
    triggers.protect_journal(using="default")
    assert triggers.missing() == set()


def test_the_chain_verifies_and_goes_on():
    line("a")
    assert sealing.seal_all() == 1
    line()
    assert sealing.seal_all() == 1

    finding = sealing.verify()

    assert (finding.lines, finding.unsealed, finding.breaks) == (2, 0, [])
    assert finding.head == sealing.head()


def test_an_erased_text_leaves_the_chain_whole_and_a_changed_one_is_named():
    entry = line("Tên một người.")
    sealing.seal_all()

    JournalText.objects.filter(entry=entry).update(text="Tên người khác.")
    assert sealing.verify().breaks == [f"Lời ghi của dòng #{entry.pk} đã bị sửa."]
    JournalText.objects.filter(entry=entry).delete()
    assert sealing.verify().breaks == []


def unprotected(statement):
    """What somebody who owns the database can do."""
    with connection.cursor() as cursor:
        for name in triggers.names(connection.vendor):
            table = name.rpartition("_no_")[0]
            suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{suffix}")
        cursor.execute(statement)


def test_a_changed_line_is_named():
    line()
    sealing.seal_all()

    unprotected("UPDATE core_journalentry SET verb = 'units.invited'")

    assert sealing.verify().breaks == ["Dòng nhật ký số 1 đã bị sửa."]


def test_a_lost_link_a_cut_tail_and_a_chain_made_anew_are_named():
    for _ in range(3):
        line()
    sealing.seal_all()
    witness = sealing.head()

    assert sealing.verify(witness).breaks == []
    assert sealing.verify({"sequence": 3, "digest": "0" * 64}).breaks == [
        "Chuỗi đã bị tính lại: khác đầu chuỗi lưu ở nơi khác."
    ]
    unprotected("DELETE FROM core_journalseal WHERE sequence = 3")
    assert sealing.verify(witness).breaks == [
        "Đuôi nhật ký đã bị cắt so với đầu chuỗi lưu ở nơi khác."
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_journalseal WHERE sequence = 1")
    assert "Mất mắt xích số 1." in sealing.verify().breaks


def test_history_shows_a_reader_only_what_they_may_read():
    entry = line()
    stranger = UserFactory()

    assert list(journal.history(entry.by, reader=entry.by)) == [entry]
    assert list(journal.history(entry.by, reader=stranger)) == []
