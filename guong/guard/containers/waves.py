"""WAV: read and written anew by the standard library; chunks beside the sound stay behind."""

import io
import wave

from .found import Found, broken

NAME = "WAV"


def is_one(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WAVE"


def walk(content: bytes) -> Found:
    """The sound alone. Raises Refused."""
    out = io.BytesIO()
    try:
        with wave.open(io.BytesIO(content)) as heard, wave.open(out, "wb") as written:
            written.setparams(heard.getparams())
            written.writeframes(heard.readframes(heard.getnframes()))
    except (wave.Error, EOFError, ValueError) as trouble:
        raise broken(NAME) from trouble
    return Found(out.getvalue(), "audio/wav", ".wav")
