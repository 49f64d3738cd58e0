"""Projections: the ways to make a network of a release, one module each."""

from collections.abc import Mapping

from graph_app.network.projections.countries import COUNTRIES
from graph_app.network.projections.funding import FUNDING
from graph_app.network.projections.making import project
from graph_app.network.projections.memberships import ORGANISATION_PROJECT
from graph_app.network.projections.organisations import ORGANISATIONS
from graph_app.network.projections.projection import Projection
from graph_app.network.projections.target_groups import TARGET_GROUPS

__all__ = ["PROJECTIONS", "Projection", "project"]

#: Name to projection, the usual one first.
PROJECTIONS: Mapping[str, Projection] = {
    one.name: one for one in (ORGANISATIONS, ORGANISATION_PROJECT, FUNDING, COUNTRIES, TARGET_GROUPS)
}
