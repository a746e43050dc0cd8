"""Written as a recursion, run by a trampoline: each visit is a generator that yields the visits it waits for."""


def topological_order(root, parents):
    order = {}                        # a dict keeps its keys in the order in which they came

    def visit(node):
        for p in parents(node):
            if p not in order:
                yield visit(p)
        order.setdefault(node, len(order))

    calls = [visit(root)]
    while calls:
        inner = next(calls[-1], None)
        if inner is None:
            calls.pop()
        else:
            calls.append(inner)
    return [*order]
