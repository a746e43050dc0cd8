"""For properties that call a harness: what goes wrong in there is the student's function's doing."""

import functools


def blame(function):
    """Let a failed call of the harness, such as one that is not started, be told of this function."""

    def decorate(judge):
        @functools.wraps(judge)
        def property_check(call):
            try:
                return judge(call)
            except Exception as failed:
                if hasattr(failed, "function"):
                    failed.function = function
                raise

        return property_check

    return decorate
