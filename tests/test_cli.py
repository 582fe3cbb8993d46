"""Commands: every name leads to its command, and a web server loads none of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from listing.cli import COMMANDS, _command

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", COMMANDS)
def test_each_name_leads_to_the_command_of_that_name(name):
    assert _command(COMMANDS[name][0]).name == name


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(app, name):
    answer = app.test_cli_runner().invoke(args=[name, "--help"])
    assert answer.exit_code == 0, answer.output
    assert "Usage:" in answer.output


@pytest.mark.slow
def test_the_application_loads_no_command():
    code = (
        "import sys, listing.factory; print([m for m in sys.modules if m.endswith('cli') and m.startswith('listing.')])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "['listing.cli']"
