"""The untrusted side as a program: `python -I -S -B worker FOLDER_OF_NUMPY zygote LEVEL`, or `… direct`.

-I -S keep the environment, the user's site and every .pth file out, so that numpy and the standard
library are all there is. The package is loaded under a name of its own: bpkit itself cannot be imported.
"""

import importlib
import importlib.util
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder


class NumpyFinder:
    """Finds numpy in its folder, and nothing else of what is installed beside it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Answer for `numpy` alone; its submodules are found through its own path."""
        del path, target
        return PathFinder.find_spec(name, [self.folder]) if name == "numpy" else None


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib takes 10 ms to import
    spec = importlib.util.spec_from_file_location(
        "bpkit_worker",
        os.path.join(here, "__init__.py"),  # noqa: PTH118
        submodule_search_locations=[here],
    )
    assert spec is not None
    assert spec.loader is not None
    sys.modules["bpkit_worker"] = package = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)
    numpy_folder, how, *rest = sys.argv[1:]
    sys.meta_path.append(NumpyFinder(numpy_folder))
    if how == "zygote":
        importlib.import_module("bpkit_worker.zygote").main(numpy_folder, int(rest[0]))
    else:
        importlib.import_module("bpkit_worker.direct").main()
