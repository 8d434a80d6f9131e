"""Names of files that came from outside, made harmless before they are stored, shown or offered as a download."""

from __future__ import annotations

import re
import unicodedata

#: No name is longer, in characters and in bytes, so that it fits any file system with room for an addition.
LONGEST = 120
LONGEST_BYTES = 200
LONGEST_ENDING = 10

#: What a file is called whose name has nothing left.
NAMELESS = "fil"

_RESERVED = re.compile(r'[<>:"|?*]')
_SPACES = re.compile(r"\s+")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)

#: Categories of characters that are not seen: controls, direction marks, surrogates, private and unassigned.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def safe_name(name: str) -> str:
    r"""A file's own name: no folders, no signs that can't be seen or that a file system refuses, no great length.

    `../../etc/passwd` is `passwd`, `C:\Temp\uttag.xlsx` is `uttag.xlsx`. The ending stays, whatever is cut.

    Args:
        name: A name as it was delivered.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(
        " " if sign.isspace() else sign
        for sign in last
        if sign.isspace() or unicodedata.category(sign) not in _UNSEEN
    )
    plain = _SPACES.sub(" ", _RESERVED.sub("_", seen)).strip(" .")
    if not plain:
        return NAMELESS
    if _DEVICES.match(plain):
        plain = f"_{plain}"
    return _shortened(plain)


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, ending = name, ""
    else:
        ending = f".{ending}"
    stem = stem[: LONGEST - len(ending)].encode()[: LONGEST_BYTES - len(ending.encode())]
    return stem.decode("utf-8", "ignore").rstrip(" .") + ending
