"""Google spreadsheets: read in one request, written in one, while people go on editing them.

Begin with `workbook.py`. A request goes through `client.py` (what the API offers), `transport.py` (sent, waited for,
repeated where that is safe) and comes back as an answer or as one of the faults of `faults.py`.
"""
