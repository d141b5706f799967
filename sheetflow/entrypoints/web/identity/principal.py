"""Who makes a request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sheetflow.store.records import Verb

ADDRESS = re.compile(r"[^@\s|]{1,128}@[^@\s|]{1,128}")


class Kind(StrEnum):
    """What somebody signed in with."""

    GOOGLE = "google"
    ENTRA = "entra"
    KEY = "key"
    MACHINE = "machine"
    SESSION = "session"
    LOCAL = "local"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody who proved who they are; that alone gives no right to any workbook.

    `name` is an e-mail address, a key's id or a machine's name. `addresses` are what the registry knows them by:
    `ana@example.com`, `<oid>@<tid>` of Entra ID, `<name>@machine`. `vouched`: whoever issued the token answers for the
    address's whole domain. `workbook` and `verbs` narrow what the registry grants. A session acts for somebody who
    signed in by the kind `behind`; `session` is its own name, `since` when it began.
    """

    kind: Kind
    name: str
    addresses: tuple[str, ...] = ()
    vouched: bool = True
    workbook: str | None = None
    verbs: frozenset[Verb] | None = None
    behind: Kind | None = None
    session: str = ""
    since: datetime | None = None

    @property
    def acts_as(self) -> Kind:
        """The kind that decides on the rights: that of whoever opened the session."""
        return self.behind or self.kind

    @property
    def label(self) -> str:
        """The kind and the name, such as `google:ana@example.com`: one text for one somebody."""
        return f"{self.acts_as}:{self.name}"


NOBODY = Principal(kind=Kind.NOBODY, name="")
LOCAL = Principal(kind=Kind.LOCAL, name="local")
