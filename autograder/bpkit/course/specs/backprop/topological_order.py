"""The order is not unique, so properties judge it: what it must satisfy whichever of the right ones it is."""

import functools

from bpkit.course.spec import Exercise, Explanation, Problem

NAME = "topological_order"
HARNESS = """
class TooMuchWork(Exception):
    pass

class Node:
    # Equal to every node of its number. It counts how often nodes are compared, which a set seldom has to do.
    compared, most = 0, 0

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return hash(self.number)

    def __eq__(self, other):
        Node.compared += 1
        if Node.compared > Node.most:
            raise TooMuchWork("comparisons")
        return isinstance(other, Node) and self.number == other.number

def order_of(student, graph, root, kind="objects"):
    size = len(graph) + sum(map(len, graph))
    Node.compared, Node.most, most_calls = 0, 10 * size + 1000, 10 * size + 1000
    nodes = list(range(len(graph))) if kind == "numbers" else [Node(number) for number in range(len(graph))]
    inputs = [[nodes[number] for number in numbers] for numbers in graph]
    number_of = int if kind == "numbers" else lambda node: node.number
    calls = 0

    def parents(node):
        nonlocal calls
        calls += 1
        if calls > most_calls:
            raise TooMuchWork("calls")
        found = inputs[number_of(node)]
        return [Node(number_of(one)) for one in found] if kind == "new objects" else found

    try:
        order = student.topological_order(nodes[root], parents)
    except RecursionError:
        return {"trouble": "recursion"}
    except TooMuchWork as error:
        return {"trouble": str(error)}
    if not isinstance(order, (list, tuple)):
        return {"trouble": "type", "got": type(order).__name__}
    if not all(type(node) is type(nodes[0]) for node in order):
        return {"trouble": "strangers"}
    after = [[number_of(node) for node in found] for found in inputs]
    kept = "as they were" if after == graph else "in another order" if [*map(sorted, after)] == [*map(sorted, graph)] else "no"
    return {"order": np.array([number_of(node) for node in order], dtype=np.int64), "kept": kept}

def order_of_chain(student, length):
    # Numbered in no order that could be guessed: 7 shares no factor with the length.
    numbers = [7 * place % length for place in range(length)]
    graph = [[] for _ in range(length)]
    for before, after in zip(numbers, numbers[1:]):
        graph[after] = [before]
    answer = order_of(student, graph, numbers[-1])
    if "order" in answer:
        answer["right"] = answer["order"].tolist() == numbers
    return answer
"""

DIAMOND = ([[], [0], [0], [1, 2]], 3)
DOUBLE = ([[], [0, 0], [1, 1]], 2)
DOUBLE_AND_SINGLE = (([[], [0], [0, 0], [1, 2]], 3), ([[], [0, 0], [0], [1, 2]], 3))
SHARED = (  # each node is used by several, over ways of different length
    DIAMOND,
    ([[], [0], [1], [2], [0, 3]], 4),
    ([[], [0], [1], [2], [3, 0]], 4),
    ([[3, 5], [], [4, 1], [1], [3, 1], [1, 4], [0, 2, 5]], 6),
)
CHAIN = 20_000
LADDER = 60


class _Trouble(Exception):
    """There is no order to be judged; `each_node_once` says why."""

    def __init__(self, kind, got=""):
        super().__init__(kind)
        self.kind, self.got = kind, got


def _passes_over_trouble(judge):
    @functools.wraps(judge)
    def property_check(call):
        try:
            return judge(call)
        except _Trouble:
            return None

    return property_check


def _order(answer):
    """Return the numbers of the nodes in the order that came back."""
    import numpy as np

    answer = answer if isinstance(answer, dict) else {}
    order = answer.get("order")
    if not isinstance(order, np.ndarray) or order.ndim != 1 or order.dtype.kind != "i":
        raise _Trouble(answer.get("trouble", "type"), answer.get("got", "something else"))
    return order.tolist()


