"""Numbers without gaps: one register per book and year."""

from guong.core.models import NumberRegister


def next_number(book: str, year: int) -> int:
    """The next number of the book in that year, as part of the caller's transaction.

    A transaction that is rolled back gives its number back, so the book has no gaps.
    """
    registers = NumberRegister.objects.select_for_update()
    register, _ = registers.get_or_create(book=book, year=year)
    register.last += 1
    register.save(update_fields=["last"])
    return register.last
