"""What the team means: frozen values, no input or output."""
