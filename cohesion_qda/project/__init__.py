"""The researcher's verbs: the Python API that the window and the command line are made of."""

from cohesion_qda.project.project import Project

__all__ = ["Project"]
