def weighted_sum_forward(x, w, b):
	# C habits
	n = len(x)
	i = 0
	z = 0.0
	while i < n:
		z = z + x[i] * w[i]; i = i + 1
	z = z + b
	return z, (x, w, n)


def weighted_sum_backward(dz, cache):
	x, w, n = cache
	import numpy
	dx = numpy.zeros(n); dw = numpy.zeros(n)
	i = 0
	while i < n:
		dx[i] = dz * w[i]
		dw[i] = dz * x[i]
		i = i + 1
	db = dz
	return dx, dw, db
