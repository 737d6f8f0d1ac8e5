"""Who speaks: from the lines of a document to turns, labels, roles and sections."""
