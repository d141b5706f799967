"""From one run to the next: what moved, what History hears, and whether anything is new."""
