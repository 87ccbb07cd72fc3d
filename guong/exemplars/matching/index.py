"""The two tables of keys: kept by the actions, asked as somebody types.

In SQL: a question is asked with every pause of typing, and the ORM takes longer to say it than the
database to answer. Measured by `bench/duplicates.py`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from operator import itemgetter

from django.db import connection

from guong.core.batches import batched
from guong.units.selectors import under_other_names

from ..models import Claim, DeedMark, Exemplar, NameMark, PairSearch
from . import deeds, names
from .judging import DEED_OF_ANOTHER, SAME_DEED, SAME_ID, Asked, Known, judge

NAMESAKES = 400  # more of one name in one place and year there are not
NEIGHBOURS = 200  # people of one commune born about the same year
OF_ONE_MARK = 80  # a run of words common to more deeds than this tells nothing
RARE = 0.1  # one mark shared with nine others is as good as two shared with many
SHARED = 2  # marks two deeds must have in common to be read at all
AT_A_TIME = 2000  # records of a rebuild held in memory
READ = 10  # deeds read to the end
SURELY = {SAME_ID, SAME_DEED}

INSERT_NAME = "INSERT INTO exemplars_namemark (exemplar_id, key) VALUES (%s, %s)"
INSERT_DEED = "INSERT INTO exemplars_deedmark (claim_id, mark) VALUES (%s, %s)"
COLUMNS = "e.id, e.full_name, e.other_names, e.birth_year, e.commune_id, e.residence"
BY_NAME = f"""
    SELECT {COLUMNS} FROM exemplars_exemplar e
    WHERE e.merged_into_id IS NULL
      AND e.id IN (SELECT n.exemplar_id FROM exemplars_namemark n WHERE n.key IN ({{keys}}))
"""  # noqa: S608
OF_YEAR = " AND (e.birth_year IS NULL OR e.birth_year BETWEEN %s AND %s)"
OF_PLACE = " AND (e.commune_id IS NULL OR e.commune_id IN ({places}))"
NEAR = f"""
    SELECT {COLUMNS} FROM exemplars_exemplar e
    WHERE e.merged_into_id IS NULL AND e.commune_id IN ({{places}})
"""  # noqa: S608
BORN = " AND e.birth_year BETWEEN %s AND %s"
BEGINS = " AND e.name_key >= %s AND e.name_key < %s"
ONE_MARK = """
    SELECT * FROM (
        SELECT mark, claim_id FROM exemplars_deedmark WHERE mark = %s LIMIT {most}
    ) m{at}
"""
BY_CLAIM = f"""
    SELECT {COLUMNS}, c.statement FROM exemplars_claim c
    JOIN exemplars_exemplar e ON e.id = c.exemplar_id
    WHERE c.id IN ({{keys}}) AND e.merged_into_id IS NULL
"""  # noqa: S608
BY_ID = f"""
    SELECT {COLUMNS}, i.id_hash FROM exemplars_identity i
    JOIN exemplars_exemplar e ON e.id = i.exemplar_id
    WHERE i.id_hash = %s AND e.merged_into_id IS NULL
"""  # noqa: S608
DEEDS = """
    SELECT c.exemplar_id, c.statement FROM exemplars_claim c
    WHERE c.exemplar_id IN ({keys})
      AND NOT EXISTS (SELECT 1 FROM exemplars_claim later WHERE later.replaces_id = c.id)
"""


def write_names(*exemplars: Exemplar) -> None:
    """The keys of each record's names are those of its names now."""
    NameMark.objects.filter(exemplar__in=exemplars).delete()
    _insert(INSERT_NAME, map(_keys_of, exemplars))


def _keys_of(exemplar: Exemplar) -> tuple[int, list[str]]:
    others = names.split(other_names(exemplar))
    return exemplar.pk, sorted(names.stored_keys(exemplar.full_name, *others))


def other_names(exemplar: Exemplar) -> str:
    """Its aliases; of a collective or a model also its name with renamed units called otherwise."""
    if exemplar.kind == Exemplar.Kind.INDIVIDUAL:
        return exemplar.other_names
    return ", ".join(filter(None, [exemplar.other_names, *under_other_names(exemplar.full_name)]))


def write_deeds(*claims: Claim) -> None:
    """The marks of each claim are there, those of the version it replaces are gone."""
    stale = [pk for claim in claims for pk in (claim.pk, claim.replaces_id) if pk]
    DeedMark.objects.filter(claim__in=stale).delete()
    _insert(INSERT_DEED, ((claim.pk, deeds.marks(claim.statement)) for claim in claims))


def rebuild(tell: Callable[[int], None] = lambda done: None) -> int:
    """Both tables anew from the records; return how many records there are.

    The clock then holds every record against all others once more.
    """
    PairSearch.objects.update(sequence=0)
    NameMark.objects.all().delete()
    DeedMark.objects.all().delete()
    total = 0
    records = Exemplar.objects.order_by("pk").iterator(chunk_size=AT_A_TIME)
    for some in batched(records, AT_A_TIME):
        _insert(INSERT_NAME, map(_keys_of, some))
        total += len(some)
        tell(len(some))
    claims = Claim.objects.current().order_by("pk").values_list("pk", "statement")
    for some in batched(claims.iterator(chunk_size=AT_A_TIME), AT_A_TIME):
        _insert(INSERT_DEED, ((pk, deeds.marks(statement)) for pk, statement in some))
    return total


