"""The documentation site: `sphinx-build -W docs build/docs` (extra `docs`)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

import baodao

project = "baodao 报道"
author = copyright = "the baodao authors"
release = version = baodao.__version__
language = "zh_CN"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "chinese_search"]
exclude_patterns = ["_ext"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "baodao 报道"
html_static_path = ["_static"]
html_css_files = ["chinese.css"]
html_search_language = "zh"
html_copy_source = False

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
