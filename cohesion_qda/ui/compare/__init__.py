"""Which codes came up where: the table, its chart, and the passages behind each number."""
