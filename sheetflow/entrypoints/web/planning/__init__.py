"""Planning away from the threads that answer: each plan is made in a process of its own, one after another.

A thread that plans would slow down all others, and nobody could stop it; a process has a processor of its own, can be
ended, and gives its memory back.
"""
