"""Small matrix products take one thread."""

import numpy as np
from threadpoolctl import threadpool_info

from index.threads import one_thread


def blas_threads():
    """Return the threads of each BLAS that numpy brings."""
    pools = (pool for pool in threadpool_info() if pool["user_api"] == "blas")
    return [pool["num_threads"] for pool in pools if "numpy" in pool["filepath"]]


def test_products_take_one_thread_inside_the_block_and_as_many_as_before_behind_it():
    before = blas_threads()
    with one_thread():
        assert set(blas_threads()) == {1}
        assert (np.ones((2, 2)) @ np.ones((2, 2)) == 2).all()
    assert blas_threads() == before
