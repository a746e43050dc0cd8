from collections import namedtuple

import numpy as np

State = namedtuple("State", "w velocity")


class Ball:
    __slots__ = ("place", "speed")

    def __init__(self, place, speed):
        self.place = np.copy(place)
        self.speed = np.copy(speed)

    def push(self, force, keep):
        self.speed *= keep
        self.speed += force
        return self

    def roll(self, how_far):
        self.place -= how_far * self.speed
        return self

    @property
    def state(self):
        return State(self.place, self.speed)


def momentum_step(w, dw, velocity, lr, momentum=0.9):
    return Ball(w, velocity).push(dw, momentum).roll(lr).state
