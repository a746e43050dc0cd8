"""The class on one page: who passed what, how the points are spread, and which mistakes this class makes."""
