"""The walls in the database, as migration operations.

Every table is one of three kinds (`meldroute.web.tables` lists which): *global* (no wall), *tenant* (rows of the
entered municipality only) or *item* (also only signals that the actor may see). `mr_municipality()`,
`mr_actor()`, `mr_scope()` and `mr_now()` (the moment of the act) read what `mr_enter` set for this transaction;
unset means: nothing is visible.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations import RunSQL

APP = "app"
HERE = "municipality_id = (SELECT mr_municipality())"
ALL = "(SELECT mr_scope()) = 'all'"
SOME = "(SELECT mr_scope()) IN ('all', 'item')"


def granted(table: str, *, may: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Give the application role its rights on `table`."""
    return RunSQL(f"GRANT {may} ON {table} TO {APP}", RunSQL.noop)


def walled(table: str, using: str, *, check: str | None = None) -> RunSQL:
    """Put forced row-level security on `table`: rows visible by `using`, writable by `check`."""
    return RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY wall ON {table} USING ({using}) WITH CHECK ({check or using})",
        ],
        [f"DROP POLICY wall ON {table}", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"],
    )


def rewalled(table: str, using: str, *, before: str) -> RunSQL:
    """Another wall for reading `table`, where `before` stood; what may be written stays as it was."""
    alter = f"ALTER POLICY wall ON {table} USING"
    return RunSQL(f"{alter} ({using})", f"{alter} ({before})")


def tenant(table: str, *, scope: str | None = SOME, may: str | None = None) -> list[RunSQL]:
    """Rows of the entered municipality, for actors whose scope satisfies `scope`."""
    using = HERE if scope is None else f"{HERE} AND {scope}"
    return [walled(table, using), granted(table, may=may) if may else granted(table)]


def append_only(table: str, *, columns: Sequence[str] = ()) -> RunSQL:
    """Refuse UPDATE (but of `columns`), DELETE and TRUNCATE on `table`, for every role but a replica's."""
    name = f"{table}_append_only"
    kept = "to_jsonb(OLD)" + "".join(f" - '{column}'" for column in columns)
    new = "to_jsonb(NEW)" + "".join(f" - '{column}'" for column in columns)
    allowed = f"IF TG_OP = 'UPDATE' AND {kept} = {new} THEN RETURN NEW; END IF;" if columns else ""
    return RunSQL(
        [
            f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            {allowed}
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; END $$""",
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
            f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()",
        ],
        [
            f"DROP TRIGGER {name} ON {table}",
            f"DROP TRIGGER {name}_truncate ON {table}",
            f"DROP FUNCTION {name}()",
        ],
    )
