"""Go back to the version before: patients get its answers again, within seconds."""

import argparse

from cli import model
from cli.faq import publishing
from cli.paths import PROJECT
from cli.problem import Problem

EXAMPLES = """\
  migraine faq undo                  take back what was published last
  migraine faq history               see which version is live, and what was undone"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    publishing.add_name_option(parser)


def run(args: argparse.Namespace) -> int:
    """Switch back, and bring the files in data/faq back with it."""
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
    print(f"Nothing is lost: version {undone.number} stays in {undone.folder}")
    if release.record.basis != model.basis():
        print("The program is newer than that version: the next start of the assistant trains its answers anew.")
    return 0
