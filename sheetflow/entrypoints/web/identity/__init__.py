"""Who calls, and what they may do: a credential makes a principal, the registry alone gives it rights."""
