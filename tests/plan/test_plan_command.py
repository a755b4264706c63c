"""`./meldroute plan` as a person uses it: check, import, export; a broken file changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meldroute.people.unit import system
from meldroute.plan.models import Plan
from people_here import here
from plan.plans_here import FOLDER, HEEMSTEDE, body


@pytest.mark.usefixtures("committed")
def test_import_export_and_import_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = FOLDER / "heemstede-2024-2026.toml"
    call_command("plan", "check", source)
    assert "19 acties, 5 afspraken daarbuiten" in capsys.readouterr().out
    call_command("plan", "import", source, followed_from=date(2026, 1, 1))
    call_command("plan", "import", source)
    out = tmp_path / "plan.toml"
    call_command("plan", "export", out)
    told = capsys.readouterr().out
    assert "staat klaar, versie 1" in told
    assert "is niet veranderd" in told
    assert body(out.read_text()) == body()
    with system(here().id, datetime.now(UTC)):
        assert Plan.objects.get().followed_from == date(2026, 1, 1)


@pytest.mark.usefixtures("committed")
def test_a_broken_file_names_line_and_field_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(HEEMSTEDE.replace('cadence = "Q3 2024"', 'cadence = "af en toe"', 1))
    with pytest.raises(CommandError, match=r"regel \d+ van het bestand: regel R4.1, veld cadence"):
        call_command("plan", "import", file)
    with pytest.raises(CommandError, match="is hier niet bekend"):
        call_command("plan", "import", FOLDER / "voorbeeldstad-2027-2028.toml")
    with pytest.raises(CommandError):
        call_command("plan", "export", tmp_path / "leeg.toml")
    with system(here().id, datetime.now(UTC)):
        assert not Plan.objects.exists()
