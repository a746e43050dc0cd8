import numpy as np


def augment_flip(images, p, rng):
    def maybe(image):
        return np.flip(image, axis=-1) if rng.uniform(0, 1) < p else image

    return np.stack([maybe(image) for image in images])
