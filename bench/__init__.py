"""How fast and how big: each bench runs in a process and a home of its own and answers with JSON."""