def _random(seed):
    """Return a graph whose nodes all lead to the root, numbered in no order."""
    import numpy as np

    rng = np.random.default_rng(seed)
    size = 17
    number = [int(i) for i in rng.permutation(size)]
    graph = [[] for _ in range(size)]
    for place in range(1, size):
        inputs = rng.integers(0, place, 3).tolist()
        graph[number[place]] = [number[one] for one in inputs]
    used = {one for inputs in graph for one in inputs}
    root = number[-1]
    graph[root] += [one for one in range(size) if one not in used and one != root]
    return graph, root


def _graphs():
    return (
        ([[]], 0),
        ([[], [0]], 1),
        *SHARED,
        DOUBLE,
        *DOUBLE_AND_SINGLE,
        *(_random(seed) for seed in range(5)),
    )


def _told(graph, order):
    shown = ", ".join(f"{node}: {inputs}" for node, inputs in enumerate(graph))
    return f"Nodes with their inputs: {shown}. The order that came back: {order}."


def each_node_once(call):
    """Root and all that it is made of are there, each once, and nothing else."""
    for graph, root in _graphs():
        try:
            order = _order(call("order_of", graph, root))
        except _Trouble as trouble:
            words = {
                "recursion": "It never comes to an end: the calls within calls are too deep even for a few nodes.",
                "calls": "It never comes to an end, or asks for the inputs of a few nodes thousands of times.",
                "comparisons": "It never comes to an end, or compares a few nodes thousands of times.",
                "strangers": "There is something in the list that is no node.",
            }
            return Problem(NAME, words.get(trouble.kind, f"It returned no list, but {trouble.got}."))
        missing = sorted(set(range(len(graph))) - set(order))
        twice = sorted({node for node in order if order.count(node) > 1})
        if (twice or missing) and len(graph) > 1 and _remembers(call):
            text = "The graph of one node came out right at first, and no longer after another graph was ordered."
            return Problem(NAME, text, None, "kept-between-calls")
        if twice:
            text = f"{_listed(twice)} there more than once."
            return Problem(NAME, f"{text} {_told(graph, order)}", None, "shared-twice")
        if missing:
            leaves = [node for node, inputs in enumerate(graph) if not inputs]
            mistake = None
            if missing == [root]:
                mistake = "root-left-out" if len(graph) > 1 or _misses_root(call) else "leaves-left-out"
            elif missing == leaves:
                mistake = "leaves-left-out"
            elif (graph, root) == DOUBLE:
                mistake = "double-input-lost"
            return Problem(NAME, f"{_listed(missing)} missing. {_told(graph, order)}", None, mistake)
    return None


def _listed(nodes):
    numbers = ", ".join(map(str, nodes))
    return f"Node {numbers} is" if len(nodes) == 1 else f"Nodes {numbers} are"


def _remembers(call):
    """Whether a graph that came out right before comes out otherwise now."""
    return _order(call("order_of", [[]], 0)) != [0]


def _misses_root(call):
    """Whether root is missing where it has inputs."""
    graph, root = DIAMOND
    return root not in _order(call("order_of", graph, root))


@_passes_over_trouble
def inputs_first(call):
    """Every node stands after all of its inputs."""
    for graph, root in _graphs():
        order = _order(call("order_of", graph, root))
        place = {node: index for index, node in reversed(list(enumerate(order)))}
        if sorted(order) != list(range(len(graph))):
            return None  # `each_node_once` tells
        for node, inputs in enumerate(graph):
            late = [one for one in inputs if place.get(one, -1) > place.get(node, len(order))]
            if late:
                text = f"Node {late[0]} is an input of node {node} and comes after it. {_told(graph, order)}"
                if order[0] == root:
                    return Problem(NAME, text, None, "root-first")
                if (graph, root) in DOUBLE_AND_SINGLE:
                    return Problem(NAME, text, None, "double-input-counted-once")
                return Problem(NAME, text, None, "order-of-discovery" if order[-1] == root else None)
    return None


