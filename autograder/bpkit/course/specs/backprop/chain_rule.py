from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

EXERCISE = Exercise(
    title="The chain rule",
    position=10,
    points=6,
    returns=("f",),
    cases=(
        Case("vectors", x=(7,), y=(7,), z=(7,)),
        Case("matrices", x=(5, 3), y=(5, 3), z=(5, 3)),
        Case("one entry", x=(1,), y=(1,), z=(1,)),
        Case("x at 0, 1 and -1", x=Given((0.0, 1.0, -1.0, 0.0, 3.0)), y=(5,), z=(5,)),
        Case(
            "three axes",
            x=Normal((1, 5, 3), std=3.0),
            y=Normal((1, 5, 3), std=10.0),
            z=Normal((1, 5, 3), std=3.0),
        ),
    ),
    gradients_of=("x", "y", "z"),
    reference=lambda torch, x, y, z: (x * y + torch.exp(z)) / (1 + x**2),
    hints=(
        "Call the numerator top and the denominator bottom, so that f = top / bottom. Which of the two does y reach? "
        "Which does z reach, and which does x?",
        "Of f = top / bottom: df/dtop is 1 / bottom and df/dbottom is -top / bottom**2. Of top: x, y and z reach it at "
        "the rates y, x and exp(z). Of bottom: x reaches it at the rate 2 * x. All entry by entry, all of one shape.",
        "First carry df back to top and to bottom, one multiplication each. Then carry what arrived at top to y and to z. "
        "For x do it twice, once from top and once from bottom, and add the two.",
    ),
    mistakes={
        "brackets-forgotten": "Only exp(z) is divided by the denominator. The brackets put x*y into the numerator as well.",
        "brackets-forgotten-forward": "Only exp(z) is divided by the denominator. The brackets put x*y into the numerator "
        "as well.",
        "square-of-the-sum": "The denominator is (1 + x)**2. In the formula only x is squared, and 1 is added after that.",
        "square-of-the-sum-forward": "The denominator is (1 + x)**2. In the formula only x is squared, and 1 is added "
        "after that.",
        "df-ignored": "The gradients do not use df: they are right only where it is 1. Everything that goes back starts "
        "from what comes from above.",
        "denominator-forgotten": "df reaches the numerator unchanged. Between the numerator and f there is still a "
        "division.",
        "df-on-one-way-only": "df is missing on the way through the denominator. Both ways start at f, and so both start "
        "with df.",
        "quotient-sign": "The way through the denominator has the wrong sign. What does a fraction do when its "
        "denominator grows?",
        "denominator-not-squared": "The way through the denominator is off by a factor. Write top / bottom as a power of "
        "bottom and take the derivative once more.",
        "numerator-forgotten": "The way through the denominator does not know the numerator. How much a growing "
        "denominator takes away from f depends on how much there was to divide.",
        "denominator-way-lost": "dx contains the way through the numerator only. Either the second way is missing, or one "
        "line overwrote the other; x stands in the denominator too.",
        "numerator-way-lost": "dx contains the way through the denominator only. Either the first way is missing, or one "
        "line overwrote the other; x stands in the numerator too.",
        "ways-multiplied": "The two ways from x to f are multiplied. Along one way factors multiply; what is to be done "
        "where two ways meet again?",
        "ways-averaged": "The two ways from x to f are averaged. When x changes, both have their full effect on f.",
        "square-without-its-2": "The way through the denominator is half as long as it should be. Take the derivative of "
        "x**2 again.",
        "square-without-its-x": "The way through the denominator has a slope of 2 everywhere. The slope of x**2 depends "
        "on where x is.",
        "own-factor": "In the product x*y each input's gradient is multiplied by that input itself. How much does x*y "
        "change when x changes by a little and y stays?",
        "own-factor-y": "In dy the product x*y has given the factor y. How much does x*y change when y changes by a little and x "
        "stays?",
        "exp-forgotten": "dz is what arrives at the numerator. There is still exp between the numerator and z, and it "
        "changes faster where z is large.",
        "exp-as-a-power": "exp(z) is treated like a power of z. There z would be the base; here it is the exponent.",
        "last-input-first": "dz comes first and dx last. The order is that of the inputs: x, y, z.",
    },
    explanation=Explanation(
        why="With top = x y + exp(z) and bottom = 1 + x**2, f = top / bottom. Going back: dtop = df / bottom and "
        "dbottom = -df * top / bottom**2. Then dy = dtop * x, dz = dtop * exp(z), and x is reached by two ways: "
        "dx = dtop * y + dbottom * 2 x. Along one way derivatives multiply, and where two ways arrive at one "
        "input they add. Every step needs its own derivative alone and what comes back from the step after it: "
        "that is all that backpropagation is.",
        another="""
def chain_rule_forward(x, y, z):
    share = 1 / (1 + x**2)
    f = share * (x * y + np.exp(z))
    return f, (x, y, np.exp(z), share, f)


def chain_rule_backward(df, cache):
    # The whole derivative of each input, written down at once with the help of f itself: df/dbottom is -f / bottom.
    x, y, exp_z, share, f = cache
    return df * share * (y - 2 * x * f), df * share * x, df * share * exp_z
""",
        pytorch="With requires_grad=True, PyTorch notes each operation as it runs: x * y, exp, the sum, x**2, and so on, "
        "six nodes in a graph. backward() goes through them in the opposite order with the formulas that you "
        "have used, and adds where x is reached twice. It keeps each operation's inputs or output, as your cache "
        "does.",
    ),
)
