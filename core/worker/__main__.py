"""`python -m core.worker FOLDER`: a cold start of what the supervisor starts warm."""

import os
import sys
from pathlib import Path

from core.launchers import this_machine
from core.worker import door

if __name__ == "__main__":
    os.environ.update(this_machine.environment())
    door.enter(Path(sys.argv[1]).resolve())
