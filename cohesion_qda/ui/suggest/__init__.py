"""What the machine proposes: themes and key terms, each with its passages."""
