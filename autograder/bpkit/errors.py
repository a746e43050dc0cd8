"""What can go wrong outside a student's code. Each owns its exit code; its text says what to do."""


class BpkitError(Exception):
    """Bad input or a bad environment: one clear sentence for the person at the terminal."""

    exit_code = 2


class UnknownExercise(BpkitError):
    """No exercise or chapter has this name."""


class NoWorkspace(BpkitError):
    """No workspace above the current folder, or the one named is none."""


class NotInWorkspace(NoWorkspace):
    """Neither this folder nor one above it is a workspace."""


class BadPack(BpkitError):
    """The pack of recorded references is missing, damaged, or belongs to something else."""


class NoTorch(BpkitError):
    """PyTorch is needed and not installed, or has no such device."""


class MissingExtra(BpkitError):
    """A package is needed that only an extra of ours installs."""


class BadCourse(BpkitError):
    """The course's own files contradict each other: a matter for its author."""


class BadFile(BpkitError):
    """A file or folder cannot be read or written."""


class BadSubmissions(BpkitError):
    """The folder or archive of submissions, or the roster, is not what it should be."""


class ClusterError(BpkitError):
    """The Dask cluster is not there, or will not do."""


class LedgerInUse(BpkitError):
    """Two runs want to write one ledger."""


class InfrastructureError(BpkitError):
    """The machinery around the worker broke: nobody's answer was judged."""

    exit_code = 3


class IsolationTooLow(BpkitError):
    """The machine does not offer the isolation level that was asked for."""

    exit_code = 4
