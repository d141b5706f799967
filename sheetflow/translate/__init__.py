"""From columns and words to domain values, and from a plan back to cells."""
