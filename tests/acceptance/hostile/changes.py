"""Ways to break a file: of any kind, of text, and of one format each."""

import gzip
import io
import re
import zipfile
from collections.abc import Callable, Iterator

__all__ = ["changes"]

Change = Callable[[bytes], bytes]

HTML = b"<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"
JSON_ERROR = b'{"error": {"code": 404, "message": "Dataset not found"}}'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))

#: Strings that break programs, as names and as ids: in the place of a word of the file.
NAUGHTY = {
    "apostrophe": "O'Neil'; DROP TABLE projects;--",
    "angle": "<script>alert(1)</script>",
    "formula": '=HYPERLINK("http://evil.example")'.replace('"', "'"),
    "sparql": "x> } INSERT DATA { <a> <b> <c> } #",
    "reversed": "abc\u202edef",
    "invisible": "Cen\u200btrum",
    "combining": "Z\u0351\u036b\u0343a\u0327\u0321lgo" * 20,
    "emoji": "👩‍👩‍👧‍👦 🇨🇿",
    "private": "\ue000\U0010fffd",
    "noncharacter": "\ufffe\uffff",
    "right-to-left": "مركز المهاجرين",
    "fullwidth": "Ｃｅｎｔｒｕｍ",
    "template": "{{7*7}} ${7*7} %s %n {0}",
    "path": "../../../etc/passwd",
    "null-word": "NULL",
    "na": "NA",
    "nan": "NaN",
    "infinity": "-Infinity",
    "true": "TRUE",
    "zero": "-0",
    "digits": "12345678901234567890",
    "exponent": "1e400",
    "leading-zeros": "007",
    "backslashes": "a\\b\\n\\u0000",
    "percent": "100%25 %00 %E0%A4%A",
    "long": "x" * 70_000,
}


def changes(name: str, text: bool) -> Iterator[tuple[str, Change]]:
    """Yield name and change, of all that fit a file.

    :param name: name of the file.
    :param text: whether its bytes are text in UTF-8.
    """
    yield from _of_bytes()
    if text:
        yield from _of_text()
        yield from _of_words()
    kind = name.rpartition(".")[2]
    yield from {
        "csv": _of_csv,
        "xml": _of_xml,
        "json": _of_json,
        "yaml": _of_yaml,
        "xlsx": _of_zip,
        "zip": _of_zip,
    }.get(kind, lambda: iter(()))()


