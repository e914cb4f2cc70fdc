"""`python -m baodao.build <what>`: remake a part of `data/`."""

from __future__ import annotations

import sys
from importlib import import_module

from baodao.build.manifest import write_manifest
from baodao.resources import accept_changes

WORKS = {
    name: f"baodao.build.{name}"
    for name in (
        "characters",
        "compare",
        "corpus",
        "facts",
        "festivals",
        "fields",
        "layout",
        "layout_few",
        "layout_sizes",
        "pages",
        "picture",
        "regions",
        "times",
        "words",
    )
}


def main() -> None:
    """Run the named work with the arguments that follow it."""
    if len(sys.argv) < 2 or sys.argv[1] not in WORKS:
        sys.exit(f"usage: python -m baodao.build {'|'.join(sorted(WORKS))}")
    accept_changes()
    import_module(WORKS[sys.argv[1]]).main(sys.argv[2:])
    write_manifest()


if __name__ == "__main__":
    main()
