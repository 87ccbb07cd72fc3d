"""What we print: .docx in the layout of Nghị định 30, .xlsx, and the numbers on them."""

from .letters import Check, Letterhead, Paper, Table, write_docx
from .registers import next_number
from .sheets import Sheet, write_xlsx

__all__ = [
    "Check",
    "Letterhead",
    "Paper",
    "Sheet",
    "Table",
    "next_number",
    "write_docx",
    "write_xlsx",
]
