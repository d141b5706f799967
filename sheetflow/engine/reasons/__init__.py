"""Why a publication is late or amber, and what would help: `verdict.py` first."""
