"""How much of one mail is read by itself. What is larger is kept raw and needs a hand.

Technical bounds, so that no mail can hold up the others: at most 2 s CPU and 200 MB (target T2). Each is far
above what mail programs make.
"""

from __future__ import annotations

HEADER_BYTES = 256 * 1024
HEADER_FIELDS = 2_000
VALUE_CHARS = 16 * 1024
LIST_CHARS = 8 * 1024
DEPTH = 12
NESTED_MAILS = 3
PARTS = 500
DELIMITERS = 20_000
SCANNED_BYTES = 80 * 1024 * 1024
HTML_CHARS = 500_000
TEXT_CHARS = 500_000
LINE_CHARS = 250
