"""Forms as drafts: a form is a workbook of the template, kept after each change, and goes on as any other draft."""

from io import BytesIO

from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.drafts import Draft, create_draft, laid_out, open_draft, replace_file
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.form import named_by, sheet_named
from loaders.sources.template_filled import read_filled
from loaders.template.filled import Filled, Part, rows_of
from loaders.template.ids import new_id
from loaders.template.workbook import write_workbook

__all__ = ["FORM", "begin_form", "form_of", "save_form", "workbook_of"]

#: What tells drafts that a form made from uploaded ones, and in an address the draft whose form is open.
FORM = "form"
_PROJECTS = "projects"


def begin_form(title: str, language: str, actor: Actor, settings: Settings) -> Draft:
    """Begin the entry of a project.

    :param title: its title.
    :param language: language of the title and of the workbook.
    :param actor: who fills in.
    :param settings: where drafts are.
    :raises Refused: if there is no title, or the person may not have another draft.
    :raises StewardshipError: if it cannot be kept.
    """
    if not title.strip():
        raise Refused("Write the title of the project first.")
    about = sheet_named(_PROJECTS)
    part = Part({"id": new_id(title, about.kind, ()), named_by(about, language).key: title.strip()})
    content = _workbook(Filled(language, {about.key: (part,)}))
    return create_draft([(f"{part.id}.xlsx", content)], actor, settings, origin=FORM)


def form_of(draft: Draft) -> Filled:
    """Return what is filled in.

    :param draft: a draft of one workbook.
    :raises NoForm: if it holds more than a form can show.
    :raises SourceError: if it cannot be read.
    """
    with laid_out(draft) as (whole, _):
        return read_filled(whole)


def save_form(draft: Draft, filled: Filled, actor: Actor, settings: Settings) -> Draft:
    """Keep what is filled in now.

    :param draft: the draft as the form knows it.
    :param filled: what is filled in.
    :param actor: whose draft it is.
    :param settings: where drafts are.
    :returns: the draft as it is now.
    :raises Refused: if the draft was changed elsewhere meanwhile; nothing is overwritten.
    :raises StewardshipError: if it cannot be kept.
    """
    if open_draft(draft.id, actor, settings).version != draft.version:
        raise Refused("This draft was changed in another window meanwhile. Open it anew and go on there.")
    return replace_file(draft, draft.files[0].name, _workbook(filled))


def workbook_of(draft: Draft) -> bytes:
    """Return the workbook of a form.

    :param draft: its draft.
    """
    with laid_out(draft) as (whole, _):
        return whole.read_bytes()


def _workbook(filled: Filled) -> bytes:
    stream = BytesIO()
    write_workbook(stream, filled.language, rows_of(filled))
    return stream.getvalue()
