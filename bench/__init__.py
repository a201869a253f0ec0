"""Measurements: a module has `run() -> [(label, value, limit)]`; `./run bench [name …]` prints it.

Times are given as ratios within one run, so that they mean the same on every machine.
"""
