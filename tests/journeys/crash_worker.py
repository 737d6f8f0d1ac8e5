"""Codes in a loop until it is killed, and says each coding only once it is safely kept."""

import sys

from cohesion_qda.model.text import Span
from cohesion_qda.project import Project


def main(path: str, start: int) -> None:
    project = Project.open(path)
    source = project.sources.list()[0]
    code = next(iter(project.codebook.tree())).id
    length = len(project.sources.text(source.id))
    number = start
    print("ready", flush=True)
    while True:
        at = number % (length - 2)
        span = Span(at, min(length, at + 2 + number // (length - 2)))
        change = project.codings.apply(source.id, span, [code])
        print(number, change.action, flush=True)
        if number % 7 == 3:
            project.history.undo()
            project.history.redo()
        number += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
