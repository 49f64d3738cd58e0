import csv
import json
from urllib.parse import quote

from playwright.sync_api import expect

RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def write(visitor, query: str) -> None:
    visitor.page.get_by_role("textbox", name="SPARQL query").fill(query)
    visitor.page.get_by_role("button", name="Ask").click()
    visitor.settle()


def test_a_question_is_chosen_asked_and_downloaded(visitor) -> None:
    visitor.open("ask")
    visitor.choose("Question", "Projects for a target group, including narrower groups")
    assert "question=projects-for-target-group" in visitor.page.url
    expect(visitor.page.get_by_test_id("stDataFrame")).to_be_visible()
    rows = list(csv.DictReader(visitor.download("Download CSV").read_text(encoding="utf-8-sig").splitlines()))
    assert rows
    assert all(row["project"].startswith("https://") for row in rows)
    records = json.loads(visitor.download("Download JSON").read_text(encoding="utf-8"))
    assert [record["project"] for record in records] == [row["project"] for row in rows]


def test_the_address_of_an_answer_gives_it_again(visitor) -> None:
    visitor.open("ask?question=projects-for-target-group&p.targetGroup=women&p.country=FRA")
    expect(visitor.page.get_by_text("This entry")).to_have_count(0)
    visitor.open("ask?question=projects-for-target-group&p.targetGroup=women")
    rows = csv.DictReader(visitor.download("Download CSV").read_text(encoding="utf-8-sig").splitlines())
    assert "Need for Female Immigrants in Ageing Societies" in {row["projectLabel"] for row in rows}


def test_sparql_is_written_run_and_shared(visitor) -> None:
    visitor.open(f"ask?q={quote('SELECT ?p WHERE { ?p a ig:Project }')}")
    assert "Rows: 34" in visitor.text()
    write(visitor, "ASK { ?p a ig:Donor }")
    assert "yes" in visitor.text()
    assert quote("ASK {", safe="") in visitor.page.url.replace("+", "%20")


def test_an_error_names_its_line_and_column(visitor) -> None:
    visitor.open(f"ask?q={quote('SELECT ?s' + chr(10) + 'WHERE { ?s ?p }')}")
    expect(visitor.page.get_by_text("This is not SPARQL yet: line 2, column")).to_be_visible()
    mark = visitor.page.locator(".cm-gutter-lint .cm-lint-marker-error")
    expect(mark).to_be_visible()
    second = visitor.page.locator(".cm-line").nth(1)
    assert abs(mark.bounding_box()["y"] - second.bounding_box()["y"]) < 12
    write(visitor, "ASK { ?p a ig:Donor }")
    expect(mark).to_have_count(0)


def test_completion_writes_the_line_of_its_prefix(visitor) -> None:
    visitor.open("ask?mode=sparql")
    box = visitor.page.get_by_role("textbox", name="SPARQL query")
    box.fill("")
    box.press_sequentially("SELECT ?p WHERE { ?p a Proje")
    expect(visitor.page.get_by_role("option", name="ig:Project")).to_be_visible()
    visitor.page.wait_for_timeout(300)  # a list that has just opened takes no Enter yet
    box.press("Enter")
    lines = visitor.page.locator(".cm-line")
    expect(lines.first).to_have_text("PREFIX ig: <https://w3id.org/integration-graph/ontology#>")
    box.press("Control+Enter")
    expect(visitor.page.get_by_text("Rows: 34").first).to_be_visible()
    visitor.page.get_by_role("button", name="New tab").click()
    expect(visitor.page.get_by_role("tab", name="Query 2")).to_have_attribute("aria-selected", "true")
    visitor.page.get_by_text("Asked before (1)").click()
    visitor.page.locator(".past li button").click()
    expect(lines.first).to_have_text("PREFIX ig: <https://w3id.org/integration-graph/ontology#>")


def test_a_chart_is_chosen_kept_in_the_address_and_cited(visitor) -> None:
    query = "SELECT ?country (COUNT(?p) AS ?projects) WHERE { ?p ig:country ?country } GROUP BY ?country"
    visitor.open(f"ask?q={quote(query)}")
    visitor.page.get_by_role("radio", name="Chart").click()
    visitor.settle()
    visitor.page.get_by_role("radio", name="Points").click()
    visitor.settle()
    assert {"view=chart", "chart=scatter"} <= set(visitor.page.url.split("&"))
    visitor.open(visitor.page.url.removeprefix(visitor.address))
    expect(visitor.page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    expect(visitor.page.get_by_role("radio", name="Points")).to_be_checked()
    visitor.page.get_by_text("Cite, share, use in a notebook").click()
    expect(visitor.page.get_by_text("Retrieved 20").first).to_be_visible()
    assert "@misc{integration-graph-" in visitor.download("Download BibTeX").read_text(encoding="utf-8")


def test_what_is_not_allowed_is_refused(visitor) -> None:
    visitor.open(f"ask?q={quote('SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }')}")
    expect(visitor.page.get_by_text("This query is not allowed here")).to_be_visible()


def test_a_runaway_query_is_stopped_and_the_app_goes_on(visitor) -> None:
    visitor.open("ask?q=")
    write(visitor, RUNAWAY)
    expect(visitor.page.get_by_text("The query was stopped at its time limit")).to_be_visible(timeout=30_000)
    assert "Narrow it" in visitor.text()
    write(visitor, "SELECT ?p WHERE { ?p a ig:Project }")
    expect(visitor.page.get_by_text("Rows: 34").first).to_be_visible()
