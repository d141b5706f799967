"""Charts of a plan: the timeline and the load, as Vega-Lite for pages and as pictures in files."""
