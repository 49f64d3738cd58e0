"""Basic graph patterns (SPARQL 1.1, section 5.1): one flat join of predicate tables, which DuckDB puts in order.

Patterns of one subject whose predicates share a property table are one scan of it.
"""

from dataclasses import dataclass, field, replace

from graph_app.columns.algebra.nodes import Bgp, Inverse, Node, Path, Repeat, Sequence, Step, Triple, Values, Variable
from graph_app.columns.catalogue import Predicate
from graph_app.columns.kinds import Kind
from graph_app.columns.patterns.context import Context
from graph_app.columns.patterns.early import stages
from graph_app.columns.patterns.paths import closure, edges
from graph_app.columns.patterns.values import compile_values
from graph_app.columns.relation import Column, Form, Relation, nothing, unit
from graph_app.columns.terms import Constant

__all__ = ["compile_bgp"]


def compile_bgp(pattern: Bgp, context: Context, needed: frozenset[str] | None = None) -> Relation:
    """Compile a basic graph pattern, its property paths included.

    :param pattern: the pattern.
    :param context: what the query shares.
    :param needed: variables of which only the set of solutions matters, and no others; none where each solution counts.
    """
    plain: list[Triple] = []
    repeated: list[Triple] = []
    waiting = list(pattern.triples)
    while waiting:
        triple = waiting.pop(0)
        match triple.predicate:
            case Sequence(parts):
                waiting[:0] = _steps(triple, parts, context)
            case Inverse(path):
                waiting.insert(0, Triple(triple.object, path, triple.subject))
            case Repeat(_, "*" | "?"):
                repeated.append(triple)
            case _:
                plain.append(triple)
    relation = unit()
    if needed is None or repeated:
        relation = _joined(relation, plain, context)
    else:
        for stage, kept in stages(plain, needed, context):
            relation = _joined(relation, stage, context)
            if kept is not None:
                relation = _different(relation, kept)
    for triple in _from_bound(repeated, relation):
        relation = _walked(relation, triple, context)
    return relation


def _joined(relation: Relation, triples: list[Triple], context: Context) -> Relation:
    flat = _Flat(context)
    flat.start(relation)
    for triple in triples:
        flat.add(triple)
    return flat.relation()


def _different(relation: Relation, variable: str) -> Relation:
    """Keep one variable of solutions, each of its terms once."""
    if relation.empty:
        return relation
    column = relation.columns[variable]
    sql = f"SELECT DISTINCT {', '.join(column.names)} FROM ({relation.sql}) AS d"
    return Relation(sql, {variable: column})


def _steps(triple: Triple, parts: tuple[Path, ...], context: Context) -> list[Triple]:
    """Take a sequence apart: patterns that meet in variables of their own (section 18.2.2.4)."""
    nodes: list[Node] = [triple.subject, *(Variable(context.hidden()) for _ in parts[1:]), triple.object]
    return [Triple(nodes[number], part, nodes[number + 1]) for number, part in enumerate(parts)]


def _from_bound(triples: list[Triple], relation: Relation) -> list[Triple]:
    """Put first what starts or ends at something that is known by then."""
    known, left, ordered = set(relation.columns), list(triples), []
    while left:
        chosen = next(
            (triple for triple in left if _is_known(triple.subject, known) or _is_known(triple.object, known)), left[0]
        )
        left.remove(chosen)
        ordered.append(chosen)
        known.update(node.name for node in (chosen.subject, chosen.object) if isinstance(node, Variable))
    return ordered


def _is_known(node: Node, known: set[str]) -> bool:
    return not isinstance(node, Variable) or node.name in known


