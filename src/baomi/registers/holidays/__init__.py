"""The register of the yearly notices on holidays (放假安排)."""
