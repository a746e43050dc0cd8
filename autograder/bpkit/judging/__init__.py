"""The trusted side: runs nothing of a student's, asks the worker, compares, and gives the verdict."""
