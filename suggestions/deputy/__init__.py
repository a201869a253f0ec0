"""A deputy's own pages: what asks something of me, my suggestions, raising, evaluating,
co-signing.
"""
