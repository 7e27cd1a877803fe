"""What an office would otherwise build: plain Django with django-simple-history, unjudged."""
