"""`python -m index.training`: train the built-in embedding."""

import sys

from index.training.train_embedding import main

if __name__ == "__main__":
    sys.exit(main())
