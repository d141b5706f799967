"""What the service remembers: workbooks, runs, leases, keys; never a plan and never what a cell holds."""