@_passes_over_trouble
def deep_graph(call):
    """Give a chain of 20,000 nodes; it comes out, and in time."""
    answer = call("order_of_chain", CHAIN)
    trouble = answer.get("trouble") if isinstance(answer, dict) else None
    if trouble == "recursion":
        text = f"A chain of {CHAIN:,} nodes ends in a RecursionError."
        return Problem(NAME, text, None, "recursive")
    if trouble == "comparisons":
        text = f"For a chain of {CHAIN:,} nodes, nodes are compared hundreds of thousands of times."
        return Problem(NAME, text, None, "searched-list")
    if trouble == "calls":
        return Problem(
            NAME, f"For a chain of {CHAIN:,} nodes, inputs are asked for hundreds of thousands of times."
        )
    small = all(_right(call, graph, root) for graph, root in _graphs())
    if small and not answer["right"]:
        _order(answer)
        return Problem(NAME, f"A chain of {CHAIN:,} nodes does not come out in its order.")
    return None


def _right(call, graph, root, kind="objects"):
    order = _order(call("order_of", graph, root, kind))
    place = {node: index for index, node in enumerate(order)}
    return sorted(order) == list(range(len(graph))) and all(
        place[one] < place[node] for node, inputs in enumerate(graph) for one in inputs
    )


def _ladders():
    """Yield graphs with more ways than can be walked: two sides that cross, and short cuts of one step on either side."""
    graph = [[], *([] for _ in range(2 * LADDER)), [2 * LADDER - 1, 2 * LADDER]]
    for step in range(LADDER):  # each step has two sides, and both use both sides of the step below
        below = [2 * step - 1, 2 * step] if step else [0]
        graph[2 * step + 1], graph[2 * step + 2] = below, below[::-1]
    yield graph
    yield [[], [0], *([node - 1, node - 2] for node in range(2, LADDER))]
    yield [[], [0], *([node - 2, node - 1] for node in range(2, LADDER))]


@_passes_over_trouble
def many_ways(call):
    """Nodes are visited once, however many ways lead to them."""
    if not all(_right(call, *graph) for graph in SHARED):
        return None  # the other checks tell
    for graph in _ladders():
        try:
            if _right(call, graph, len(graph) - 1):
                continue
        except _Trouble as trouble:
            if trouble.kind != "calls":
                raise
            text = f"In a graph of {len(graph)} nodes with billions of ways through it, it asks for inputs without end."
            return Problem(NAME, text, None, "once-per-way")
        return Problem(NAME, f"In a graph of {len(graph)} nodes in {LADDER} layers the order is wrong.")
    return None


@_passes_over_trouble
def equal_is_the_same(call):
    """Nodes that are equal are one node, be they other objects, or numbers."""
    if not _right(call, *DIAMOND):
        return None
    graph, root = DIAMOND
    if not _right(call, graph, root, "new objects"):
        order = _order(call("order_of", graph, root, "new objects"))
        text = f"parents gave new objects each time, equal to the old ones. {_told(graph, order)}"
        return Problem(NAME, text, None, "by-identity" if len(order) > len(graph) else None)
    if not _right(call, graph, root, "numbers"):
        order = _order(call("order_of", graph, root, "numbers"))
        return Problem(NAME, f"The nodes were plain numbers, 0 among them. {_told(graph, order)}")
    return None


@_passes_over_trouble
def graph_left_alone(call):
    """Look at the lists that parents gives: they are what they were."""
    for graph, root in _graphs():
        answer = call("order_of", graph, root)
        _order(answer)
        if (kept := answer.get("kept")) != "as they were":
            mistake = "inputs-reordered" if kept == "in another order" else "inputs-taken-out"
            return Problem(NAME, "The lists that parents gives have changed afterwards.", None, mistake)
    return None


