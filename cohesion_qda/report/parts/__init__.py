"""The parts of a findings report: each writes its blocks with a pen."""
