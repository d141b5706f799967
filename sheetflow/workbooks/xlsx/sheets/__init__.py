"""Writing into a team's worksheet: places in its bytes, and the few that change."""
