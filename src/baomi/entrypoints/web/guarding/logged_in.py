"""The old address of what moved to ``baomi.entrypoints.guarding``; to be removed."""

from baomi.entrypoints.guarding.logged_in import Asking, Who, open_to_all, set_token, token_of

__all__ = ["Asking", "Who", "open_to_all", "set_token", "token_of"]
