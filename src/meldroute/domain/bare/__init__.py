"""A file without what it says of its maker: place, camera, name, programme. What is seen or heard stays, bit for bit.

`bare` finds out what the file is by its bytes and gives a copy; nothing is drawn or sounded anew. It fails closed:
what is damaged raises NotBare, what cannot surely be cleaned (or is not known) KindNotBare. Every way is linear in the
size of the file and keeps a few copies of it in memory. What is taken out of which kind: docs/operations/copies.md.
"""

from .errors import KindNotBare, NotBare
from .kinds import bare, way_for
from .pictures import jpeg

__all__ = ["KindNotBare", "NotBare", "bare", "jpeg", "way_for"]
