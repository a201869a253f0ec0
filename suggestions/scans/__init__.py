"""Scanned sheets that find their case by the QR code on them."""
