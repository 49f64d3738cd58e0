import os
from pathlib import Path

import pytest

from loaders.errors import SourceFault
from loaders.sources.files import read_file, refuse_links_out


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_never_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "entries.csv"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case _:
            path.mkdir()
    with pytest.raises(SourceFault, match="Not a file"):
        read_file(path)


@pytest.mark.parametrize("target", ["../outside.csv", "/dev/zero", "organisations.csv", "../gone.csv"])
def test_a_link_that_leads_out_of_a_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.csv").touch()
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "organisations.csv").symlink_to(target)
    if target == "organisations.csv":  # a circle, which leads nowhere
        refuse_links_out(folder)
        return
    with pytest.raises(SourceFault, match="a link that leads out") as raised:
        refuse_links_out(folder)
    assert raised.value.finding.rule == "link-out"
    assert str(raised.value.finding.location) == "organisations.csv"


def test_links_within_a_folder_and_linked_folders_are_followed(tmp_path: Path) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "one.csv").write_text("Id\n", encoding="utf-8")
    (folder / "two.csv").symlink_to("one.csv")
    linked = tmp_path / "linked"
    linked.symlink_to(folder)
    refuse_links_out(linked)
    refuse_links_out(folder / "one.csv")
