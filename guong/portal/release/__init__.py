"""The signed release, without Django and without a database: bytes in, bytes out.

`pages` says what a page is, `builder` lays a release down, `publisher` has it signed and switches,
`server` answers it, `repair` and `withdrawal` look after it, `catalogue` says what is there.
"""
