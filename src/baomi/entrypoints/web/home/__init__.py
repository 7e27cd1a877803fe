"""The desk (工作台): for each post what it does first, what it looks after, and what waits."""
