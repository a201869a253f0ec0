"""Makes the workbooks of the sample county out of word lists: `python -m congress.sample.make`.

By chance, but always the same: each township has its own seed. What is made here is rows of ledger
sheets with their Chinese headers, as a clerk would type them; nothing here knows a model.
"""
