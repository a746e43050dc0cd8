"""The depth of a node is one more than that of its deepest input; sorted by depth, inputs come first."""


def topological_order(root, parents):
    depth = {}
    stack = [root]
    while stack:
        node = stack[-1]
        if node in depth:
            stack.pop()
            continue
        ins = parents(node)
        waiting = [p for p in ins if p not in depth]
        if waiting:
            stack += waiting
        else:
            depth[node] = 1 + max((depth[p] for p in ins), default=-1)
            stack.pop()
    return sorted(depth, key=depth.get)
