"""The languages stories are told in, by their code (BCP 47), as Vietnamese calls them."""

OURS = "vi"
LANGUAGES = {OURS: "Tiếng Việt", "jra": "Tiếng Jrai", "bdq": "Tiếng Bahnar", "en": "Tiếng Anh"}
OTHERS = {code: name for code, name in LANGUAGES.items() if code != OURS}
