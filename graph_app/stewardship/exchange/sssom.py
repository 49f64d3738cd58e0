"""Decisions as SSSOM, the Simple Standard for Sharing Ontological Mappings, version 1.0, as tab-separated values.

https://mapping-commons.github.io/sssom/spec-formats-tsv/
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from types import MappingProxyType

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from graph_app.journal.decisions import Decided, Decision, Judgement, Way
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.exchange.rows import Refusal, decision_of
from loaders.vocabulary import IG, SKOS, prefixes

__all__ = ["is_sssom", "left_out", "read_sssom", "write_sssom"]

_COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label"),
    *("mapping_justification", "confidence", "mapping_date", "mapping_tool", "comment"),
)
_NEEDED = ("subject_id", "predicate_id", "object_id")
#: Instances of this installation in the prefix map.
_OURS = "igid"
_SEMAPV = "https://w3id.org/semapv/vocab/"
_JUSTIFIED: Mapping[Way, str] = MappingProxyType(
    {
        Way.PERSON: "semapv:ManualMappingCuration",
        Way.RULE: "semapv:CompositeMatching",
        Way.BATCH: "semapv:LexicalSimilarityThresholdMatching",
        Way.IMPORT: "semapv:UnspecifiedMatching",
    }
)
_PREDICATES: Mapping[Judgement, str] = MappingProxyType(
    {
        Judgement.SAME: "skos:exactMatch",
        Judgement.DIFFERENT: "skos:exactMatch",
        Judgement.PART: "ig:partOf",
        Judgement.FOLLOWS: "ig:continues",
    }
)
_JUDGED: Mapping[str, Judgement] = MappingProxyType(
    {
        str(SKOS.exactMatch): Judgement.SAME,
        str(IG.partOf): Judgement.PART,
        str(IG.continues): Judgement.FOLLOWS,
    }
)
_NOT = "Not"
_CONTROL = re.compile(r"[\t\r\n]+")


def is_sssom(text: str) -> bool:
    """Tell whether a file is SSSOM rather than a table of decisions.

    :param text: the file.
    """
    first = next((line for line in text.splitlines() if not line.startswith("#")), "")
    return {"subject_id", "object_id"} <= set(first.split("\t"))


def left_out(decided: Iterable[Decided]) -> int:
    """Return how many decisions SSSOM has no word for: those that leave a pair open.

    :param decided: the decisions.
    """
    return sum(one.decision.judgement not in _PREDICATES for one in decided)


def write_sssom(decided: Iterable[Decided], names: Mapping[str, str], base: str, licence: str) -> str:
    """Write decisions as SSSOM; reasons and those that leave a pair open have no place there.

    :param decided: the decisions.
    :param names: what the two of each are called, by IRI.
    :param base: base of all instance IRIs.
    :param licence: IRI of the licence under which they are given.
    """
    known = {prefix: namespace for prefix, namespace in prefixes().items() if prefix in {"skos", "ig"}}
    header = {
        "mapping_set_id": f"{base}mapping-set/decisions",
        "license": licence,
        "curie_map": {**known, "semapv": _SEMAPV, _OURS: base},
    }
    buffer = StringIO()
    yaml = YAML(pure=True)
    yaml.width = 4_096
    yaml.dump(header, lined := StringIO())
    buffer.writelines(f"#{line}\n" for line in lined.getvalue().splitlines())
    writer = csv.DictWriter(buffer, _COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    for one in decided:
        if one.decision.judgement in _PREDICATES:
            writer.writerow({name: _CONTROL.sub(" ", value) for name, value in _row(one, names).items()})
    return buffer.getvalue()


def read_sssom(text: str, base: str) -> Iterator[tuple[int, Decision] | Refusal]:
    """Read decisions from SSSOM.

    :param text: the file; without a prefix map its identifiers have to be whole IRIs.
    :param base: base of all instance IRIs.
    :returns: each decision with the number of its line, or why a line gives none.
    :raises Refused: if the file lacks a column, or its header cannot be read.
    """
    lines = text.splitlines(keepends=True)
    above = sum(1 for line in lines if line.startswith("#"))
    known = _prefixes("".join(line[1:] for line in lines if line.startswith("#")))
    reader = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", strict=True)
    try:
        lacking = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if lacking:
            raise Refused("The mapping set has no column {lacking}.", lacking=lacking[0])
        for row in reader:
            values = {name: (row.get(name) or "").strip() for name in _COLUMNS}
            try:
                yield reader.line_num + above, decision_of(_values(values, known, base), base)
            except Refused as error:
                yield Refusal(reader.line_num + above, error)
    except csv.Error as error:
        raise Refused("Line {line} is no CSV: {error}.", line=reader.line_num + above, error=error) from error


def _row(one: Decided, names: Mapping[str, str]) -> dict[str, str]:
    decision = one.decision
    return {
        "subject_id": _curie(decision.left),
        "subject_label": names.get(decision.left, ""),
        "predicate_id": _PREDICATES[decision.judgement],
        "predicate_modifier": _NOT if decision.judgement is Judgement.DIFFERENT else "",
        "object_id": _curie(decision.right),
        "object_label": names.get(decision.right, ""),
        "mapping_justification": _JUSTIFIED[decision.way],
        "confidence": "" if decision.score is None else f"{decision.score:.3f}",
        "mapping_date": one.event.time.date().isoformat(),
        "mapping_tool": decision.rule,
        "comment": decision.comment,
    }


def _curie(iri: str) -> str:
    return iri if "://" in iri else f"{_OURS}:{iri}"


def _prefixes(header: str) -> Mapping[str, str]:
    try:
        read = YAML(typ="safe", pure=True).load(header) or {}
        known = read.get("curie_map") or {}
        return {**prefixes(), "semapv": _SEMAPV, **{str(name): str(value) for name, value in known.items()}}
    except (YAMLError, AttributeError) as error:
        raise Refused("The header of the mapping set cannot be read: {error}", error=error) from error


def _values(row: Mapping[str, str], known: Mapping[str, str], base: str) -> dict[str, str]:
    predicate = _expanded(row["predicate_id"], known, "")
    judgement = _JUDGED.get(predicate)
    negated = row["predicate_modifier"] == _NOT
    if judgement is None or (negated and judgement is not Judgement.SAME):
        raise Refused("“{predicate}” says nothing that is decided here.", predicate=row["predicate_id"])
    return {
        "left": _expanded(row["subject_id"], known, base),
        "right": _expanded(row["object_id"], known, base),
        "judgement": (Judgement.DIFFERENT if negated else judgement).value,
        "score": row["confidence"],
        "rule": row["mapping_tool"],
        "comment": row["comment"],
    }


def _expanded(curie: str, known: Mapping[str, str], base: str) -> str:
    """Return the IRI of an identifier; one of the installation that wrote it is one of this installation."""
    prefix, colon, local = curie.partition(":")
    if not colon or local.startswith("//"):
        return curie
    if prefix == _OURS:
        return base + local
    if prefix not in known:
        raise Refused("The prefix {prefix} is not in the prefix map of the mapping set.", prefix=prefix)
    return known[prefix] + local
