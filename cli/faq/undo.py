"""Go back to the version before: patients get its answers again, within seconds."""

import argparse
from pathlib import Path

from assistant import faq, sources
from assistant.releases import Release
from cli import model
from cli.faq import publishing, topics
from cli.paths import PROJECT
from cli.problem import Problem

EXAMPLES = """\
  migraine faq undo                  take back what was published last
  migraine faq history               see which version is live, and what was undone"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    publishing.add_name_option(parser)


def run(args: argparse.Namespace) -> int:
    """Switch back, bring the files in data/faq back with it, and keep what was taken back as drafts."""
    deed = model.by(args.name)
    with publishing.alone(deed) as known:
        undone, before = model.live_release(), known.before()
        if undone is None or before is None:
            raise Problem("There is no version before the present one: `migraine faq history` shows what there is.")
        if not before.model.exists():
            raise Problem(
                f"The model of version {before.number} is not kept any more. Its answers are in {before.folder}/data: "
                "copy what you need to data/faq, and publish."
            )
        model.check(before.model)
        release, left = known.undo(PROJECT, deed)
    print(f"Version {release.number} is live again ({publishing.told(release.record.published)}). Taken back:")
    for change in undone.record.changes:
        print(f"- {change}")
    for file in left:
        print(f"{file} was edited since then and is left as it is; `migraine faq publish` would publish it.")
    if drafts := _drafts(undone, release, left):
        print(f"Your text is not lost, it is a draft now: {', '.join(f'migraine faq edit {name}' for name in drafts)}")
    if release.record.basis != model.basis():
        print("The program is newer than that version: the next start of the assistant trains its answers anew.")
    return 0


def _drafts(undone: Release, now: Release, left: list[str]) -> list[str]:
    """Keep the topics that were taken back as drafts, where there is none; return their names."""
    was, is_ = undone.content, now.content
    texts = {
        topics.draft_of(Path(name).stem): text.decode()
        for name, text in was.items()
        if Path(name).parent == faq.FOLDER and text != is_.get(name) and name not in left
    }
    texts = {draft: text for draft, text in texts.items() if not draft.exists()}
    listed = sources.FILE.as_posix()
    if texts and listed not in left and was[listed].startswith(is_[listed]):
        # The drafts may name sources that were added with them.
        texts[sources.FILE] = was[listed].decode()
    topics.save(texts)
    return [draft.stem for draft in texts if draft != sources.FILE]
