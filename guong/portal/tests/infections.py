"""Twenty ways a public server lies, made at test time; each alters answers as an intruder would."""

import gzip
import itertools
import re

import brotli

AD = "Zarqon Vexille – vào ngay".encode()  # an invented brand
WHERE = "/guong/mau-1/"
FOUND = "200 OK"


def _agent(environ) -> str:
    return environ.get("HTTP_USER_AGENT", "")


def _with_ad(headers: dict, body: bytes) -> bytes:
    """The page with an advertisement, in whatever encoding it travels."""
    pack = {"gzip": gzip.compress, "br": brotli.compress}.get(headers.get("content-encoding", ""))
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(
        headers.get("content-encoding", "")
    )
    if pack is None:
        return body + AD
    return pack(unpack(body) + AD)


def in_encoding(name: str):
    def alter(environ, line, headers, body):
        is_it = headers.get("content-encoding", "identity") == name
        if is_it and environ["PATH_INFO"] == WHERE:
            body = body[:-1] + bytes([body[-1] ^ 1])
        return line, headers, body

    return alter


def header(name: str, value: str | None):
    def alter(environ, line, headers, body):
        if environ["PATH_INFO"] == WHERE:
            headers.pop(name, None)
            if value is not None:
                headers[name] = value
        return line, headers, body

    return alter


def for_agent(pattern: str):
    def alter(environ, line, headers, body):
        if re.search(pattern, _agent(environ)) and environ["PATH_INFO"] == WHERE:
            body = _with_ad(headers, body)
        return line, headers, body

    return alter


def redirect_when(test):
    def alter(environ, line, headers, body):
        if environ["PATH_INFO"] == WHERE and test(environ):
            return "302 Found", {"location": "https://zarqon.example/"}, b""
        return line, headers, body

    return alter


def on_second_visit():
    seen: set = set()

    def alter(environ, line, headers, body):
        who = (_agent(environ), environ.get("HTTP_REFERER", ""), environ["PATH_INFO"])
        if who in seen and environ["PATH_INFO"] == WHERE:
            body = _with_ad(headers, body)
        seen.add(who)
        return line, headers, body

    return alter


def by_cookie():
    def alter(environ, line, headers, body):
        if "da-den=1" in environ.get("HTTP_COOKIE", ""):
            body = _with_ad(headers, body)
        return line, headers | {"set-cookie": "da-den=1; Path=/"}, body

    return alter


def answers_at(pattern: str, body_of=lambda body: AD):
    def alter(environ, line, headers, body):
        asked = environ["PATH_INFO"] + "?" + environ.get("QUERY_STRING", "")
        if re.search(pattern, asked):
            return FOUND, headers | {"content-type": "text/html"}, body_of(body)
        return line, headers, body

    return alter


def soft_404():
    def alter(environ, line, headers, body):
        return (FOUND if line.startswith("404") else line), headers, body

    return alter


def changed_404():
    def alter(environ, line, headers, body):
        is_it = line.startswith("404")
        return line, headers, _with_ad(headers, body) if is_it else body

    return alter


def every_third():
    turn = itertools.count()

    def alter(environ, line, headers, body):
        if environ["PATH_INFO"] == WHERE and next(turn) % 3 == 2:
            body = _with_ad(headers, body)
        return line, headers, body

    return alter


ALL = {
    "one byte in the plain form": in_encoding("identity"),
    "one byte in gzip": in_encoding("gzip"),
    "one byte in brotli": in_encoding("br"),
    "hidden from search engines": header("x-robots-tag", "noindex"),
    "policy taken away": header("content-security-policy", None),
    "another content type": header("content-type", "text/plain"),
    "refresh header": header("refresh", "0;url=https://zarqon.example/"),
    "link header": header("link", '<https://zarqon.example/>; rel="canonical"'),
    "for Googlebot only": for_agent("Googlebot"),
    "for phones only": for_agent("Mobile(?!.*(Googlebot|Zalo))"),
    "for Zalo only": for_agent("Zalo"),
    "for previews only": for_agent("facebookexternalhit"),
    "redirect of who comes from Google": redirect_when(
        lambda environ: "google" in environ.get("HTTP_REFERER", "")
    ),
    "redirect of phones from Facebook": redirect_when(
        lambda environ: (
            "facebook" in environ.get("HTTP_REFERER", "") and "Android" in _agent(environ)
        )
    ),
    "on the second visit only": on_second_visit,
    "by a cookie": by_cookie(),
    "a parasite path": answers_at(r"^/wp-mail\.php\?ID="),
    "a page grown on every query": answers_at(r"^/guong/mau-1/\?."),
    "unknown addresses answer 200": soft_404(),
    "the 404 page leads astray": changed_404(),
    "another robots.txt": answers_at(r"^/robots\.txt", lambda body: b"User-agent: *\nAllow: /\n"),
    "now and then": every_third,
}


def made(name: str):
    """A fresh one: some remember who has been there."""
    found = ALL[name]
    return found() if found in (on_second_visit, every_third) else found
