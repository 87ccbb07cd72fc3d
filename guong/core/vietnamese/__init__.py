"""Vietnamese text: one folding, one sort key, names, lenient dates and numbers."""

from .dates import DateGuess, format_date, parse_date
from .folding import clean_line, clean_lines, clean_text, fold, fold_all, nfc, slug
from .names import name_key, suggest_given_name, tidy_name
from .numbers import NumberGuess, format_number, in_words, money_in_words, parse_number
from .repairs import Repair, id_number_doubt, phone_doubt, repair_id_number, repair_phone
from .sorting import sort_key
from .spellings import also_written

__all__ = [
    "DateGuess",
    "NumberGuess",
    "Repair",
    "also_written",
    "clean_line",
    "clean_lines",
    "clean_text",
    "fold",
    "fold_all",
    "format_date",
    "format_number",
    "id_number_doubt",
    "in_words",
    "money_in_words",
    "name_key",
    "nfc",
    "parse_date",
    "parse_number",
    "phone_doubt",
    "repair_id_number",
    "repair_phone",
    "slug",
    "sort_key",
    "suggest_given_name",
    "tidy_name",
]
