"""wapiti en sqlmap tegen een oefenserver op deze machine, ingelogd: niets gevonden en geen fout van de server (T45).

`python -m prove.scanners [minutes]`: so many minutes at most for each of the two (usual: 10). They are no part of the
product: the proof installs them once into an environment of its own, `.state/scanners`. Both run with a hook that
refuses every address but loopback (`prove/_loopback`). What was found stands in docs/operations/asvs.md.
"""

from __future__ import annotations

from prove._pytest import run

if __name__ == "__main__":
    run("scanners")
