"""People and attributes: what is known about sources and participants, as a sheet."""