def _of_bytes() -> Iterator[tuple[str, Change]]:
    for share in (1, 10, 50, 90, 99):
        yield f"cut at {share} %", lambda content, share=share: content[: len(content) * share // 100 or 1]
    yield "last byte missing", lambda content: content[:-2]
    yield "empty", lambda _: b""
    yield "one byte", lambda _: b"x"
    yield "blanks", lambda _: b" \n\n \t\n"
    yield "NUL bytes alone", lambda _: bytes(4096)
    yield "NUL byte in the middle", lambda content: content[: len(content) // 2] + b"\0" + content[len(content) // 2 :]
    yield "noise", lambda content: bytes((n * 7919 + n // 3) % 256 for n in range(len(content)))
    yield "a web page", lambda _: HTML
    yield "an error in JSON", lambda _: JSON_ERROR
    yield "an old workbook", lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048)
    yield "a picture", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
    yield "compressed", gzip.compress
    yield "in an archive", lambda content: _zip({"inner.bin": content})
    yield "twice", lambda content: content * 2
    yield "noise behind", lambda content: content + bytes(range(128, 256))
    yield "a byte turned over", lambda content: _with(content, len(content) // 3, content[len(content) // 3] ^ 0x80)


def _of_text() -> Iterator[tuple[str, Change]]:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1250", "iso8859-2", "cp1252", "cp037"):
        yield (
            f"as {encoding}",
            lambda content, encoding=encoding: content.decode("utf-8-sig").encode(encoding, errors="replace"),
        )
    yield "with a byte order mark", lambda content: b"\xef\xbb\xbf" + content.removeprefix(b"\xef\xbb\xbf")
    yield "with two byte order marks", lambda content: b"\xef\xbb\xbf" * 2 + content
    yield "lines end with CR LF", lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    yield "lines end with CR", lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r")
    yield "lines end in every way", _mixed
    yield "blank lines between", lambda content: content.replace(b"\n", b"\n\n")
    yield "broken UTF-8", lambda content: content.replace("í".encode(), b"\xc3(").replace(b"e", b"\xff", 1)
    yield "twice encoded", lambda content: content.decode("utf-8-sig").encode().decode("latin-1").encode()
    yield "a line of 10 MB", lambda content: content + b"x" * 10_000_000
    yield "100,000 brackets", lambda content: content + b"[" * 100_000
    yield "upper case", lambda content: content.decode("utf-8-sig").upper().encode()


def _of_words() -> Iterator[tuple[str, Change]]:
    for name, naughty in NAUGHTY.items():
        for where, old in (("word", _first_word), ("id", _first_id)):
            yield f"{name} as {where}", lambda content, naughty=naughty, old=old: _replaced(content, old, naughty)
    yield "a cell of 10 MB", lambda content: _replaced(content, _first_word, "x" * 10_000_000)


def _of_csv() -> Iterator[tuple[str, Change]]:
    def separator(content: bytes) -> bytes:
        head = content.partition(b"\n")[0]
        return max((b",", b";"), key=head.count)

    def lines(content: bytes) -> list[bytes]:
        return content.splitlines(keepends=True)

    yield "a quote left open", lambda content: content.rstrip() + separator(content) + b'"never closed\nx\n'
    yield "a quote in the middle", lambda content: content.replace(b"\n", b'\nab"cd' + separator(content), 2)
    yield "headers alone", lambda content: lines(content)[0]
    yield "without headers", lambda content: b"".join(lines(content)[1:])
    yield "headers twice", lambda content: lines(content)[0] + content
    yield (
        "every header twice in a row",
        lambda content: b"".join(line.rstrip(b"\r\n") + separator(content) + line for line in lines(content)),
    )
    yield (
        "rows too long",
        lambda content: content.rstrip() + separator(content) * 3 + b"more" + separator(content) + b"\n",
    )
    yield "rows too short", lambda content: content + b"short\n"
    yield "5,000 columns", lambda content: content + separator(content) * 5_000 + b"\n"
    yield "20,000 rows of nothing", lambda content: content + b"\n" * 20_000
    yield "rows of separators", lambda content: content + (separator(content) * 3 + b"\n") * 50
    yield "tabs for separators", lambda content: content.replace(separator(content), b"\t")
    yield "a title above", lambda content: b"List of everything\n\n" + content
    yield "a declared separator", lambda content: b"sep=" + separator(content) + b"\n" + content
    yield (
        "the first column gone",
        lambda content: b"".join(line.partition(separator(content))[2] for line in lines(content)),
    )
    yield "every row twice", lambda content: lines(content)[0] + b"".join(line * 2 for line in lines(content)[1:])


def _of_xml() -> Iterator[tuple[str, Change]]:
    def before_root(text: str) -> Change:
        return lambda content: re.sub(rb"(<iati-activities)", text.encode() + rb"\1", content, count=1)

    def inside(text: str) -> Change:
        return lambda content: content.replace(b"<iati-activity", text.encode() + b"<iati-activity", 1)

    yield "an entity bomb", before_root(f"<!DOCTYPE a [{LAUGHS}]>")
    yield "an entity of a file", before_root('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    yield "an entity of the network", before_root('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">')
    yield "a parameter entity", before_root('<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>')
    yield (
        "an entity bomb in UTF-16",
        lambda content: (
            before_root(f"<!DOCTYPE a [{LAUGHS}]>")(content).decode().replace("UTF-8", "UTF-16").encode("utf-16")
        ),
    )
    yield "an inclusion", inside('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>')
    yield "deep nesting", inside("<a>" * 100_000 + "</a>" * 100_000)
    yield "deep nesting without end", inside("<a>" * 100_000)
    yield "an unknown entity", inside("&nbsp;")
    yield "a character that XML forbids", inside("&#0;")
    yield "another character that XML forbids", inside("&#x1F;")
    yield "an attribute twice", lambda content: content.replace(b"<iati-activity ", b'<iati-activity a="1" a="2" ', 1)
    yield (
        "an attribute of 10 MB",
        lambda content: content.replace(b"<iati-activity ", b'<iati-activity a="' + b"x" * 10_000_000 + b'" ', 1),
    )
    yield (
        "10,000 attributes",
        lambda content: content.replace(
            b"<iati-activity ", b"<iati-activity " + b" ".join(b'a%d="1"' % n for n in range(10_000)) + b" ", 1
        ),
    )
    yield "a wrong encoding", lambda content: re.sub(rb"encoding=[\"'][^\"']*[\"']", b'encoding="utf-16"', content)
    yield "an unknown encoding", lambda content: re.sub(rb"encoding=[\"'][^\"']*[\"']", b'encoding="x-none"', content)
    yield "another root", lambda content: content.replace(b"iati-activities", b"something-else")
    yield "another version", lambda content: re.sub(rb'(<iati-activities[^>]*version=")[^"]*', rb"\g<1>9.99", content)
    yield "a foreign namespace", lambda content: content.replace(b"<iati-activities", b'<iati-activities xmlns="urn:x"')
    yield "an undeclared prefix", inside("<a:b/>")
    yield "a comment without end", inside("<!-- ")
    yield "a section of characters", inside("<![CDATA[ <iati-activity> ]]>")
    yield "an instruction", inside('<?xml-stylesheet href="http://127.0.0.1:9/"?>')
    yield "two roots", lambda content: content + b"<iati-activities/>"
    yield "no identifiers", lambda content: re.sub(rb"<iati-identifier>[^<]*</iati-identifier>", b"", content)
    yield (
        "one identifier for all",
        lambda content: re.sub(
            rb"<iati-identifier>[^<]*</iati-identifier>", b"<iati-identifier>same</iati-identifier>", content
        ),
    )


def _of_json() -> Iterator[tuple[str, Change]]:
    def first(pattern: bytes, new: bytes) -> Change:
        return lambda content: re.sub(pattern, lambda _: new, content, count=1)

    yield "a key twice", first(rb'"id":', b'"id": "other", "id":')
    yield "NaN", first(rb'"amountAwarded": *[0-9.]+', b'"amountAwarded": NaN')
    yield "Infinity", first(rb'"amountAwarded": *[0-9.]+', b'"amountAwarded": Infinity')
    yield "a huge number", first(rb'"amountAwarded": *[0-9.]+', b'"amountAwarded": 1e400')
    yield "a number of many digits", first(rb'"amountAwarded": *[0-9.]+', b'"amountAwarded": ' + b"9" * 5_000)
    yield "a number as text", first(rb'"amountAwarded": *[0-9.]+', b'"amountAwarded": "much"')
    yield "an object for a number", first(rb'"amountAwarded": *[0-9.]+', b'"amountAwarded": {"a": [1]}')
    yield "a list for a text", first(rb'"title": *"[^"]*"', b'"title": ["a", ["b"]]')
    yield "half a character", first(rb'"title": *"[^"]*"', b'"title": "\\ud800"')
    yield "a NUL", first(rb'"title": *"[^"]*"', b'"title": "a\\u0000b"')
    yield "deep nesting", first(rb'"title": *"[^"]*"', b'"title": ' + b"[" * 100_000 + b"]" * 100_000)
    yield "deep objects", first(rb'"title": *"[^"]*"', b'"title": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000)
    yield "a comma too many", first(rb"\}\s*\]\s*\}\s*$", b"},]}")
    yield "a comment", lambda content: b"// grants\n" + content
    yield "single quotes", lambda content: content.replace(b'"', b"'")
    yield "a list at the top", lambda _: b"[1, 2, 3]"
    yield "a text at the top", lambda _: b'"grants"'
    yield "grants that are no list", lambda _: b'{"grants": {"id": "a"}}'
    yield "grants that are no objects", lambda _: b'{"grants": [1, "two", null, [3]]}'
    yield "no grants", lambda _: b'{"grants": []}'
    yield "other keys", lambda _: b'{"Grants": [{"id": "a"}], "other": 1}'


def _of_yaml() -> Iterator[tuple[str, Change]]:
    yield "a tag", lambda content: content + b"x: !!python/object/apply:os.system ['true']\n"
    yield (
        "an alias bomb",
        lambda content: (
            content
            + b"a: &a [x,x]\n"
            + b"".join(b"%c: &%c [*%c,*%c]\n" % (98 + n, 98 + n, 97 + n, 97 + n) for n in range(20))
        ),
    )
    yield "a key twice", lambda content: content + b"projects: []\n"
    yield "a tab for blanks", lambda content: content.replace(b"  - ", b"\t- ")
    yield "two documents", lambda content: content + b"---\n" + content
    yield "deep nesting", lambda content: content + b"x: " + b"[" * 5_000 + b"]" * 5_000 + b"\n"


def _of_zip() -> Iterator[tuple[str, Change]]:
    yield "a bomb beside", lambda content: _part(content, "xl/media/bomb.bin", bytes(120_000_000))
    yield "a bomb in place of the first part", lambda content: _first_part(content, bytes(120_000_000))
    yield "the first part empty", lambda content: _first_part(content, b"")
    yield "the first part noise", lambda content: _first_part(content, bytes(range(256)) * 100)
    yield "a path that leads out", lambda content: _part(content, "../../evil.csv", b"a,b\n1,2\n")
    yield "3,000 parts", lambda content: _parts(content, {f"p{n}.xml": b"<a/>" for n in range(3_000)})
    yield "a part twice", lambda content: _part(content, _names(content)[0], b"<a/>")
    yield "the directory cut off", lambda content: content[:-30]
    yield (
        "entities in every part",
        lambda content: _changed(
            content, lambda part: re.sub(rb"(<\?xml[^>]*\?>)?", rb"\1<!DOCTYPE a [<!ENTITY x 'y'>]>", part, count=1)
        ),
    )
    yield (
        "numbers of 20 digits",
        lambda content: _changed(
            content,
            lambda part: re.sub(
                rb"<c r=\"([A-Z]+2)\"[^>]*>.*?</c>", rb'<c r="\1"><v>12345678901234567890</v></c>', part
            ),
        ),
    )
    yield (
        "errors in cells",
        lambda content: _changed(
            content,
            lambda part: re.sub(rb"<c r=\"([A-Z]+2)\"[^>]*>.*?</c>", rb'<c r="\1" t="e"><v>#REF!</v></c>', part),
        ),
    )
    yield (
        "formulas without results",
        lambda content: _changed(
            content, lambda part: re.sub(rb"<c r=\"([A-Z]+2)\"[^>]*>.*?</c>", rb'<c r="\1"><f>1+1</f></c>', part)
        ),
    )
    yield (
        "texts that are not there",
        lambda content: _changed(content, lambda part: re.sub(rb'( t="s"><v>)\d+', rb"\g<1>99999", part)),
    )
    yield (
        "rows out of order",
        lambda content: _changed(content, lambda part: part.replace(b'<row r="2"', b'<row r="1"')),
    )
    yield (
        "a row far below",
        lambda content: _changed(
            content,
            lambda part: part.replace(
                b"</sheetData>", b'<row r="1048577"><c r="A1048577"><v>1</v></c></row></sheetData>'
            ),
        ),
    )
    yield (
        "merged headers",
        lambda content: _changed(
            content,
            lambda part: part.replace(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
            ),
        ),
    )


def _first_word(text: str) -> str:
    """Return the longest run of letters that holds one beyond ASCII, else any: most likely a name or title."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    marked = [word for word in words if not word.isascii()]
    return max(marked or words, key=len)


def _first_id(text: str) -> str:
    """Return the first word with a digit in it, most likely an id or a date."""
    found = re.search(r"[A-Za-z]*[-/]?\w*\d\w*", text.partition("\n")[2])
    return found[0] if found else _first_word(text)


def _replaced(content: bytes, find: Callable[[str], str], new: str) -> bytes:
    text = content.decode("utf-8-sig")
    return text.replace(find(text), new).encode()


def _mixed(content: bytes) -> bytes:
    ends = (b"\n", b"\r\n", b"\r")
    return b"".join(line + ends[n % 3] for n, line in enumerate(content.replace(b"\r\n", b"\n").split(b"\n")))


def _with(content: bytes, place: int, byte: int) -> bytes:
    return content[:place] + bytes([byte]) + content[place + 1 :]


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _read(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _names(content: bytes) -> list[str]:
    return [name for name in _read(content) if "sheet1" in name or name.endswith(".csv")]


def _parts(content: bytes, more: dict[str, bytes]) -> bytes:
    return _zip(_read(content) | more)


def _part(content: bytes, name: str, part: bytes) -> bytes:
    return _parts(content, {name: part})


def _first_part(content: bytes, part: bytes) -> bytes:
    return _part(content, _names(content)[0], part)


def _changed(content: bytes, change: Change) -> bytes:
    return _zip(
        {
            name: change(part) if "sheet" in name or name.endswith(".csv") else part
            for name, part in _read(content).items()
        }
    )
