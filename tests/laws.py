"""The laws of a page: what is found quotes it, tokens tile, reports never overlap, no line is lost."""

from __future__ import annotations

from itertools import pairwise

import baodao as bd

__all__ = ["check_laws"]


def check_laws(page: bd.Page, text: str) -> None:
    assert page.text == text
    for mention in page.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert all(text[a:b] for a, b in mention.spans)
        assert "".join(text[a:b] for a, b in mention.spans) == mention.surface.replace("\n", "")
    blocks = sorted((b.start, b.end) for b in (*page.furniture, *(b for a in page.articles for b in a.blocks)))
    assert all(first[1] <= second[0] for first, second in pairwise(blocks))
    covered = {i for start, end in blocks for i in range(start, end)}
    assert all(i in covered for i, char in enumerate(text) if not char.isspace())
    for article in page.articles:
        for paragraph in article.paragraphs:
            assert "".join(text[a:b] for a, b in paragraph.spans) == paragraph.text
        assert "".join(text[a:b] for a, b in article.cite(0, len(article.text))) == article.text.replace("\n", "")
        for sentence in article.sentences:
            assert article.text[sentence.start : sentence.end] == sentence.text
        at = 0
        for token in article.tokens:
            assert not article.text[at : token.start].strip()
            assert article.text[token.start : token.end] == token.text
            at = token.end
    assert bd.Page.model_validate(page.model_dump()) == page  # what the stages vouch for is valid
    for fact in page.facts:
        assert text[fact.start : fact.end] == fact.text
        assert fact in page.articles[fact.article].facts
