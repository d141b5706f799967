"""Telling people and machines what became of a plan: mail, chat, webhooks."""
