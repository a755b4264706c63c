"""De proefbestanden van ClamAV en EICAR in van alles, langs elke weg naar binnen: gevonden of tegengehouden (T44).

`python -m prove.attachments`: a real clamd with two signatures of our own (EICAR, and the program in Debian's
`clamav-testfiles`, which is installed when it is not there and is no part of the product).
"""

from __future__ import annotations

from prove._pytest import run

if __name__ == "__main__":
    run("attachments")
