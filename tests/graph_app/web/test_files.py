import gzip
import hashlib

import httpx
import pytest
from rdflib import Graph

from graph_app.releases.release import Release, current_release
from graph_app.settings import Settings
from graph_app.web.listing import ARCHIVE

PERSON = {"Accept": "text/html"}


@pytest.fixture
def release(curated_settings: Settings) -> Release:
    return current_release(curated_settings)


def test_the_list_names_every_file_with_its_hash(client: httpx.Client, release: Release) -> None:
    listed = client.get("/data/").json()
    assert listed["current"] == release.version
    first = listed["releases"][0]
    assert first["version"] == release.version
    assert {dataset["key"] for dataset in first["datasets"]} == {noted.key for noted in release.datasets}
    assert first["files"]
    for file in first["files"]:
        body = client.get(file["address"]).content
        assert hashlib.sha256(body).hexdigest() == file["sha256"]


def test_the_hash_of_a_release_can_be_checked_with_the_downloads(client: httpx.Client, release: Release) -> None:
    files = client.get("/data/").json()["releases"][0]["files"]
    lines = [f"{file['sha256']}  {file['address'].rpartition('/')[2]}\n" for file in files]
    assert hashlib.sha256("".join(sorted(lines, key=lambda line: line[66:])).encode()).hexdigest() == release.sha256


def test_the_archive_holds_all_files(client: httpx.Client, release: Release) -> None:
    answer = client.get(f"/data/{release.version}/{ARCHIVE}")
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    assert gzip.decompress(answer.content) == b"".join(path.read_bytes() for path in release.content_files)
    assert client.head(f"/data/{release.version}/{ARCHIVE}").status_code == 200
    again = client.get(f"/data/{release.version}/{ARCHIVE}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_download_can_be_taken_up_again(client: httpx.Client, release: Release) -> None:
    name = next(iter(release.files))
    address = f"/data/{release.version}/{name}"
    whole = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in whole.headers
    assert whole.headers["etag"] == f'"{release.files[name]}"'
    assert whole.headers["integration-graph-sha256"] == release.files[name]
    assert "immutable" in whole.headers["cache-control"]
    rest = client.get(
        address, headers={"Range": "bytes=100-", "If-Range": whole.headers["etag"], "Accept-Encoding": "gzip"}
    )
    assert (rest.status_code, rest.content) == (206, whole.content[100:])
    head = client.head(address)
    assert (head.headers["content-length"], head.content) == (str(len(whole.content)), b"")
    assert client.get(address, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304


def test_current_leads_to_the_release(client: httpx.Client, release: Release) -> None:
    answer = client.get(f"/data/current/{ARCHIVE}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/data/{release.version}/{ARCHIVE}")
    assert client.get("/data").headers["location"] == "/data/"


def test_the_page_for_people_holds_no_script(client: httpx.Client, release: Release) -> None:
    page = client.get("/data/", headers=PERSON)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert release.version in page.text
    assert "<script" not in page.text
    assert "http://" not in page.text.replace("http://127.0.0.1", "")
    assert client.get("/data/", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "path",
    [
        "/data/{version}/release.json",
        "/data/{version}/../release.json",
        "/data/{version}/..%2frelease.json",
        "/data/{version}/%2e%2e/%2e%2e/journal.jsonl",
        "/data/..%2f..%2fjournal.jsonl/x",
        "/data/{version}/%2fetc%2fpasswd",
        "/data/{version}/store/CURRENT",
        "/data/{version}/.",
        "/data/%00/x",
        "/data/current/..%2f..%2f..%2fetc%2fpasswd",
        "/data/2001-01-01-000000000000/ontology.nq",
        "/data/{version}",
    ],
)
def test_only_what_a_release_lists_has_an_address(address: str, release: Release, path: str) -> None:
    # httpx would take the dots out of a path that is given as text.
    with httpx.Client() as plain:
        request = plain.build_request("GET", address)
        request.url = request.url.copy_with(raw_path=path.format(version=release.version).encode())
        answer = plain.send(request)
    assert answer.status_code == 404
    assert answer.json()["status"] == 404


def test_the_graph_is_described_where_crawlers_look(client: httpx.Client) -> None:
    answer = client.get("/.well-known/void")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    turtle = Graph().parse(data=answer.text, format="turtle")
    assert len(turtle) > 20
    xml = client.get("/.well-known/void", headers={"Accept": "application/rdf+xml"})
    assert len(Graph().parse(data=xml.text, format="xml")) == len(turtle)
    again = client.get("/.well-known/void", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert client.get("/.well-known/void", headers=PERSON).headers["location"] == "/data/"


@pytest.mark.parametrize("path", ["/.well-known/other", "/sitemap.xml", "/data/a/b/c"])
def test_there_is_nothing_where_there_is_nothing(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404
