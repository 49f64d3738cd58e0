"""The tables of the file that hold for every graph: terms, statistics, what the file says of itself."""

__all__ = ["STEP", "TABLES", "TYPE"]

#: Names the class of a subject.
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

#: Of the terms that are in order, every so many-th stands in ``fence``, so that a term is found without reading all.
#: (The file itself knows of a text only its first letters, which are the same for most IRIs.)
STEP = 1024

#: Lexical forms are most of the file, and much alike.
TABLES = """
CREATE TABLE term (
    id INTEGER, kind UTINYINT, lex VARCHAR USING COMPRESSION zstd, datatype VARCHAR, lang VARCHAR,
    number DECIMAL(38, 18), double DOUBLE, truth BOOLEAN, moment TIMESTAMP, zone SMALLINT
);
CREATE TABLE predicate (
    id INTEGER, iri VARCHAR, triples BIGINT, subjects BIGINT, objects BIGINT, functional BOOLEAN, kinds INTEGER,
    home VARCHAR, object_column VARCHAR, value_column VARCHAR, value_type VARCHAR
);
CREATE TABLE class (id INTEGER, iri VARCHAR, members BIGINT);
CREATE TABLE shared (s INTEGER, p INTEGER, o INTEGER, graphs INTEGER);
CREATE TABLE fence (id INTEGER, kind UTINYINT, lex VARCHAR, datatype VARCHAR, lang VARCHAR);
CREATE TABLE about (key VARCHAR, value VARCHAR);
"""
