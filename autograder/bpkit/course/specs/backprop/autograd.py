import re

from bpkit.course.spec import Case, Exercise, Explanation, Problem, Uniform

HARNESS = """
import sys

def run(student, program, x):
    space = {"Value": student.Value, "x": x.tolist(), "__builtins__": {}}
    exec(compile(program, "harness", "exec"), space)
    values = {name: value for name, value in space.items() if name not in ("Value", "x", "__builtins__")}
    made = [name for name in values if program.count(".backward()") == 1 or f"{name} = Value(" in program]
    data = {name: float(value.data) for name, value in values.items()}
    return data, {name: float(values[name].grad) for name in made}

def fresh(student):
    a, b = student.Value(2.0), student.Value(-3.0)
    found = {"a": a.grad, "b": b.grad, "c": (a * b).grad}
    return {name: str(float(grad)) if isinstance(grad, (int, float)) else str(grad) for name, grad in found.items()}

def chain(student, length):
    start = student.Value(0.5)
    end = start
    for _ in range(length // 2):
        end = end * 1.0001 + 0.25
    try:
        end.backward()
    except RecursionError:
        return {"trouble": "recursion"}
    return {"grad": float(start.grad)}

def doubled(student, times):
    start = student.Value(0.5)
    end = start
    for _ in range(times):
        end = end + end
    end.backward()
    return {"grad": float(start.grad)}

class TooMuchWork(Exception):
    pass

def work(student, times):
    # How many lines run, and not for how long: that is the same on every machine.
    lines = 0

    def count(frame, event, argument):
        nonlocal lines
        lines += event == "line"
        if lines > 1_000_000:
            raise TooMuchWork
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        doubled(student, times)
    except (TooMuchWork, RecursionError):
        pass
    finally:
        sys.settrace(before)
    return {"lines": lines}

def alike(student):
    a, b = student.Value(3.0), student.Value(3.0)
    (a * b).backward()
    c, d = student.Value(3.0), student.Value(5.0)
    (c * d).backward()
    return {"equal": [float(a.grad), float(b.grad)], "different": [float(c.grad), float(d.grad)]}
"""
LENGTH, TIMES, FEW, SOME = 10_000, 60, 12, 15


def reference(torch, program, x):
    """Run the program with scalars of PyTorch, whose gradients are kept for all."""

    def back(end):
        for value in space.values():
            if isinstance(value, torch.Tensor) and value.requires_grad:
                value.retain_grad()
        end.backward(retain_graph=True)

    def leaf(number):
        return torch.tensor(number, dtype=torch.float64, requires_grad=True)

    space = {"Value": leaf, "x": x.tolist(), "back": back, "__builtins__": {}}
    program = re.sub(r"(\w+) \+= ", r"\1 = \1 + ", program)  # a tensor would change in place
    exec(re.sub(r"(\w+|\(.*?\))\.backward\(\)", r"back(\1)", program), space)  # noqa: S102 - texts from below
    values = {name: value for name, value in space.items() if isinstance(value, torch.Tensor)}
    made = [name for name in values if program.count(".backward()") == 1 or f"{name} = Value(" in program]
    zero = torch.zeros((), dtype=torch.float64)
    return values, {name: zero if values[name].grad is None else values[name].grad for name in made}


def zero_at_first(call):
    """Every Value has a gradient of 0.0 before anything has come back."""
    found = call("fresh")
    if isinstance(found, dict) and found and all(value == "0.0" for value in found.values()):
        return None
    shown = (
        ", ".join(f"{name} {value}" for name, value in found.items())
        if isinstance(found, dict)
        else "something else"
    )
    text = f"Before backward is called, every grad should be 0.0. After c = a * b they are: {shown}."
    return Problem("Value", text, None, "no-gradient-at-first")


