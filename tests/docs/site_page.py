"""Reads a page of the built site: where it links to, what it fetches, what it says."""

import re
from html.parser import HTMLParser

FETCHING = {
    ("script", "src"), ("link", "href"), ("img", "src"), ("img", "srcset"), ("source", "src"), ("source", "srcset"),
    ("iframe", "src"), ("embed", "src"), ("object", "data"), ("video", "src"), ("audio", "src"), ("image", "href"),
    ("use", "href"), ("use", "xlink:href"),
}  # fmt: skip
ELSEWHERE = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)
IN_CSS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""")


class Page(HTMLParser):
    """One page, read."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.fetched, self.words, self.classes = set(), [], [], [], set()
        self.next, self._inside = None, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        """Collect addresses and names."""
        given = {name: value or "" for name, value in attributes}
        self.classes.update(given.get("class", "").split())
        self.ids.update(given[name] for name in ("id", "name") if name in given)
        for name, value in given.items():
            if (tag, name) in FETCHING:
                self.fetched.append(value)
            if name in ("href", "src", "data"):
                self.links.append(value)
            if name == "style":
                self.fetched += IN_CSS.findall(value)
        if tag == "link" and given.get("rel") == "next":
            self.next = given["href"]
        if tag in ("script", "style"):
            self._inside.append(tag)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        """Leave a script."""
        if self._inside[-1:] == [tag]:
            self._inside.pop()

    def handle_data(self, data):
        """Collect words, and what a style sheet on the page fetches."""
        if self._inside == ["style"]:
            self.fetched += IN_CSS.findall(data)
        elif not self._inside:
            self.words.append(data)

    @property
    def text(self):
        """What a reader sees, with single spaces."""
        return " ".join("".join(self.words).split())


def from_elsewhere(addresses):
    """Return those that another server would be asked for."""
    return [address for address in addresses if ELSEWHERE.match(address)]
