"""A Windows job object: holds a worker's memory and what it starts, and ends all of it at once.

Written after Microsoft's documentation of job objects; it has not been run on Windows.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from bpkit.errors import InfrastructureError

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY, _ACTIVE_PROCESSES, _KILL_ON_CLOSE = 0x100, 0x8, 0x2000


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class Job:
    """One worker's job. It has no second process, and ends when we do."""

    def __init__(self, process: int, memory: int) -> None:
        limits = _ExtendedLimits()
        limits.basic.limit_flags = _PROCESS_MEMORY | _ACTIVE_PROCESSES | _KILL_ON_CLOSE
        limits.basic.active_processes = 1
        limits.process_memory = memory
        self._kernel = _kernel()
        self._handle = self._kernel.CreateJobObjectW(None, None)
        size = ctypes.sizeof(limits)
        done = self._handle and self._kernel.SetInformationJobObject(
            self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), size
        )
        if not (done and self._kernel.AssignProcessToJobObject(self._handle, process)):
            raise InfrastructureError(
                "Windows gives no job object for the worker, so that it could not be held."
            )

    def end(self) -> None:
        """Kill everything in it. Once is enough; twice does no harm."""
        if self._handle:
            self._kernel.TerminateJobObject(self._handle, 1)
            self._kernel.CloseHandle(self._handle)
            self._handle = None


def _kernel() -> Any:
    if sys.platform != "win32":
        raise InfrastructureError("Job objects exist on Windows only.")
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (
        ctypes.c_void_p,
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_uint32,
    )
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    kernel.TerminateJobObject.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    return kernel
