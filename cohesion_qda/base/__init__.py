"""What every layer may use: errors, jobs, settings, translation, resources."""
