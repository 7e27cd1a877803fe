"""Wrap what another register keeps secret with the office's master key, bound to an id."""

from __future__ import annotations

from baomi.registers.office.seals import SealBroken, unwrap, wrap

__all__ = ("SealBroken", "unwrap", "wrap")
