"""How to cite an answer: which query, on which release, when, with how many rows, and where to ask it again."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date

__all__ = ["Citation", "query_hash"]

_WORDS = {
    "en": "Integration Graph. {title}. Query {query}, answered by release {release} (SHA-256 {sha256}), "
    "{rows}. Retrieved {day}.{where}",
    "cs": "Graf integrace. {title}. Dotaz {query}, odpověď vydání {release} (SHA-256 {sha256}), {rows}. "
    "Staženo {day}.{where}",
}
_ROWS = {"en": "rows: {:,}", "cs": "řádků: {:,}"}
_CUT = {"en": ", cut at a limit", "cs": ", zkráceno limitem"}
_TEX = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"} | {"~": r"\textasciitilde{}", "\\": r"\textbackslash{}"})
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation of an answer says.

    :param title: what was asked, in one line.
    :param query: the whole SPARQL text.
    :param release: version of the release that answered.
    :param sha256: hash of the content of that release.
    :param day: when it was asked.
    :param rows: how many rows or statements the answer has.
    :param truncated: whether a limit cut it.
    :param address: where it is asked again, or empty.
    """

    title: str
    query: str
    release: str
    sha256: str
    day: date
    rows: int
    truncated: bool = False
    address: str = ""

    def text(self, language: str = "en") -> str:
        """Write it as one paragraph.

        :param language: language of the reader.
        """
        rows = _ROWS[language].format(self.rows) + (_CUT[language] if self.truncated else "")
        return _WORDS[language].format(
            title=self.title.rstrip("."),
            query=query_hash(self.query)[:_SHORT],
            release=self.release,
            sha256=self.sha256,
            rows=rows,
            day=self.day.isoformat(),
            where=f" {self.address}" if self.address else "",
        )

    def bibtex(self) -> str:
        """Write it as a BibTeX entry."""
        note = f"Query {query_hash(self.query)}; release SHA-256 {self.sha256}; {_ROWS['en'].format(self.rows)}"
        fields = {
            "title": f"{{{self.title.translate(_TEX)}}}",
            "author": "{Integration Graph}",
            "year": str(self.day.year),
            "version": self.release.translate(_TEX),
            "note": note + (_CUT["en"] if self.truncated else ""),
            "urldate": self.day.isoformat(),
        } | ({"url": _in_tex(self.address)} if self.address else {})
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{integration-graph-{query_hash(self.query)[:_SHORT]},\n{lines}}}\n"

    def csl(self) -> str:
        """Write it as CSL-JSON, which Zotero, Mendeley and pandoc read."""
        day = {"date-parts": [[self.day.year, self.day.month, self.day.day]]}
        entry: dict[str, object] = {
            "id": f"integration-graph-{query_hash(self.query)[:_SHORT]}",
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": "Integration Graph"}],
            "issued": day,
            "accessed": day,
            "version": self.release,
            "number": query_hash(self.query),
            "note": f"release SHA-256: {self.sha256}\nrows: {self.rows}\ntruncated: {str(self.truncated).lower()}",
        }
        if self.address:
            entry["URL"] = self.address
        return json.dumps([entry], ensure_ascii=False, indent=2) + "\n"


def query_hash(query: str) -> str:
    """Return the SHA-256 of a query; the same whatever line ends and empty space surround it.

    :param query: the SPARQL text.
    """
    plain = re.sub(r"[ \t]+$", "", query.replace("\r\n", "\n"), flags=re.MULTILINE).strip()
    return hashlib.sha256(plain.encode()).hexdigest()


def _in_tex(address: str) -> str:
    # Addresses are percent-encoded; what is left would close the field or begin a comment.
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace("%", r"\%").replace("#", r"\#")
