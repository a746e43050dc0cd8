from enum import StrEnum


class Word(StrEnum):
    NAN = "nan"
    EXPLODING = "exploding"
    VANISHING = "vanishing"
    OK = "ok"

    @classmethod
    def of(cls, norm, low, high):
        match norm:
            case n if not n == n:
                return cls.NAN
            case n if n > high:
                return cls.EXPLODING
            case n if n < low:
                return cls.VANISHING
        return cls.OK


def diagnose(norms, low=1e-6, high=1e3):
    found = {Word.of(norm, low, high) for norm in norms}
    return next(word for word in Word if word in found)
