"""The ledger's own tables: their SQL on both databases, and the triggers that keep them.

They have no Django model, so that no ORM call can reach them. Format: docs/reference/ledger-format.
"""

from __future__ import annotations

APPEND_ONLY = ("ledger_entry", "ledger_head", "ledger_refusal", "ledger_operation")

_COLUMNS = {
    "ledger_entry": """
        log_id {bytes} NOT NULL, seq {big} NOT NULL, raw {bytes} NOT NULL, leaf {bytes} NOT NULL,
        salt {bytes}, body {bytes}, mac {bytes} NOT NULL, kind {text} NOT NULL,
        actor {bytes} NOT NULL, op_id {bytes} NOT NULL, time_us {big} NOT NULL,
        PRIMARY KEY (log_id, seq), UNIQUE (log_id, op_id)""",
    "ledger_head": """
        log_id {bytes} NOT NULL PRIMARY KEY, alg {big} NOT NULL, size {big} NOT NULL,
        last_leaf {bytes} NOT NULL, last_time {big} NOT NULL, frontier {bytes} NOT NULL""",
    "ledger_refusal": """
        n {big} NOT NULL PRIMARY KEY, at_us {big} NOT NULL, actor {bytes} NOT NULL,
        action {text} NOT NULL, target {text} NOT NULL, clauses {text} NOT NULL,
        door {text} NOT NULL, hash {bytes} NOT NULL""",
    "ledger_operation": """
        op_id {bytes} NOT NULL PRIMARY KEY, digest {bytes} NOT NULL, seq {big} NOT NULL,
        told {text} NOT NULL""",
}

KEYS = {
    "ledger_entry": ("PRIMARY KEY (log_id, seq)", "UNIQUE (log_id, op_id)"),
    "ledger_head": ("PRIMARY KEY (log_id)",),
    "ledger_refusal": ("PRIMARY KEY (n)",),
    "ledger_operation": ("PRIMARY KEY (op_id)",),
}

# Few entries are of these kinds. Queries repeat the condition word for word to use the index.
SEALING = "kind IN ('ledger.genesis', 'ledger.key', 'ledger.checkpoint')"

_TYPES = {
    "sqlite": {"bytes": "BLOB", "big": "INTEGER", "text": "TEXT"},
    "postgresql": {"bytes": "bytea", "big": "bigint", "text": "text"},
}

# Which earlier row an insert would collide with: INSERT OR REPLACE would delete it unseen.
_SAME = {
    "ledger_entry": "log_id = NEW.log_id AND (seq = NEW.seq OR op_id = NEW.op_id)",
    "ledger_head": "1 = 1",
    "ledger_refusal": "n = NEW.n",
    "ledger_operation": "op_id = NEW.op_id",
}

_SAME_EXCEPT_BODY = " AND ".join(
    f"NEW.{column} = OLD.{column}"
    for column in ("log_id", "seq", "raw", "leaf", "mac", "kind", "actor", "op_id", "time_us")
)
# What an update may do all the same: a redaction empties body and salt; the head only grows.
_LAWFUL_UPDATE = {
    "ledger_entry": f"NEW.body IS NULL AND NEW.salt IS NULL AND {_SAME_EXCEPT_BODY}",
    "ledger_head": "NEW.log_id = OLD.log_id AND NEW.alg = OLD.alg AND NEW.size > OLD.size",
    "ledger_refusal": "1 = 0",
    "ledger_operation": "1 = 0",
}


def create_tables(vendor: str) -> tuple[str, ...]:
    """Statements that create the four tables."""
    types = _TYPES[vendor]
    return tuple(
        f"CREATE TABLE {table} ({columns.format_map(types)})" for table, columns in _COLUMNS.items()
    )


def create_indexes() -> tuple[str, ...]:
    """Statements that create the index by which the sealer finds where it stands."""
    return (f"CREATE INDEX ledger_entry_sealing ON ledger_entry (kind, seq) WHERE {SEALING}",)


def create_triggers(vendor: str) -> tuple[str, ...]:
    """Statements that create the triggers: rows are added, never altered, replaced or removed."""
    make = _sqlite_triggers if vendor == "sqlite" else _postgresql_triggers
    return tuple(statement for table in APPEND_ONLY for statement in make(table))


def trigger_names(table: str, vendor: str) -> tuple[str, ...]:
    """Names of the triggers that a table must carry."""
    names = (f"{table}_no_update", f"{table}_no_delete", f"{table}_no_replace")
    return names if vendor == "sqlite" else (*names, f"{table}_no_truncate")


def _sqlite_triggers(table: str) -> tuple[str, ...]:
    stop = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"WHEN NOT ({_LAWFUL_UPDATE[table]}) {stop}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {stop}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_SAME[table]}) {stop}",
    )


def postgresql_body(table: str) -> str:
    """The body of a table's trigger function, as the database must hold it."""
    raising = f"RAISE EXCEPTION '{table} is append-only'"
    return (
        f"BEGIN "
        f"IF TG_OP = 'INSERT' THEN "
        f"IF EXISTS (SELECT 1 FROM {table} WHERE {_SAME[table]}) THEN {raising}; END IF; "
        f"RETURN NEW; "
        f"ELSIF TG_OP = 'UPDATE' THEN "
        f"IF {_LAWFUL_UPDATE[table]} THEN RETURN NEW; END IF; "
        f"END IF; {raising}; END"
    )


def _postgresql_triggers(table: str) -> tuple[str, ...]:
    name = f"{table}_keep"
    on = {
        "no_update": f"BEFORE UPDATE ON {table} FOR EACH ROW",
        "no_delete": f"BEFORE DELETE ON {table} FOR EACH ROW",
        "no_replace": f"BEFORE INSERT ON {table} FOR EACH ROW",
        "no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
    }
    body = postgresql_body(table)
    function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    triggers = (
        f"CREATE TRIGGER {table}_{suffix} {when} EXECUTE FUNCTION {name}()"
        for suffix, when in on.items()
    )
    return (function, *triggers)
