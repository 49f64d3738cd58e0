"""What is derived again for a change alone is what deriving everything gives, whatever the rules and the change."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as examples_of
from hypothesis import strategies as st

from graph_app.columns.encoding import build_columns, copy_columns, patch_columns
from graph_app.releases import touched
from graph_app.releases.loading import DERIVED
from graph_app.releases.rederive import rederive
from graph_app.releases.release import STATED, current_release
from graph_app.releases.rules import Rule, derive, read_rules
from graph_app.settings import Settings
from loaders import resources
from loaders.vocabulary import prefixes

GRAPH = "urn:derived"
XSD = "http://www.w3.org/2001/XMLSchema#"
IG = prefixes()["ig"]
ROLE = prefixes()["role"]

#: Rules beside those of the project: alike in what they derive, and such as cannot be run for a part.
RULES = {
    "again": "CONSTRUCT { ?o ig:member ?p } WHERE { ?x ig:organisation ?p ; ig:partnership ?o MINUS { ?p a ?k } }",
    "alone": "CONSTRUCT { ?p a ig:Donor } WHERE { ?x ig:organisation ?p FILTER NOT EXISTS { ?x ig:role role:funder } }",
    "anywhere": "CONSTRUCT { ?p ig:status ig:Busy } WHERE { ?p a ig:Project . FILTER EXISTS { ?x ig:role ?y } }",
    "beside": "CONSTRUCT { ?c a ?k } WHERE { ?s a ?k ; ?q ?o BIND(IRI(CONCAT('urn:of:', STR(?o))) AS ?c) }",
    "blank": "CONSTRUCT { ?p ig:partOf ?o } WHERE { [] ig:project ?p ; ig:organisation ?o }",
    "far": "CONSTRUCT { ?a ig:partner ?b } WHERE { ?a (^ig:organisation/ig:project)+ ?b }",
    "given": "CONSTRUCT { ?p ig:status ?s } WHERE { VALUES (?r ?s) { (role:partner 'x') } ?p ig:role ?r }",
    "number": "CONSTRUCT { ?r ig:count ?n } WHERE { { SELECT ?r (COUNT(*) AS ?n) { ?x ig:role ?r } GROUP BY ?r } }",
    "total": "CONSTRUCT { ig:All ig:count ?n } WHERE { { SELECT (COUNT(*) AS ?n) { ?x ig:role ?r } } }",
}
IRIS = ["urn:a", "urn:b", "urn:a/consortium", "urn:o1", "urn:o2"]
TERMS = [f"<{iri}>" for iri in IRIS]


def facts(predicate: str, *values: str) -> st.SearchStrategy[str]:
    return st.sampled_from([f"<{predicate}> {value}" for value in values])


FACTS = st.one_of(
    facts(prefixes()["rdf"] + "type", f"<{IG}Project>", f"<{IG}Grant>"),
    # A literal where a project should be is no project, and still makes the IRI of a consortium.
    facts(f"{IG}project", *TERMS[:3], '"urn:a"'),
    facts(f"{IG}partnership", *TERMS[:3]),
    facts(f"{IG}organisation", *TERMS[3:]),
    facts(f"{IG}organisation", *TERMS[3:]),
    facts(f"{IG}donor", *TERMS[3:]),
    facts(f"{IG}role", f"<{ROLE}funder>", f"<{ROLE}partner>", f"<{ROLE}coordinator>"),
    facts(prefixes()["dct"] + "title", '"A"@en', '"B"@en', '"Á \\"\\\\"@cs', '"A"'),
    facts(f"{IG}startDate", f'"2020"^^<{XSD}gYear>', f'"2021-02"^^<{XSD}gYearMonth>', '"soon"'),
    facts(f"{IG}endDate", f'"2022"^^<{XSD}gYear>', f'"2021-02-03"^^<{XSD}date>'),
    facts(f"{IG}duration", f'"P1Y"^^<{XSD}duration>'),
)
#: Participations and grants are few, so that they are complete now and then.
LINES = st.builds(
    lambda subject, fact, graph: f"<{subject}> {fact} <urn:{graph}> .\n".encode(),
    st.sampled_from(["urn:x1", "urn:x2", "urn:x3", *IRIS[:2]]),
    FACTS,
    st.sampled_from("gh"),
)
CONTENTS = st.lists(st.sets(LINES, max_size=30), min_size=2, max_size=4)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Rule]:
    folder = tmp_path_factory.mktemp("rules")
    for path in (resources.QUERIES / "rules").glob("*.rq"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in RULES.items():
        (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    return tuple(read_rules(folder, GRAPH, prefixes()))


@pytest.mark.parametrize("examples", [12, pytest.param(500, marks=pytest.mark.soak)])
def test_derived_again_is_derived_anew(examples: int, rules: Sequence[Rule]) -> None:
    @examples_of(max_examples=examples, deadline=None)
    @given(contents=CONTENTS)
    def check(contents: list[set[bytes]]) -> None:
        with TemporaryDirectory() as temporary:
            patched_is_derived(contents, rules, Path(temporary))

    check()


def patched_is_derived(contents: list[set[bytes]], rules: Sequence[Rule], folder: Path) -> None:
    (folder / "first.nq").write_bytes(b"".join(sorted(contents[0])))
    before = folder / "0"
    build_columns(before, folder / "first.nq")
    known = derived(before, rules)
    for number, (old, new) in enumerate(pairwise(contents), 1):
        after = folder / str(number)
        copy_columns(before, after)
        patch_columns(after, sorted(old - new), sorted(new - old))
        came = rederive(before, after, sorted(old - new), sorted(new - old), rules, folder)
        known, whole = (known - came.removed) | came.added, derived(after, rules)
        assert came.removed <= derived(before, rules)
        assert known == whole
        before = after


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def derived(stated: Path, rules: Sequence[Rule]) -> set[bytes]:
    return {line.encode() for text in derive(stated, rules, stated) for line in text.splitlines(keepends=True)}


@pytest.mark.parametrize("share", [0.002, 0.3])
def test_of_the_curated_data_too(
    share: float, curated_settings: Settings, rules: Sequence[Rule], tmp_path: Path
) -> None:
    """Some statements go, come back while others go, and come back."""
    release = current_release(curated_settings)
    content = {line for path in release.content_files if path.name != DERIVED for line in lines_of(path)}
    chance = random.Random(5)  # noqa: S311 - no secret
    first, second = ({line for line in content if chance.random() < share} for _ in range(2))
    states = [content, content - first, content - second, content]
    before, known = release.path / STATED, set(lines_of(release.content / DERIVED))
    graph = next(iter(known)).rpartition(b" <")[2].removesuffix(b"> .\n").decode()
    own = [replace(rule, graph=graph) for rule in rules if rule.name.removesuffix(".rq") not in RULES]
    whole = known
    for number, (old, new) in enumerate(pairwise(states)):
        after = tmp_path / str(number)
        copy_columns(before, after)
        patch_columns(after, sorted(old - new), sorted(new - old))
        came = rederive(before, after, sorted(old - new), sorted(new - old), own, tmp_path)
        known = (known - came.removed) | came.added
        assert known == derived(after, own)
        before = after
    assert known == whole


def test_only_what_a_change_touches_is_derived_again(
    rules: Sequence[Rule], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules of the project never have to be run for everything, and for no more projects than changed."""
    own = [rule for rule in rules if rule.name.removesuffix(".rq") not in RULES]
    lines = [
        f"<urn:x{n}{m}> <{IG}{name}> <{value}> <urn:g> .\n".encode()
        for n in range(9)
        for m in range(3)
        for name, value in (("project", f"urn:{n}"), ("organisation", f"urn:o{m}"), ("role", f"{ROLE}partner"))
    ]
    (tmp_path / "first.nq").write_bytes(b"".join(lines))
    build_columns(tmp_path / "before", tmp_path / "first.nq")
    copy_columns(tmp_path / "before", tmp_path / "after")
    patch_columns(tmp_path / "after", lines[3:9], ())
    asked: dict[str, int] = {}
    conclusions = Rule.conclusions

    def counted(rule: Rule, columns: object, key: str = "", values: Sequence[object] = ()) -> object:
        assert key, f"{rule.name} is run for everything"
        asked[rule.name] = max(asked.get(rule.name, 0), len(values))
        return conclusions(rule, columns, key, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Rule, "conclusions", counted)
    came = rederive(tmp_path / "before", tmp_path / "after", lines[3:9], (), own, tmp_path)
    assert asked == {"consortium-members.rq": 1, "consortium.rq": 1, "donor-class.rq": 2, "members.rq": 2}
    assert all(b"<urn:0/consortium>" in line for line in came.removed)
    assert (len(came.removed), came.added) == (7, set())


def test_a_constant_literal_of_a_rule_is_met_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "rule.rq").write_text('CONSTRUCT { ?x a ig:Done } WHERE { ?x ig:note "a\\tb" }', encoding="utf-8")
    (rule,) = read_rules(tmp_path, GRAPH, prefixes())
    line = f'<urn:x> <{IG}note> "a\\u0009b" <urn:g> .\n'.encode()
    found = touched._matching(rule.query.pattern.triples[0], touched.read_statements([line]))  # type: ignore[union-attr]
    assert [one[0] for one in found] == ["<urn:x>"]