def long_chain(call):
    """Differentiate 10,000 operations in a row."""
    answer = call("chain", LENGTH)
    if isinstance(answer, dict) and answer.get("trouble") == "recursion":
        text = f"backward ends in a RecursionError after {LENGTH:,} operations in a row."
        return Problem("Value", text, None, "recursive")
    return _compared(answer, 1.0001 ** (LENGTH // 2), f"After {LENGTH:,} operations in a row")


def equal_numbers(call):
    """Two Values with the same number are two Values."""
    found = call("alike")
    if isinstance(found, dict) and found.get("different") == [5.0, 3.0] and found.get("equal") != [3.0, 3.0]:
        text = "In a * b the gradients are right where a is 3 and b is 5, and wrong where both are 3."
        return Problem("Value", text, None, "equal-numbers-are-one")
    return None


def many_ways(call):
    """Differentiate a formula with more ways through it than can be walked."""
    few, some = (_lines(call("work", times)) for times in (FEW, SOME))
    if 0 < 4 * few < some:  # for the same work at every operation it would be 15 / 12 of it
        text = f"After {SOME} times `a = a + a` backward has {some / few:.0f} times as much to do as after {FEW} times."
        return Problem("Value", text, None, "once-per-way")
    return _compared(call("doubled", TIMES), 2.0**TIMES, f"After {TIMES} times `a = a + a`")


def _lines(answer):
    lines = answer.get("lines") if isinstance(answer, dict) else None
    return lines if isinstance(lines, int) else 0


def _compared(answer, expected, when):
    grad = answer.get("grad") if isinstance(answer, dict) else None
    if isinstance(grad, float) and abs(grad - expected) <= 1e-6 * expected:
        return None
    return Problem("Value", f"{when} the first Value's grad should be {expected:.9g}, and is {grad}.")


def _leaves(*names):
    return "; ".join(f"{name} = Value(x[{index}])" for index, name in enumerate(names))


# Every case has names of its own: what is wrong with one operation is told apart from what is wrong with another.
EXERCISE = Exercise(
    title="A number that differentiates",
    position=70,
    points=9,
    function="Value",
    returns=("data", "grad"),
    harness=HARNESS,
    through="run",
    cases=(
        Case("a sum", program=_leaves("a", "b") + "; c = a + b; c.backward()", x=(3,)),
        Case("a product", program=_leaves("d", "e") + "; f = d * e; f.backward()", x=(3,)),
        Case(
            "a product with 0",
            program="d0 = Value(0.0); e0 = Value(x[0]); f0 = d0 * e0; f0.backward()",
            x=(3,),
        ),
        Case("a difference", program=_leaves("g", "h") + "; i = g - h; i.backward()", x=(3,)),
        Case(
            "powers",
            program=_leaves("m", "n", "o") + "; p = m**3; q = n**-2; r = o**0.5"
            "; p.backward(); q.backward(); r.backward()",
            x=Uniform((3,), 0.5, 2.0),
        ),
        Case(
            "a quotient", program=_leaves("j", "k") + "; l = j / k; l.backward()", x=Uniform((3,), 0.5, 2.0)
        ),
        Case("exp", program=_leaves("s") + "; t = s.exp(); t.backward()", x=(3,)),
        Case("tanh", program=_leaves("u") + "; v = u.tanh(); v.backward()", x=(3,)),
        Case(
            "relu above 0, below 0 and at 0",
            program=_leaves("w", "y") + "; z = Value(0.0); w1 = w.relu(); y1 = (y - 3).relu(); z1 = z.relu()"
            "; w1.backward(); y1.backward(); z1.backward()",
            x=Uniform((3,), 0.5, 2.0),
        ),
        Case(
            "numbers on the right",
            program=_leaves("a2", "b2", "c2", "d2") + "; e2 = a2 + 2; f2 = b2 - 3; g2 = c2 * 5; h2 = d2 / 7"
            "; e2.backward(); f2.backward(); g2.backward(); h2.backward()",
            x=(5,),
        ),
        Case(
            "numbers on the left",
            program=_leaves("a3", "b3", "c3", "d3") + "; e3 = 2 + a3; f3 = 3 - b3; g3 = 5 * c3; h3 = 7 / d3"
            "; e3.backward(); f3.backward(); g3.backward(); h3.backward()",
            x=Uniform((5,), 0.5, 2.0),
        ),
        Case(
            "used twice by one operation",
            program=_leaves("a4", "b4", "c4", "d4")
            + "; e4 = a4 * a4; f4 = b4 + b4; g4 = c4 - c4; h4 = d4 / d4"
            "; e4.backward(); f4.backward(); g4.backward(); h4.backward()",
            x=Uniform((5,), 0.5, 2.0),
        ),
        Case(
            "adding 0, multiplying by 1, and +=",
            # m1 holds the same number, so that Values that are taken for one because they are equal do something else.
            program=_leaves("i1", "j1", "k1", "l1") + "; m1 = Value(x[0]); p1 = i1 + Value(0.0); q1 = 0 + i1"
            "; r1 = i1 * 1; s1 = l1; s1 += j1; t1 = p1 * j1 + q1 * k1 + r1 * l1 + s1 * m1; t1.backward()",
            x=(5,),
        ),
        Case(
            "one after the other",
            program=_leaves("a5", "b5") + "; c5 = a5 * b5; d5 = c5 * 3; e5 = d5 * b5; e5.backward()",
            x=(3,),
        ),
        Case(
            "short and long ways",
            program=_leaves("a6", "b6") + "; c6 = a6 * b6; d6 = c6.tanh(); e6 = d6 * c6 + a6"
            "; f6 = e6 * c6 + d6; g6 = a6 * f6 + e6; g6.backward()",
            x=(3,),
        ),
        Case(
            "a neuron and its loss",
            program=_leaves("w7", "v7", "b7")
            + "; z7 = w7 * 0.5 + v7 * -1.5 + b7; a7 = 1 / (1 + (0 - z7).exp())"
            "; e7 = (a7 - 1) ** 2; e7.backward()",
            x=(3,),
        ),
        Case(
            "backward called twice",
            program=_leaves("a8", "b8") + "; c8 = a8 * b8; d8 = c8 * c8 + b8; d8.backward(); d8.backward()",
            x=(3,),
        ),
        Case(
            "backward from two ends",
            program=_leaves("a9", "b9")
            + "; c9 = a9 * b9; d9 = c9 * 3; e9 = c9 * b9; d9.backward(); e9.backward()",
            x=(3,),
        ),
        Case("backward on a leaf", program=_leaves("a0") + "; a0.backward(); a0.backward()", x=(3,)),
    ),
    reference=reference,
    properties=(zero_at_first, equal_numbers, long_chain, many_ways),
    needs=("backprop/topological_order",),
    hints=(
        "When c = a * b is worked out, a.data and b.data are at hand. What will backward want to know about this operation later, "
        "and where could c keep it?",
        "Each new Value keeps its inputs, and for each of them the slope of this one operation: 1 and 1 for a sum, the other "
        "factor for a product, and so on. A Value's gradient is the sum, over all places where it is used, of the user's gradient "
        "times that slope. It is complete when all its users have been worked off.",
        "Operations: make the new Value, and note pairs of input and slope in it; subtraction and division can be put together from "
        "others. backward: find how often each Value is used in what self is made of. Start a table of gradients with 1 for "
        "self. Take a Value whose uses are all worked off, add its gradient of this call to its grad, and for each of "
        "its pairs add gradient times slope to the input's place in the table. A table of its own for each call keeps "
        "old gradients out of new ones.",
    ),
    mistakes={
        "used-twice-counts-once": "In a + a or a * a, a gets its gradient once only. It is used at two places, and each sends "
        "something back.",
        "same-twice-counts-once": "In a - a or a / a, a gets its gradient once only. It is used at two places, and each sends "
        "something back.",
        "zero-added-is-self": "Where a Value of 0 is added, the other Value comes back in place of a new one, so that one grad is "
        "shared by two names. Every operation makes a new Value.",
        "number-zero-is-self": "0 + a gives a itself in place of a new Value, so that one grad is shared by two names. Every "
        "operation makes a new Value.",
        "times-one-is-self": "a * 1 gives a itself in place of a new Value, so that one grad is shared by two names. Every "
        "operation makes a new Value.",
        "sum-passes-value": "A sum passes the values of its inputs back as slopes. How much does a + b grow when a grows by a "
        "little, whatever a is?",
        "difference-sign": "What is subtracted gets a gradient of the wrong sign. If it grows, does the difference grow?",
        "number-minus-ignored": "A number in front of a minus is treated as if it stood behind: 3 - a is not a - 3.",
        "number-over-ignored": "A number over a Value is treated as if it stood below: 7 / a is not a / 7.",
        "numerator-forgotten": "The divisor's gradient is that of 1 / b. In a / b the a stands there as well.",
        "quotient-like-product": "The slopes of the quotient are those of a product. How fast does a / b grow with a?",
        "slope-by-division": "A factor's slope is worked out as the product over the factor, and a factor may be 0. The slope is the other "
        "factor, and nothing has to be divided.",
        "no-gradient-at-first": "grad is not 0.0 before backward was called. Nothing has come back yet: that is a number too.",
        "in-order-of-discovery": "Values are worked off in the order in which they are found, so that one that is near the end by one way "
        "sends its gradient on before all of it has come over the longer ways. When is a gradient complete? topological_order knows.",
        "number-minus-value-slope": "The value of 3 - a is right, and a's gradient has the wrong sign. If a grows, does 3 - a grow?",
        "own-factor": "Each factor of a product gets itself as the slope. If b is large, a small change of a shows strongly in a * b: "
        "whose value is the slope of a?",
        "product-first-only": "The second factor of a product gets nothing. Both have a say.",
        "divisor-sign": "The divisor's gradient has the wrong sign. If it grows, does the quotient grow?",
        "divisor-not-squared": "The divisor's gradient is divided by the divisor once only. How steep is 1 / b where b is small? (If the "
        "quotient is made of a power, look at the power first.)",
        "divisor-gets-nothing": "The divisor gets no gradient. The quotient depends on it too.",
        "exponent-not-lowered": "The derivative of a power keeps the exponent. What is the slope of x**3?",
        "exponent-forgotten": "The derivative of a power lowers the exponent, and the old exponent as a factor is missing.",
        "exp-slope-of-input": "The slope of exp is taken to be its input. exp grows as fast as it is large.",
        "exp-as-a-power": "exp was differentiated like a power. In a power the base varies; here it is the exponent.",
        "tanh-of-the-input": "The slope of tanh is worked out from its input. The 1 - t**2 of the textbooks has the output for t.",
        "tanh-not-squared": "The slope of tanh is 1 minus its output. Something is missing there: the slope is the same at z and at -z.",
        "relu-always-open": "relu lets the gradient through where it is closed. Below 0 its output does not move.",
        "relu-slope-at-zero": "At exactly 0 relu lets the gradient through. By convention, here as in PyTorch, its slope there is 0.",
        "relu-passes-value": "The slope of relu is taken to be its value. How steep is it above 0?",
        "recursive": "backward calls itself, or a helper does, once for every step of the chain. Python allows about a thousand "
        "calls within calls: keep a list of what is still to do instead.",
        "once-per-way": "backward goes on from a Value again for every way that leads to it. The ways double with each a = a + a: "
        "collect a Value's whole gradient first, and send it on once.",
        "equal-numbers-are-one": "Two Values that hold the same number are taken for one. They may be made of different things: which Value it "
        "is counts, not what it holds.",
        "leaf-does-nothing": "On a Value that is made of nothing else, backward does nothing. How fast does a Value grow with "
        "itself?",
        "starts-from-data": "backward starts with the value of self. How fast does self grow with itself?",
        "calls-do-not-add": "A second call of backward overwrites the gradients of the first. They add up until somebody sets grad "
        "to 0.",
        "own-gradient-set": "The Value on which backward is called gets the gradient 1, whatever was there. If it has collected "
        "something before, the 1 is added.",
        "own-gradient-missing": "The Value on which backward is called gets no gradient itself. How fast does it grow with itself?",
        "only-leaves": "Values in between have no gradient in the end. Theirs is asked for too.",
        "between-left-over": "A second call of backward meets what the first one left in the Values in between, and sends it on once "
        "more. Each call has to start its own count, and only add the outcome to grad.",
        "between-left-over-added": "A second call of backward meets what the first one left in the Values in between, and sends it on "
        "once more. Each call has to start its own count, and only add the outcome to grad.",
        "branches-do-not-add": "Where a Value is used at several places, the last to send something back wins. What comes back adds up.",
        "upstream-ignored": "Every Value gets the sum of slopes of the operations that use it, and what comes from further on is not in "
        "it. The chain rule multiplies.",
        "slopes-added": "The slope is added to what comes from above. Along one way derivatives multiply.",
        "passed-on-too-early": "A Value sends its gradient on before all that use it have sent theirs, so that a part never gets "
        "further. When is a gradient complete? topological_order knows.",
    },
    explanation=Explanation(
        why="Each operation knows its own slopes only: dc/da = b and dc/db = a for c = a * b. The chain rule makes the rest of them: the "
        "gradient of a Value is the sum over its uses of (gradient of the user) * (slope of the use). Worked off so that "
        "every user comes first, each edge is looked at once, and the whole costs about as much as working out the formula. "
        "Summed over ways instead, the gradient is the same, but 60 times a = a + a has 2**60 of them.",
        another="""
import itertools
import math

SERIAL = itertools.count()


class Value:
    def __init__(self, data, *slopes):
        self.data, self.grad, self.slopes, self.serial = data, 0.0, slopes, next(SERIAL)

    def __add__(self, other):
        other = lift(other)
        return Value(self.data + other.data, (self, 1.0), (other, 1.0))

    def __sub__(self, other):
        other = lift(other)
        return Value(self.data - other.data, (self, 1.0), (other, -1.0))

    def __rsub__(self, other):
        return lift(other) - self

    def __mul__(self, other):
        other = lift(other)
        return Value(self.data * other.data, (self, other.data), (other, self.data))

    def __truediv__(self, other):
        other = lift(other)
        return Value(self.data / other.data, (self, 1 / other.data), (other, -self.data / other.data**2))

    def __rtruediv__(self, other):
        return lift(other) / self

    def __pow__(self, exponent):
        return Value(self.data**exponent, (self, exponent * self.data ** (exponent - 1)))

    def exp(self):
        return Value(math.exp(self.data), (self, math.exp(self.data)))

    def tanh(self):
        return Value(math.tanh(self.data), (self, 1 - math.tanh(self.data) ** 2))

    def relu(self):
        return Value(self.data, (self, 1.0)) if self.data > 0 else Value(0.0, (self, 0.0))

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        tape, stack = {self}, [self]
        while stack:
            new = {value for value, _ in stack.pop().slopes} - tape
            tape |= new
            stack += new
        gradients = dict.fromkeys(tape, 0.0)
        gradients[self] = 1.0
        for value in sorted(tape, key=lambda value: -value.serial):  # made last, worked off first
            value.grad += gradients[value]
            for before, slope in value.slopes:
                gradients[before] += slope * gradients[value]


def lift(number):
    return number if isinstance(number, Value) else Value(number)
""",
        pytorch="A tensor's grad_fn is such a record, for a whole array: it keeps what the backward of its operation needs and the grad_fns of "
        "its inputs. Gradients of tensors in between are dropped unless retain_grad() is called, and after one backward the record is "
        "freed: a second needs retain_graph=True. Leaves collect in .grad as here, which is why one calls optimizer.zero_grad().",
    ),
)
