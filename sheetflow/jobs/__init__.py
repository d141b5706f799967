"""Running use cases in the background: what is due, who runs it, and what happens when it fails."""