@dataclass(slots=True)
class _Flat:
    """Tables joined by their ids."""

    context: Context
    tables: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    columns: dict[str, Column] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    scans: dict[tuple[str, str], str] = field(default_factory=dict)
    empty: bool = False

    def start(self, relation: Relation) -> None:
        """Begin with solutions that are known."""
        if not relation.columns:
            self.empty = relation.empty
            return
        alias = self._table(f"({relation.sql})")
        for variable, column in relation.columns.items():
            self.columns[variable] = column
            self.places[variable] = f"{alias}.{column.name}"
            self.values[variable] = f"{alias}.{column.name}v"
        self.empty = relation.empty

    def add(self, triple: Triple) -> None:
        """Add one pattern."""
        context = self.context
        match triple.predicate:
            case Step(iri):
                predicate = context.predicate(iri)
                if predicate is None:
                    self._missing(triple)
                else:
                    self._scan(triple, predicate)
            case Variable() as variable:
                alias = self._table("triple")
                self._place(triple.subject, f"{alias}.s", context.subjects)
                self._place(variable, f"{alias}.p", Kind.IRI)
                self._place(triple.object, f"{alias}.o", context.anything)
            case path:
                sql, kinds = edges(path, context)
                alias = self._table(f"({sql})")
                self._place(triple.subject, f"{alias}.s", kinds.starts)
                self._place(triple.object, f"{alias}.o", kinds.ends)

    def relation(self) -> Relation:
        """Return what was added."""
        if self.empty:
            return nothing(self.columns)
        if not self.tables:
            return unit()
        names = []
        for variable, column in self.columns.items():
            names.append(f"{self.places[variable]} AS {column.name}")
            if column.value_type:
                names.append(f"{self.values[variable]} AS {column.name}v")
        condition = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        sql = f"SELECT {', '.join(names) or '1 AS one'} FROM {', '.join(self.tables)}{condition}"
        return Relation(sql, self.columns)

    def _table(self, source: str) -> str:
        alias = self.context.alias()
        self.tables.append(f"{source} AS {alias}")
        return alias

    def _scan(self, triple: Triple, predicate: Predicate) -> None:
        subject = triple.subject
        key = (predicate.home, subject.name if isinstance(subject, Variable) else str(self.context.id(subject)))
        alias = self.scans.get(key) if predicate.wide else None
        if alias is None:
            alias = self._table(predicate.home)
            if predicate.wide:
                self.scans[key] = alias
            self._place(subject, f"{alias}.s", self.context.subjects)
        column = f"{alias}.{predicate.object_column}"
        if predicate.wide:
            self.conditions.append(f"{column} IS NOT NULL")
        value = f"{alias}.{predicate.value_column}" if predicate.value_column else ""
        self._place(triple.object, column, predicate.kinds, value, predicate.value_type)

    def _missing(self, triple: Triple) -> None:
        self.empty = True
        for node in (triple.subject, triple.object):
            self._place(node, "NULL", self.context.anything)

    def _place(self, node: Node, sql: str, kinds: Kind, value: str = "", value_type: str = "") -> None:
        """Have a node stand in a column: a term is compared, a variable named, or compared with where it stands."""
        if not isinstance(node, Variable):
            self.conditions.append(f"{sql} = {self.context.id(node)}")
            if not node.kind & kinds:
                self.empty = True
            return
        known = self.columns.get(node.name)
        if known is None:
            self.columns[node.name] = Column(
                self.context.name(node.name), Form.ID, kinds, nullable=False, value_type=value_type
            )
            self.places[node.name], self.values[node.name] = sql, value
            return
        self.conditions.append(f"{self.places[node.name]} = {sql}")
        both = replace(known, kinds=known.kinds & kinds)
        if value_type and not known.value_type:
            both = replace(both, value_type=value_type)
            self.values[node.name] = value
        self.columns[node.name] = both
        if not both.kinds:
            self.empty = True


