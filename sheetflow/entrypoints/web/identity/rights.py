"""What a principal may do: the registry is asked every time, and a credential can only narrow its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetflow.entrypoints.web.identity.keys import opens
from sheetflow.entrypoints.web.identity.principal import Kind, Principal
from sheetflow.errors import UserError
from sheetflow.store.records import Verb, WorkbookRecord

if TYPE_CHECKING:
    from sheetflow.wiring.service import Service

NO_VERBS: frozenset[Verb] = frozenset()
ALL_VERBS = frozenset(Verb)


def found_workbook(workbook: str, service: Service) -> WorkbookRecord | None:
    """The registered workbook, or None."""
    try:
        return service.registry.get(workbook)
    except UserError:
        return None


def verbs_on(principal: Principal, workbook: str, service: Service) -> frozenset[Verb]:
    """The verbs of a principal on a workbook; the same questions are asked for one that is not there."""
    held = _held(principal, workbook, service)
    if principal.workbook not in {None, workbook}:
        return NO_VERBS
    return held if principal.verbs is None else held & principal.verbs


def seen_by(principal: Principal, service: Service) -> list[WorkbookRecord]:
    """The workbooks that a principal may read, by name."""
    registry = service.registry
    match principal.acts_as:
        case Kind.LOCAL:
            offered = registry.all()
        case Kind.KEY:
            own = found_workbook(principal.workbook or "", service)
            offered = [own] if own else []
        case _:
            each = (one for address in principal.addresses for one in registry.seen_by(address))
            offered = sorted(
                {one.id: one for one in each}.values(), key=lambda one: (one.name, one.id)
            )
    return [one for one in offered if Verb.READ in verbs_on(principal, one.id, service)]


def may_plan_sheets(principal: Principal, service: Service) -> bool:
    """Whether somebody who is signed in may have sheets of their own planned.

    That is whom the settings name (a machine, a tenant, a company), a key with that verb, and who has a workbook here.
    """
    match principal.acts_as:
        case Kind.LOCAL:
            return service.settings.is_local
        case Kind.MACHINE | Kind.ENTRA:
            return True
        case Kind.KEY:
            return Verb.PLAN in _verbs_of_key(principal, service)
        case Kind.GOOGLE:
            return bool(service.settings.google_hosted_domains or seen_by(principal, service))
        case _:
            return False


def _held(principal: Principal, workbook: str, service: Service) -> frozenset[Verb]:
    match principal.acts_as:
        case Kind.LOCAL:  # a ticket of a laptop opens nothing once its database serves others
            return ALL_VERBS if service.settings.is_local else NO_VERBS
        case Kind.KEY:
            return _verbs_of_key(principal, service) if principal.workbook == workbook else NO_VERBS
        case _:
            return NO_VERBS.union(
                *(
                    _granted(address, principal, workbook, service)
                    for address in principal.addresses
                )
            )


def _verbs_of_key(principal: Principal, service: Service) -> frozenset[Verb]:
    """Those of the key itself; for a session those that the key has now."""
    if principal.since is None:
        return principal.verbs or NO_VERBS
    since, now = principal.since, service.clock()
    alike = service.keys.all(principal.workbook)
    live = (key for key in alike if key.id == principal.name and opens(key, since, now))
    return next((key.verbs for key in live), NO_VERBS)


def _granted(
    address: str, principal: Principal, workbook: str, service: Service
) -> frozenset[Verb]:
    """What the registry grants an address; a grant to its whole domain only where the domain is vouched for."""
    granted = service.registry.verbs_of(workbook, address)
    if principal.vouched:
        return granted
    record = found_workbook(workbook, service)
    by_name = {grant.who for grant in service.registry.grants(workbook)}
    is_known = address in by_name or (record is not None and record.owner == address)
    return granted if is_known else NO_VERBS
