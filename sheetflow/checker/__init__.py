"""The proof of a plan: every rule of the contract, from the plan and the workspace alone."""

from __future__ import annotations

from sheetflow.checker.proof import check_plan
from sheetflow.checker.violation import Violation

__all__ = ["Violation", "check_plan"]
