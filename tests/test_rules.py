"""Every rule proves itself: it finds its matches and leaves its rejects alone."""

from pathlib import Path

import pytest

import baodao
from baodao.resources import Rule, read_rules

RULES = [
    (path.name, rule)
    for path in sorted((Path(baodao.__file__).parent / "data" / "rules").glob("*.toml"))
    if path.name != "fragments.toml"
    for rule in read_rules(path.name)
]


@pytest.mark.parametrize(("file", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_a_rule_proves_itself(file: str, rule: Rule) -> None:
    assert rule.matches, f"{rule.id} has no proof"
    for text in rule.matches:
        assert rule.pattern.search(text), f"{rule.id} does not find {text!r}"
    for text in rule.rejects:
        found = rule.pattern.match(text)
        assert found is None or found.end() == found.start(), f"{rule.id} takes {found[0]!r} of {text!r}"


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for _, rule in RULES]
    assert len(ids) == len(set(ids))
