"""One file a verb: gather, decide, act."""