def _insert(sql: str, rows: Iterable[tuple[int, Iterable]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(pk, value) for pk, values in rows for value in values])


def probe(
    asked: Asked, communes: frozenset = frozenset(), but: int | None = None
) -> list[tuple[Known, list[str]]]:
    """Every record worth a look but the one asked about, with its reasons. Whoever asks: unfiltered."""
    with connection.cursor() as cursor:
        found = _candidates(cursor, asked, communes)
        _read_deeds(cursor, asked, found)
    found.pop(but, None)
    told = [(known, judge(asked, known, communes)) for known in found.values()]
    worth = [one for one in told if one[1]]
    # Whoever did the same under the same name is the one; mere namesakes would hide them.
    sure = [one for one in worth if SURELY & set(one[1])]
    return [one for one in worth if not sure or one in sure or DEED_OF_ANOTHER in one[1]]


def _candidates(cursor, asked: Asked, communes: frozenset) -> dict[int, Known]:
    found: dict[int, Known] = {}
    for sql, values in _questions(asked, communes):
        cursor.execute(sql, values)
        for row in cursor.fetchall():
            known = found.setdefault(row[0], Known(*row[:6]))
            if sql is BY_ID:
                known.id_hash = row[6]
    if claims := _claims_alike(cursor, deeds.marks(asked.deed)):
        cursor.execute(BY_CLAIM.format(keys=_marks(claims)), claims)
        for row in cursor.fetchall():
            found.setdefault(row[0], Known(*row[:6])).deeds.append(row[6])
    return found


def _claims_alike(cursor, marks: list[int]) -> list[int]:
    """The claims with which a deed shares its rarest marks; one mark in common is chance."""
    if not marks:
        return []
    each = (ONE_MARK.format(most=OF_ONE_MARK, at=at) for at in range(len(marks)))
    cursor.execute(" UNION ALL ".join(each), marks)
    rows = cursor.fetchall()
    often, shared = Counter(map(itemgetter(0), rows)), Counter(map(itemgetter(1), rows))
    # Cut off at the limit a mark names whoever came first: it may support, not find.
    worth = {mark: 1 / many if many < OF_ONE_MARK else 0.001 for mark, many in often.items()}
    few, weight = min(SHARED, len(marks)), Counter()
    for mark, claim in rows:  # hundreds; most of them share one common mark and are passed over
        if shared[claim] >= few or worth[mark] >= RARE:
            weight[claim] += worth[mark]
    return [claim for claim, _ in weight.most_common(READ)]


def _questions(asked: Asked, communes: frozenset) -> Iterable[tuple[str, list]]:
    years = [asked.birth_year - 1, asked.birth_year + 1] if asked.birth_year else []
    places = sorted(communes)
    for keys in filter(None, [sorted(_keys(asked))]):
        sql, values = BY_NAME.format(keys=_marks(keys)), [*keys]
        sql, values = (sql + OF_YEAR, values + years) if years else (sql, values)
        if places and not asked.deed:
            sql, values = sql + OF_PLACE.format(places=_marks(places)), values + places
        yield f"{sql} LIMIT {NAMESAKES}", values
    first = "".join(names.words(asked.full_name)[:1])[:3]
    if places and years:
        yield f"{NEAR.format(places=_marks(places))}{BORN} LIMIT {NEIGHBOURS}", places + years
    elif places and first:
        ends = first[:-1] + chr(ord(first[-1]) + 1)
        sql = f"{NEAR.format(places=_marks(places))}{BEGINS} LIMIT {NEIGHBOURS}"
        yield sql, [*places, first, ends]
    if asked.id_hash:
        yield BY_ID, [asked.id_hash]


def _keys(asked: Asked) -> set[str]:
    found = [asked.full_name, *names.split(asked.other_names)]
    return {key for name in found for key in names.asked_keys(name)}


def _marks(values: list) -> str:
    return ", ".join(["%s"] * len(values))


def _read_deeds(cursor, asked: Asked, found: dict[int, Known]) -> None:
    """What those did whose name alone says something."""
    if not asked.deed:
        return
    unread = [pk for pk, known in found.items() if not known.deeds and _is_near(asked, known)]
    if unread:
        cursor.execute(DEEDS.format(keys=_marks(unread)), unread)
        for pk, statement in cursor.fetchall():
            found[pk].deeds.append(statement)


def _is_near(asked: Asked, known: Known) -> bool:
    ours, theirs = names.words(asked.full_name)[-1:], names.words(known.full_name)[-1:]
    return (
        bool(asked.other_names or known.other_names)
        or ours == theirs
        or bool(names.relation(asked.full_name, known.full_name))
    )
