"""The sample county: ledger workbooks of three townships, all people and cases invented."""
