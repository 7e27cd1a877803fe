"""The developer's tools: stages of the check, generated reference, scaffolds."""
