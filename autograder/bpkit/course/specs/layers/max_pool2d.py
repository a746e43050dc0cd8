from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

ANOTHER = """
def max_pool2d_forward(x, kernel_size, stride):
    # Walk through the places of the window, and remember at which of them the largest number so far stood.
    OH, OW = (x.shape[2] - kernel_size) // stride + 1, (x.shape[3] - kernel_size) // stride + 1
    slices = [
        np.s_[:, :, p : p + stride * OH : stride, q : q + stride * OW : stride]
        for p in range(kernel_size)
        for q in range(kernel_size)
    ]
    y, winner = x[slices[0]].copy(), np.zeros((*x.shape[:2], OH, OW), dtype=int)
    for place, here in enumerate(slices):
        larger = x[here] > y  # strictly, so that the first one stays
        y[larger], winner[larger] = x[here][larger], place
    return y, (slices, winner, x.shape)


def max_pool2d_backward(dy, cache):
    slices, winner, shape = cache
    dx = np.zeros(shape)
    for place, here in enumerate(slices):
        dx[here] += np.where(winner == place, dy, 0.0)
    return dx
"""

EXERCISE = Exercise(
    title="Max pooling in two dimensions",
    position=90,
    points=9,
    cases=(
        Case("2 by 2, something left over", x=(3, 5, 7, 11), kernel_size=2, stride=2),
        Case("windows that overlap", x=(5, 3, 7, 11), kernel_size=3, stride=2),
        Case("gaps between the windows", x=(5, 1, 11, 7), kernel_size=2, stride=3),
        Case("all numbers negative", x=Normal((3, 1, 5, 7), mean=-10.0), kernel_size=3, stride=1),
        Case(
            "ties",
            finite_differences=False,
            x=Given(
                (
                    (
                        (
                            (0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
                            (0.0, 0.0, 1.0, 1.0, 0.0, 0.0),
                            (0.0, 2.0, 0.5, 0.500000001, 0.5, 3.0),
                            (2.0, 0.0, 0.0, 0.5, 3.0, 0.5),
                            (1.0, 0.0, 4.0, 4.0, 0.0, 0.0),
                        ),
                        (
                            (-1.0, -1.0, -2.0, -1.0, 0.0, 0.0),
                            (-1.0, -1.0, -1.0, -2.0, 0.0, 0.0),
                            (5.0, 5.0, 0.0, 5.0, 5.0, 5.0),
                            (5.0, 5.0, 5.0, 0.0, 5.0, 5.0),
                            (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                        ),
                    ),
                )
            ),
            kernel_size=2,
            stride=2,
        ),
        Case("one window", x=Normal((1, 7, 3, 5), std=10.0), kernel_size=3, stride=5),
        Case("a window of one pixel", x=(3, 1, 5, 7), kernel_size=1, stride=2),
    ),
    gradients_of=("x",),
    reference=lambda torch, x, kernel_size, stride: torch.nn.functional.max_pool2d(x, kernel_size, stride),
    hints=(
        "In one window, turn the largest number up by a little: what does y do? And if you turn up any other number?",
        "y[n, c, i, j] has slope 1 with respect to one number of its window and 0 with respect to all others. dx (N, C, H, W) is "
        "zeros, to which each dy[n, c, i, j] is added at that one place. If windows overlap, a place may be hit several times.",
        "Forward: for each position take the window that starts at row i * stride and column j * stride; keep its largest number, and where "
        "in the window it stood (the first such place, row by row). Backward: zeros in the shape of x; for each position, start of the "
        "window plus the place in it gives row and column; add dy there.",
    ),
    mistakes={
        "stride-ignored": "The window moves by one, whatever stride is.",
        "windows-side-by-side": "The windows lie side by side, whatever stride is. They may overlap or have gaps.",
        "last-position-forgotten": "y is too small by one row and one column: the first position counts as well.",
        "sizes-by-division": "The size of y is that of x divided by stride. How many positions are there where the whole window fits?",
        "sizes-rounded-up": "The size of y is rounded up. Where no whole window fits any more, there is no position.",
        "stride-inside-the-window": "The places of one window lie stride apart, and the windows side by side. That is called dilation; stride is how "
        "far the window moves.",
        "smallest": "y is the smallest number of each window.",
        "average": "y is the mean of each window. That is average pooling.",
        "summed": "y is the sum of each window.",
        "starts-from-zero": "y is never below 0. Where all numbers of a window are negative, the largest of them is negative.",
        "largest-size": "y is the largest number when signs are left out. The largest of -3 and 2 is 2.",
        "one-window-for-all-channels": "The largest number is taken from all channels together. Each channel goes by itself.",
        "positions-traded": "Rows and columns of y have changed places.",
        "last-in-a-tie": "Of several largest numbers the last one gets the gradient. By convention it is the first, row by row.",
        "ties-by-columns": "Of several largest numbers you take the first column by column. By convention it goes row by row.",
        "row-and-column-traded": "The gradient lands at the mirror image of the largest number's place: row and column within the window have "
        "changed places.",
        "smallest-backward": "The gradient goes to the smallest number of each window. Which one did the forward pass on?",
        "largest-size-backward": "The gradient goes to the number that is largest when signs are left out. Which one did the forward pass on?",
        "overlaps-overwritten": "Where a number is the largest of several windows, only the last of them counts. What they all send back has to come "
        "together.",
        "kernel-for-stride": "The backward looks for the windows side by side. In the forward they lay stride apart.",
        "place-in-the-window-forgotten": "The gradient always goes to the top left of the window. Which number did the forward pass on?",
        "stride-forgotten": "The backward looks for the windows one apart. In the forward they lay stride apart.",
        "dy-ignored": "dx counts how often each number was the largest. That is how far y moves; how much the loss cares is in dy.",
        "value-for-slope": "dy is multiplied by the largest number. When that number goes up by a little, how much does y go up? Does it "
        "depend on how large it is?",
        "averaged": "dx is divided by the size of the window. That is for average pooling; here one number had all the say.",
        "positive-only": "The gradient stops where the largest number is negative, as in a relu. There is no relu here.",
        "whole-window": "Every number of the window gets all of dy. Which of them had a say?",
        "shared-by-all": "dy is shared out evenly over the window. That is for average pooling; here one number had all the say.",
        "nearly-a-tie": "Numbers that are nearly as large as the largest are taken for a tie. However close the "
        "others come, the gradient belongs to the largest.",
        "all-in-a-tie": "Of several largest numbers each gets all of dy. By convention only the first does, row by row.",
        "shared-in-a-tie": "Several largest numbers share dy. That is a fair choice, but not the usual one: the first gets all of it, row by row.",
        "averaged-where-seen-twice": "Where a number is the largest of several windows, what they send back is averaged. It adds up.",
    },
    explanation=Explanation(
        why="In a window whose largest number is larger than all others, y is that number, and stays so for small changes: slope 1 for it, 0 for the rest. So the "
        "backward hands dy to the winner, and the forward has to remember who that was. Overlapping windows can have the same winner; what they send "
        "back adds up: dx[n, c, r, t] = sum of dy[n, c, i, j] over all positions whose winner is (r, t). In a tie max has a kink: every way of sharing dy "
        "among the winners is a subgradient, and one is agreed upon. All other pixels get exactly 0: with a 2 x 2 window and stride 2, three of four "
        "learn nothing from this image.",
        another=ANOTHER,
        pytorch="torch.nn.functional.max_pool2d keeps the winners' positions as int64 (return_indices=True shows them) and adds dy at these in the backward. Its stride is "
        "kernel_size where none is given; it knows padding (with minus infinity, not zeros), dilation and ceil_mode, too.",
    ),
)
