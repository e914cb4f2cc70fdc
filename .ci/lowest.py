"""Prints the lowest versions that pyproject.toml allows, for `pip install -c`: what a user of old packages has."""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
extras = project["optional-dependencies"]
parts = re.findall(r"\w+", re.search(r"\[(.*)\]", extras["all"][0])[1])
for each in (*project["dependencies"], *(each for part in parts for each in extras[part])):
    name, version = re.match(r"([\w-]+)>=([\d.]+)", each).groups()
    sys.stdout.write(f"{name}=={version}\n")
