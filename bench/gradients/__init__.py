"""What `bench/gradient_check.py` is made of. Imported before NumPy, because of the threads."""

import os

# One thread each, as the kit's workers have it: small arrays gain nothing from more, and times are steadier.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
