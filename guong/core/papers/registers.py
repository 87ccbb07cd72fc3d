"""Numbers without gaps: one register per book and year."""

from guong.core.models import NumberRegister


def next_number(book: str, year: int) -> int:
    """The next number of the book in that year, as part of the caller's transaction.

    A transaction that is rolled back gives its number back, so the book has no gaps.
    """
    return next_numbers(book, year, 1)[0]


def next_numbers(book: str, year: int, many: int) -> range:
    """The next so many numbers of the book, on the same terms."""
    registers = NumberRegister.objects.select_for_update()
    register, _ = registers.get_or_create(book=book, year=year)
    first = register.last + 1
    register.last += many
    register.save(update_fields=["last"])
    return range(first, first + many)
