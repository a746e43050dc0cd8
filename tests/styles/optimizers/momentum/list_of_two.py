import numpy as np
from optimizers.sgd import sgd_step


def momentum_step(w, dw, velocity, lr, momentum = 0.9):
	# v' = v - ((1 - momentum) * v - dw)  is a descent step as well
	v = sgd_step(velocity, (1 - momentum) * velocity - dw, 1);
	return [sgd_step(w, v, lr), v];
