"""The proof that nothing else has changed; it shares no code with what writes but the zip reader."""
