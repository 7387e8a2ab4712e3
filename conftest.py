"""All tests run in as many processes as there are cores; those that somebody names run in this one, at once.

``pytest -n 0`` runs all of them in one process, ``pytest -n 2 tests/test_cli.py`` some in two.
"""

import pytest


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return None if everything and not config.option.collectonly else 0
