"""Who may do what: one pure function, asked by every command before anything else."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, Role, as_of_now
from graph_app.stewardship.errors import NotAllowed
from graph_app.stewardship.submission import Submission

__all__ = ["ANY", "OWN", "Command", "may", "require"]


class Command(StrEnum):
    """What people ask for."""

    SUBMIT = "submit"
    REVIEW = "review"
    APPROVE = "approve"
    REJECT = "reject"
    REBASE = "rebase"
    PUBLISH = "publish"
    REVERT = "revert"
    HISTORY = "history"
    DECIDE = "decide"
    LOAD = "load"
    BUILD = "build"


#: Roles that may give a command on any submission, or where there is none.
ANY: Mapping[Command, frozenset[Role]] = MappingProxyType(
    {
        Command.SUBMIT: frozenset({Role.STEWARD}),
        Command.REVIEW: frozenset({Role.STEWARD, Role.REVIEWER}),
        Command.APPROVE: frozenset({Role.REVIEWER}),
        Command.REJECT: frozenset({Role.REVIEWER}),
        Command.REBASE: frozenset({Role.REVIEWER}),
        Command.PUBLISH: frozenset({Role.REVIEWER}),
        Command.REVERT: frozenset({Role.REVIEWER}),
        Command.HISTORY: frozenset(Role),
        Command.DECIDE: frozenset({Role.STEWARD, Role.REVIEWER}),
        Command.LOAD: frozenset({Role.OPERATOR}),
        Command.BUILD: frozenset({Role.OPERATOR}),
    }
)
#: Roles that may give it on a submission of their own alone: publishing what somebody else has approved is no decision.
OWN: Mapping[Command, frozenset[Role]] = MappingProxyType(
    {Command.REBASE: frozenset({Role.STEWARD}), Command.PUBLISH: frozenset({Role.STEWARD})}
)


def may(actor: Actor, command: Command, submission: Submission | None, settings: Settings) -> bool:
    """Tell whether somebody may give a command.

    :param actor: who asks.
    :param command: what for.
    :param submission: the submission that it is about, or ``None`` for none or one that is not there yet.
    :param settings: whether a second pair of eyes is required.
    """
    own = submission is not None and bool(actor.names & submission.authors)
    if command is Command.APPROVE and settings.second_pair and own:
        return False
    if actor.roles & ANY[command]:
        return True
    return own and bool(actor.roles & OWN.get(command, frozenset()))


def require(actor: Actor, command: Command, submission: Submission | None, settings: Settings) -> None:
    """Refuse a command to those who may not give it, or no longer.

    :param actor: who asks; their roles are read anew.
    :param command: what for.
    :param submission: as :func:`may`.
    :param settings: as :func:`may`.
    :raises NotAllowed: says which role it needs, that somebody else has to approve, or that they have to sign in again.
    :raises SettingsError: if nobody can tell who has which role.
    """
    if actor.ended:
        raise NotAllowed("The sign-in of {name} has ended. Sign in again; what was handed in is kept.", name=actor.name)
    actor = as_of_now(actor, settings)
    if may(actor, command, submission, settings):
        return
    if actor.roles & ANY[command]:
        raise NotAllowed(
            "{name} has handed this submission in, and a second pair of eyes is required here: another reviewer has "
            "to approve it.",
            name=actor.name,
        )
    needed = " or ".join(sorted(ANY[command]))
    alone = " (stewards: of their own submissions)" if command in OWN else ""
    held = tuple(sorted(role.value for role in actor.roles)) or "no role"
    raise NotAllowed(
        "{name} may not {command} here: it needs the role {needed}{alone}, and {name} has {held}. Whoever runs this "
        "deployment writes roles into the file that INTGRAPH_ROLES names.",
        name=actor.name,
        command=command.value,
        needed=needed,
        alone=alone,
        held=held,
    )
