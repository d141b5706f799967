"""Excel files. Read workbook.py first, then patching.py.

    file -> guarding (refused before anything is parsed) -> reading -> snapshot
    patch -> sheets (cells of the team's sheets), tabs (our own), styles -> package -> zipped -> proof -> saving

blank/ makes new workbooks.
"""