def _walked(relation: Relation, triple: Triple, context: Context) -> Relation:
    """Join with a path that may have no length: every term leads to itself (section 18.4, ZeroLengthPath)."""
    path, known = triple.predicate, set(relation.columns)
    assert isinstance(path, Repeat)  # noqa: S101 - sorted out before
    if not _is_known(triple.subject, known):
        if _is_known(triple.object, known):
            turned = Triple(triple.object, Repeat(Inverse(path.path), path.sign), triple.subject)
            return _walked(relation, turned, context)
        return _walked(_everywhere(relation, triple.subject, context), triple, context)
    if not isinstance(triple.subject, Variable) and context.id(triple.subject) < 0:
        return _alone(relation, triple.subject, triple.object, context)
    if not isinstance(triple.object, Variable) and context.id(triple.object) < 0:
        return _alone(relation, triple.object, triple.subject, context)
    sql, kinds = edges(path.path, context) if path.sign == "?" else closure(path.path, context)
    hops = f"SELECT DISTINCT s, o FROM ({sql}) AS e WHERE s <> o"
    alias, hop = context.alias(), context.alias()
    start, first = _end(triple.subject, relation, alias, context)
    names = relation.names(alias) or ["1 AS one"]
    source = f"({relation.sql}) AS {alias}"
    target = triple.object
    if _is_known(target, known):
        end, _ = _end(target, relation, alias, context)
        # Two joins, and no condition with OR: what stands on either side of the path is often joined by nothing else.
        stay = f"SELECT {', '.join(names)} FROM {source} WHERE {start} = {end}"
        go = f"SELECT {', '.join(names)} FROM {source} JOIN ({hops}) AS {hop} ON {hop}.s = {start} AND {hop}.o = {end}"
        return Relation(f"{stay} UNION ALL {go}", relation.columns, relation.empty)
    assert isinstance(target, Variable)  # noqa: S101 - terms are known
    column = Column(context.name(target.name), Form.ID, first | kinds.ends, nullable=False)
    stay = f"SELECT {', '.join(names)}, {start} AS {column.name} FROM {source}"
    go = (
        f"SELECT {', '.join(names)}, {hop}.o AS {column.name} FROM {source} JOIN ({hops}) AS {hop} ON {hop}.s = {start}"
    )
    return Relation(f"{stay} UNION ALL {go}", {**relation.columns, target.name: column}, relation.empty)


def _end(node: Node, relation: Relation, alias: str, context: Context) -> tuple[str, Kind]:
    """Return where a path starts or ends, and what kinds of terms that may be."""
    if isinstance(node, Variable):
        column = relation.columns[node.name]
        return f"{alias}.{column.name}", column.kinds
    return str(context.id(node)), node.kind


def _alone(relation: Relation, term: Constant, other: Node, context: Context) -> Relation:
    """Walk from a term that the graph lacks: it leads to itself alone."""
    if not isinstance(other, Variable):
        return relation if other == term else nothing(relation.columns)
    if other.name in relation.columns:
        return nothing(relation.columns)
    itself = compile_values(Values((other.name,), ((term,),)), context)
    alias, added = context.alias(), context.alias()
    names = [*relation.names(alias), *itself.names(added)]
    sql = f"SELECT {', '.join(names)} FROM ({relation.sql}) AS {alias}, ({itself.sql}) AS {added}"
    return Relation(sql, {**relation.columns, **itself.columns}, relation.empty)


def _everywhere(relation: Relation, node: Node, context: Context) -> Relation:
    """Have a variable stand for every node of the graph, one after another."""
    assert isinstance(node, Variable)  # noqa: S101 - terms are known
    column = Column(context.name(node.name), Form.ID, context.anything, nullable=False)
    alias, other = context.alias(), context.alias()
    names = [*relation.names(alias), f"{other}.s AS {column.name}"]
    nodes = "SELECT s FROM triple UNION SELECT o FROM triple"
    sql = f"SELECT {', '.join(names)} FROM ({relation.sql}) AS {alias}, ({nodes}) AS {other}"
    return Relation(sql, {**relation.columns, node.name: column}, relation.empty)
