"""What a page says in its head, as a browser reads it."""

import json
from html.parser import HTMLParser
from typing import Any


class Head(HTMLParser):
    """The tags of a page, its title, its JSON-LD, and other forms of it by media type."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.alternates: dict[str, str] = {}
        self.title = ""
        self.data: list[Any] = []
        self._within = ""
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self._within, self._text = f"{tag} {told.get('type', '')}".strip(), ""
        if told.get("rel") == "alternate":
            self.alternates[told["type"]] = told["href"]

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.title = self._text
        if self._within == "script application/ld+json":
            self.data.append(json.loads(self._text))
        self._within = ""
