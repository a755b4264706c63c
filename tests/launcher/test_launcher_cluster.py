"""The embedded PostgreSQL: a real server, also after kill -9 and with pid files that lie."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from launcher_clones import borrow_environment, wait_until

from launcher import cluster as clusters
from launcher import identity, postmaster
from launcher.cluster import Cluster
from launcher.places import Places, places
from launcher.say import Refused


@pytest.fixture(scope="module")
def where(open_folder: Path) -> Places:
    root = open_folder / "cluster"
    root.mkdir()
    for lock in ("requirements.lock", "requirements-test.lock"):
        (root / lock).write_text("nothing==1\n")
    made = places(root)
    borrow_environment(made)
    made.state.chmod(0o711)
    return made


@pytest.fixture
def cluster(where: Places) -> Iterator[Cluster]:
    """The server of the module, made once; each test opens it anew."""
    own = Cluster(where, where.installation("practice"))
    yield own
    if own.alive():
        own.stop()


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def kill(cluster: Cluster) -> int:
    """kill -9 of the server process, as its machine's out-of-memory killer would."""
    server = postmaster.running(cluster.data)
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not cluster.alive())
    return server.pid


def test_it_starts_answers_and_stops(cluster: Cluster) -> None:
    with cluster.opened() as port:
        assert ask(cluster.url("app", port), "SELECT current_user") == [("app",)]
        assert ask(cluster.url("owner", port), "SHOW data_checksums") == [("on",)]
        assert cluster.alive()
    assert not cluster.alive()


