"""`python -m cohesion_qda`."""

import sys

from cohesion_qda.cli import main

if __name__ == "__main__":
    sys.exit(main())
