"""What the notebooks share: reading results, running the program on edited scenarios, and drawing.

`results` reads a folder, `scenario` edits a copy, `program` runs it; `comparison`, `prices`, `customers`, `sensitivity`,
`demand`, `learning` and `what_if` each serve one notebook.
"""

from . import style as _style
from .results import Message, Results
from .scenario import Scenario

_style.use()
