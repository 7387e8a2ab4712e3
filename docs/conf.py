"""How Sphinx makes the site of the documents: ``python -m sphinx -W docs OUT``."""

import os
import sys
from pathlib import Path

import factparse

# The tutorial runs the command, and the script that makes its dump.
_ROOT = Path(__file__).resolve().parent.parent
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
os.environ["PYTHONPATH"] = os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
os.environ["COLUMNS"] = "100"

project = "factparse"
author = "The factparse developers"
project_copyright = "The factparse developers. MIT licence"
version = release = factparse.__version__

extensions = [
    "myst_nb",  # Markdown, and the tutorial that is run when the site is built
    "sphinx.ext.autodoc",
    "sphinx_click",  # the options of the command, from the command itself
    "sphinx_copybutton",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "factparse"
html_static_path: list[str] = []
templates_path: list[str] = []

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 300

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
nitpicky = False