def test_app_is_bound_and_owner_owns(cluster: Cluster) -> None:
    roles = """SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolinherit FROM pg_roles
               WHERE rolname IN ('app', 'owner') ORDER BY rolname"""
    with cluster.opened() as port:
        assert ask(cluster.url("app", port), roles) == [
            ("app", False, False, False, False, False),
            ("owner", False, False, False, False, True),
        ]
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        assert ask(cluster.url("app", port), owner) == [("owner",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(cluster.url("app", port), "CREATE TABLE mine (id int)")


def test_only_loopback_and_only_with_the_password(cluster: Cluster) -> None:
    with cluster.opened() as port:
        wrong = cluster.url("app", port).replace(cluster.passwords.app, "gok")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
        listening = subprocess.run(
            [sys.executable, "-c", "import socket,sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 1)"]
            + ["127.0.0.2", str(port)],
            capture_output=True,
            check=False,
        )
        assert listening.returncode != 0
        assert not list(cluster.data.glob(".s.PGSQL*"))


def test_secrets_and_data_are_closed(cluster: Cluster) -> None:
    with cluster.opened():
        for path in (cluster.folder, cluster.data):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
        passwords = cluster.installation.folder / "database-passwords"
        assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
        if os.geteuid() == 0:
            assert cluster.data.stat().st_uid != 0
        assert cluster.passwords.app not in repr(cluster.passwords)


def test_after_kill_9_it_starts_again_with_its_data_on_its_port(cluster: Cluster) -> None:
    with cluster.opened() as port:
        ask(cluster.url("owner", port), "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
        kill(cluster)
        assert (cluster.data / "postmaster.pid").exists()
        assert cluster.start() == port
        assert ask(cluster.url("owner", port), "SELECT answer FROM kept") == [(42,)]
    with cluster.opened() as again:
        assert again == port


def test_a_pid_file_that_names_somebody_else_is_not_believed(cluster: Cluster) -> None:
    with cluster.opened():
        pid = kill(cluster)
        pid_file = cluster.data / "postmaster.pid"
        stale = pid_file.read_text()
        pid_file.write_text(stale.replace(str(pid), str(os.getpid()), 1))
        assert postmaster.running(cluster.data) is None
        cluster.start()
        assert cluster.alive()


def test_a_zombie_is_dead(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"], cwd=tmp_path)
    wait_until(lambda: Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z")
    (tmp_path / "postmaster.pid").write_text(f"{child.pid}\n{tmp_path}\n0\n5432\n")
    assert postmaster.running(tmp_path) is None
    child.wait()


@pytest.mark.parametrize("content", ["", "niets", "1\n", "99999999\nx\n0\n5432\n", "-1\nx\n0\n5432\n"])
def test_a_broken_pid_file_means_not_running(tmp_path: Path, content: str) -> None:
    (tmp_path / "postmaster.pid").write_text(content)
    assert postmaster.running(tmp_path) is None
    postmaster.clear_away(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_another_command_attaches_and_the_last_one_out_stops_it(cluster: Cluster, where: Places) -> None:
    other = Cluster(where, where.installation("practice"))
    with other.opened() as first:
        with cluster.opened() as second:
            assert first == second
        assert other.alive()
    assert not other.alive()


def test_a_server_that_outlived_its_launcher_is_taken_over(cluster: Cluster) -> None:
    port = cluster.start()
    with cluster.opened() as attached:
        assert attached == port
    assert not cluster.alive()


def test_two_clones_side_by_side(cluster: Cluster, new_clone: Callable[[], Places]) -> None:
    neighbour = new_clone()
    other = Cluster(neighbour, neighbour.installation("test"))
    makes_databases = "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'owner'"
    with cluster.opened() as port, other.opened() as other_port:
        assert port != other_port
        assert cluster.passwords != other.passwords
        assert ask(other.url("owner", other_port), "SHOW fsync") == [("off",)]
        assert ask(other.url("owner", other_port), makes_databases) == [(True,)]
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(cluster.url("app", other_port))


def test_the_port_is_given_up_when_somebody_took_it(cluster: Cluster) -> None:
    with cluster.opened() as port:
        pass
    taken = clusters.network.listening(port)
    assert taken is not None
    with taken, cluster.opened() as other:
        assert other != port
        assert ask(cluster.url("app", other), "SELECT 1") == [(1,)]


def test_no_personal_data_in_the_log(cluster: Cluster) -> None:
    with cluster.opened() as port:
        url = cluster.url("owner", port)
        ask(url, "CREATE TABLE people (name text UNIQUE)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            ask(url, "INSERT INTO people VALUES ('Kanarie Oefenlaan'), ('Kanarie Oefenlaan')")
    assert "Kanarie" not in cluster.log.read_text()


def test_lost_passwords_are_said_and_nothing_is_thrown_away(cluster: Cluster) -> None:
    passwords = cluster.installation.folder / "database-passwords"
    kept = passwords.read_bytes()
    passwords.unlink()
    try:
        with pytest.raises(Refused, match="database-passwords"):
            cluster.start()
        assert cluster.data.exists()
    finally:
        passwords.write_bytes(kept)
        passwords.chmod(0o600)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands its database over")
def test_below_a_closed_folder_the_database_lies_elsewhere(
    tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = open_folder / "var-lib"
    monkeypatch.setattr(clusters, "HANDED_OVER", elsewhere)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    here = places(closed)
    folder = clusters.database_folder(here, here.installation("practice"))
    assert folder == elsewhere / here.mark / "practice"
    who = identity.identity_of(folder / "data")
    assert who.can("-x", folder)
    for path in (folder, folder.parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
        assert path.stat().st_uid == who.uid


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands its database over")
def test_a_database_of_an_earlier_clone_at_the_same_place_is_set_aside(
    tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = open_folder / "var-lib-2"
    monkeypatch.setattr(clusters, "HANDED_OVER", elsewhere)
    here = places(tmp_path / "clone")
    here.root.mkdir(mode=0o700)
    old = elsewhere / here.mark / "practice" / "data"
    old.mkdir(parents=True)
    (old / "PG_VERSION").write_text("18\n")
    identity.identity_of(Path("does-not-exist")).give(old)
    folder = clusters.database_folder(here, here.installation("practice"))
    assert not (folder / "data").exists()
    assert [path.name for path in folder.parent.glob("practice-*/data/PG_VERSION")] == ["PG_VERSION"]