EXERCISE = Exercise(
    title="Topological order",
    position=60,
    points=4,
    function=NAME,
    returns=("order",),
    cases=(),
    reference=lambda _: None,
    properties=(each_node_once, inputs_first, deep_graph, many_ways, equal_is_the_same, graph_left_alone),
    harness=HARNESS,
    hints=(
        "Which node may stand first in the list? And when one stands there, which may come next?",
        "There are two ways. Either go down from root and write a node into the list only when all of its inputs are "
        "in it; a list of your own for what is still to do takes the place of calls within calls. Or count for every node by "
        "how many others it is used, and take the nodes from root downwards, each when the last of those that use it has "
        "been taken.",
        "First pass: from root down over all inputs, each node looked at once; note for every input that it is used once "
        "more. Second pass: begin with root as the only one that is ready. Take a ready node, write it down, and "
        "cross one use off each of its inputs; an input without uses left is ready. At the end, turn the list round.",
    ),
    mistakes={
        "recursive": "The function calls itself for every input. A chain is as deep as it is long, and Python allows about "
        "a thousand calls within calls: keep a list of what is still to do instead.",
        "once-per-way": "A node is looked at again for every way that leads to it. The ways double where two inputs share "
        "an input, and double again below: remember what you have seen before you go down, not after.",
        "searched-list": "Whether a node was seen before is looked up in a list, which is searched from the front each time. "
        "With twice the nodes that takes four times as long; nodes are hashable.",
        "by-identity": "A node that parents gives again as another, equal object counts as a new one. Equal nodes are "
        "one node: ask for equality, not for the same object.",
        "leaves-left-out": "Nodes without inputs are not in the list. They are where the computation begins.",
        "root-left-out": "root is not in the list. It comes last.",
        "inputs-reordered": "The lists that parents gave were turned round or sorted in place. They belong to the graph: work on a copy, "
        "or go through them with reversed.",
        "kept-between-calls": "Something that is kept outside the function, or in the default of an argument, is still there at the "
        "next call. Begin each call with an empty one.",
        "inputs-taken-out": "The nodes were taken out of the lists that parents gave. These belong to the graph, which "
        "is now without its edges.",
        "double-input-lost": "A node that another uses twice is not in the list. Uses and what is crossed off have to be "
        "counted in the same way, both with or both without repetitions.",
        "double-input-counted-once": "A node that another uses twice is taken for done while a third still needs it. Uses and what is "
        "crossed off have to be counted in the same way, both with or both without repetitions.",
        "shared-twice": "A node that is used by several others is in the list several times. Each node stands there once: "
        "after all of its inputs, before all that use it.",
        "order-of-discovery": "This happens where a node gets its place when it is first seen. A node "
        "that is seen early over a short way may be needed by one that is seen late over a long way: its place is not "
        "settled when it is first seen.",
        "root-first": "The list begins with root. Inputs come before what is made of them, so root is last.",
    },
    explanation=Explanation(
        why="A node may be written down (from the root's end) when nobody who uses it is left: then its gradient is complete. The counter "
        "of uses says so without a search. Every node is taken once and every edge crossed off once, so the work is the number of "
        "nodes plus the number of edges; the number of ways may be exponential in that. The other method, to write a node down after its "
        "inputs when leaving it, depth first, costs the same and gives a right order too, often another one.",
        another="""
def topological_order(root, parents):
    order, seen, stack = [], {root}, [(root, iter(parents(root)))]
    while stack:
        node, inputs = stack[-1]
        for parent in inputs:
            if parent not in seen:
                seen.add(parent)
                stack.append((parent, iter(parents(parent))))
                break
        else:
            order.append(node)
            stack.pop()
    return order
""",
        pytorch="The autograd engine counts: it goes through the graph once to find how many gradients each node waits for, and runs a node "
        "when the last of them has arrived. Nodes that are ready wait in a queue where those that were made last come first.",
    ),
)
