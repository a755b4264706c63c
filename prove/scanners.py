"""wapiti, sqlmap en ffuf tegen een oefenserver op deze machine, ingelogd: geen gat, geen fout, niets vergeten (T45).

`python -m prove.scanners [minutes]`: so many minutes at most for each of the first two (usual: 10). They are no part of
the product: the proof installs them once into an environment of its own, `.state/scanners`. Both run with a hook that
refuses every address but loopback (`prove/_loopback`). ffuf and its lists of names are Debian's (`ffuf`, `dirb`),
installed when they are not there and that is allowed; it asks 127.0.0.1 and follows nothing. What was found stands in
docs/operations/asvs.md.
"""

from __future__ import annotations

from prove._pytest import run

if __name__ == "__main__":
    run("scanners")
