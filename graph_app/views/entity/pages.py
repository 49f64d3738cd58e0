"""Every kind of entity that has a page of its own, and the tables that stand there."""

from collections.abc import Mapping

from graph_app.components.links import ENTITY_PAGE
from graph_app.views.entity.identifiers import identifier_cells
from graph_app.views.entity.mentions_part import decision_cells, mention_cells
from graph_app.views.entity.page import EntityPage, Section
from graph_app.views.entity.related import related_cells

__all__ = ["PAGES"]

_DISCREPANCIES = Section("section.discrepancies", "discrepancies", "about")
_IDENTIFIERS = Section("section.identifiers", "identifiers", cells=identifier_cells)
_INCOMING = Section("section.incoming", "incoming")
_MENTIONS = Section("section.mentions", "mentions", cells=mention_cells, note="entity.mentions")
_DECISIONS = Section("section.match_decisions", "match-decisions", cells=decision_cells)
_PARTNERS = Section(
    "section.partners",
    "related-organisations",
    cells=related_cells("organisation", "shared", "shared-work"),
    note="entity.partners",
)
_ALIKE = Section(
    "section.alike", "related-projects", cells=related_cells("project", "inCommon", "in-common"), note="entity.alike"
)

#: Every entity page by its path.
PAGES: Mapping[str, EntityPage] = {
    page.path: page
    for page in (
        EntityPage(
            "organisation",
            (
                Section("section.participations", "organisation-participations", timeline=True, kind="role"),
                _PARTNERS,
                Section("section.grants_received", "grants-received"),
                Section("section.projects_funded", "donor-projects"),
                _IDENTIFIERS,
                _MENTIONS,
                _DECISIONS,
                _DISCREPANCIES,
                _INCOMING,
            ),
            "organisation",
            ("organisation", "donor"),
        ),
        EntityPage(
            "project",
            (
                Section("section.organisations", "project-participations"),
                Section("section.grants", "project-grants"),
                Section("section.amounts", "project-amounts"),
                Section("section.transactions", "project-transactions"),
                Section("section.allocations", "project-allocations"),
                Section("section.counts", "project-counts"),
                Section("section.suggestions", "project-suggestions"),
                Section("section.classifications", "project-classifications"),
                _IDENTIFIERS,
                Section("section.chain", "project-chain"),
                _ALIKE,
                Section("section.outputs", "project-outputs"),
                _MENTIONS,
                _DECISIONS,
                _DISCREPANCIES,
                _INCOMING,
            ),
            "project",
            ("project",),
        ),
        EntityPage(
            "donor",
            (
                Section("section.projects_funded", "donor-projects", timeline=True),
                Section("section.programmes", "donor-programmes"),
                Section("section.other_roles", "organisation-participations"),
                _IDENTIFIERS,
                _INCOMING,
            ),
            "donor",
            ("donor",),
        ),
        EntityPage(
            "country",
            (
                Section("section.projects", "country-projects"),
                Section("section.seated", "country-organisations"),
            ),
            "country",
            ("country",),
        ),
        EntityPage("programme", (Section("section.projects", "programme-projects"), _INCOMING), money=("programme",)),
        EntityPage(
            "target-group",
            (Section("section.projects", "target-group-projects"), _INCOMING),
            "target_group",
            ("target_group",),
        ),
        EntityPage(ENTITY_PAGE, (Section("section.members", "project-participations"), _DISCREPANCIES, _INCOMING)),
    )
}
