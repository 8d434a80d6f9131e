"""Login with Streamlit's own OIDC: how it is set up, and what the provider says of the one who is here.

It is set up in Streamlit's secrets, section `[auth]`. What is wrong there stops the start: a login that was
meant to be there and isn't must not leave the pages to whoever comes.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError

from etl.access import Actor, is_email
from etl.settings import settings
from schemas import swedish
from schemas.roles import same_name

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")

#: Where the provider sends the browser back to.
CALLBACK = "/oauth2callback"

#: The shortest secret that cookies are signed with: who guesses it can be anybody.
SHORTEST_SECRET = 32

ANONYMOUS = "Du är inte inloggad. Logga in överst på sidan."
OVER = "Inloggningen har gått ut. Logga ut och logga in igen."
NO_EMAIL = (
    "Inloggningstjänsten lämnar ingen e-postadress för dig, och behörigheter ges till en e-postadress. "
    "Be den som driver tjänsten att se till att den lämnas ut."
)
UNVERIFIED = (
    "Inloggningstjänsten säger att din e-postadress inte är bekräftad. Bekräfta den där och logga in igen."
)

#: Logins that were ended here, with their time, so that another tab or a copied cookie can't go on with them.
_ended: dict[tuple[str, ...], float] = {}


class LoginError(Exception):
    """Login is not set up as it must be; the text is Swedish and tells all of it."""


@dataclass(frozen=True)
class Login:
    """A login that is set up.

    Attributes:
        origin: Scheme and host of the address at which one logs in, such as `https://fardplan.exempel.se`.
    """

    origin: str

    @property
    def secure(self) -> bool:
        """Whether it is reached over TLS."""
        return self.origin.startswith("https://")


@dataclass(frozen=True)
class Standing:
    """Who the one at the browser is to us.

    Attributes:
        actor: Who may be asked for his roles; None for somebody who may only look.
        why: Why there is nobody, in Swedish.
    """

    actor: Actor | None
    why: str | None = None


def point() -> None:
    """Let Streamlit read its secrets from the file that `FARDPLAN_SECRETS` names; before anything reads them."""
    path = settings().secrets
    if path is not None:
        config.set_option("secrets.files", [str(path)])


@lru_cache(maxsize=1)
def configuration() -> Login | None:
    """The login, or None where none is set up; decided once a process.

    Raises:
        LoginError: It is set up and something is wrong with it.
    """
    section = _section()
    if section is None:
        return None
    found = faults(section)
    if found:
        raise LoginError(
            f"Inloggningen är inte rätt inställd. Avsnittet [auth] i filen secrets.toml: {'; '.join(found)}."
        )
    address = urlsplit(_redirect(section))
    return Login(f"{address.scheme}://{address.netloc}")


def configured() -> bool:
    """Whether login is set up, rightly or not: nobody is then trusted by where he sits."""
    try:
        return configuration() is not None
    except LoginError:
        return True


def faults(section: Mapping[str, object]) -> list[str]:
    """Everything that is wrong with `[auth]`, without telling what stands there."""
    missing = [
        key for key in NEEDED if not isinstance(section.get(key), str) or not str(section[key]).strip()
    ]
    found = [f"{swedish.listing(missing)} saknas"] if missing else []
    if "cookie_secret" not in missing and len(str(section["cookie_secret"])) < SHORTEST_SECRET:
        found.append(f"cookie_secret är kortare än {SHORTEST_SECRET} tecken")
    if "redirect_uri" not in missing:
        address = _redirect(section)
        wrong = _address_faults(address)
        if not wrong and urlsplit(address).path != CALLBACK:
            wrong = [f"ska sluta med {CALLBACK} direkt efter värdnamnet"]
        found += [f"redirect_uri {fault}" for fault in wrong]
    if "server_metadata_url" not in missing:
        found += [
            f"server_metadata_url {fault}" for fault in _address_faults(str(section["server_metadata_url"]))
        ]
    return found


def standing() -> Standing:
    """What the provider says of the one at the browser."""
    return judged(claims(), time.time(), settings().login_hours)


def claims() -> dict[str, object]:
    """What the signed cookie of this session holds."""
    return dict(st.user.to_dict())


def judged(said: Mapping[str, object], now: float, hours: float) -> Standing:
    """Who somebody is, by what the provider says of him.

    Args:
        said: The claims of the identity token, with Streamlit's `is_logged_in`.
        now: Seconds since 1970.
        hours: How long a login holds from `iat` on; without `iat` it holds until `exp`.
    """
    if said.get("is_logged_in") is not True:
        return Standing(None, ANONYMOUS)
    until = _time(said, "exp") if _time(said, "iat") is None else (_time(said, "iat") or 0) + hours * 3600
    if until is None or now >= until or _identity(said) in _ended:
        return Standing(None, OVER)
    email = said.get("email")
    if not isinstance(email, str) or not is_email(email):
        return Standing(None, NO_EMAIL)
    verified = said.get("email_verified")
    if verified is not None and str(verified).casefold() not in ("true", "1"):
        return Standing(None, UNVERIFIED)
    return Standing(Actor(same_name(email), trusted=False))


def end() -> None:
    """Log out, in the other tabs of the same login, too."""
    now, held = time.time(), settings().login_hours * 3600
    for identity in [identity for identity, at in _ended.items() if now - at > held]:
        del _ended[identity]
    _ended[_identity(claims())] = now
    st.logout()


def _identity(said: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(said.get(key)) for key in ("iss", "sub", "iat", "exp", "nonce"))


def _time(said: Mapping[str, object], key: str) -> float | None:
    value = said.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _redirect(section: Mapping[str, object]) -> str:
    return str(section["redirect_uri"]).replace("{port}", str(config.get_option("server.port")))


def _address_faults(address: str) -> list[str]:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ["är ingen adress"]
    if parts.scheme not in ("http", "https") or not host:
        return ["ska vara en hel adress som börjar med https://"]
    if parts.scheme == "http" and not is_loopback(host):
        return ["ska börja med https:// (http går bara på den egna datorn)"]
    return []


def is_loopback(address: str | None) -> bool:
    """Whether an address leads to its own machine only."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address((address or "").strip("[]")).is_loopback
    except ValueError:
        return False


def _section() -> Mapping[str, object] | None:
    path = settings().secrets
    if path is not None and not path.is_file():
        raise LoginError(f"FARDPLAN_SECRETS pekar på filen {path}, som inte finns.")
    try:
        found = st.secrets.to_dict()
    except StreamlitSecretNotFoundError as error:
        if error.error_id == "no-secrets-found":
            return None
        raise LoginError("Filen secrets.toml är inte rätt skriven TOML.") from error
    except (OSError, ValueError) as error:
        raise LoginError("Filen secrets.toml kan inte läsas.") from error
    if "auth" not in found:
        if path is not None:
            raise LoginError(f"Filen {path}, som FARDPLAN_SECRETS pekar på, har inget avsnitt [auth].")
        return None
    section = found["auth"]
    if not isinstance(section, dict):
        raise LoginError("I filen secrets.toml ska auth vara ett avsnitt: [auth].")
    return section
