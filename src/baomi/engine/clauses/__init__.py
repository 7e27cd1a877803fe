"""The rulebook as every door tells it: each clause, how it is carried, how it stands today."""
