"""Topological order: inputs before what is made of them

A computation is a graph. Its nodes are values, and each is made of others: its inputs, which are nodes too. To go
forward, every input has to be there before it is used; to go backward, everything that uses a node has to be done
before the node itself. One order serves both, read from either end, and this function finds it.

    root     the node at the end, such as a loss
    parents  a function: parents(node) is the list of the node's inputs, empty where there are none
    order    a list of all nodes that root is made of, directly or over others, and root itself: every node after all
             of its inputs, each node once, root last

A node may be used by many others, and twice by one (x * x has the inputs [x, x]). There are no circles. Between nodes
that do not depend on each other, any order is right.

Nodes are hashable, and nodes that are equal are one node: parents may give a new object each time, equal to the
old one. The lists that parents gives belong to the graph; leave them as they are.

A chain of 20,000 nodes comes out in less than a second, and so does a graph of a few nodes with billions of ways
through it: the work grows with the number of nodes and inputs, not with the ways. Calls within calls end at a
depth of about a thousand in Python.
"""


def topological_order(root, parents):
    """root a node, parents a function from a node to the list of its inputs -> list of nodes, root last"""
    ### BEGIN SOLUTION
    uses = {root: 0}  # by how many nodes a node is used, twice for one that uses it twice
    # MISTAKE recursive: done = {}; visit = lambda node: node in done or ([visit(one) for one in parents(node)], done.setdefault(node)); visit(root); return list(done)
    # MISTAKE once-per-way: trail = [root]; [trail.extend(parents(node)) for node in trail]; return list(dict.fromkeys(reversed(trail)))
    # MISTAKE searched-list: uses = {root: 0}; found = [root]
    # MISTAKE kept-between-calls: uses = topological_order.__dict__.setdefault("uses", {}); new = root not in uses; uses.setdefault(root, 0)
    # MISTAKE by-identity: uses = {id(root): 0}; ask, memo = parents, {}; parents = lambda n: (memo[id(n)] if id(n) in memo else memo.setdefault(id(n), (n, ask(n))))[1]
    stack = [root]
    while stack:
        for parent in parents(stack.pop()):
            # MISTAKE double-input-counted-once: for parent in set(parents(stack.pop())):
            if parent not in uses:
                # MISTAKE searched-list: if parent not in found:
                # MISTAKE by-identity: if id(parent) not in uses:
                uses[parent] = 0
                # MISTAKE searched-list: uses[parent] = 0; found.append(parent)
                # MISTAKE by-identity: uses[id(parent)] = 0
                stack.append(parent)
            uses[parent] += 1
            # MISTAKE by-identity: uses[id(parent)] += 1
    order, ready = [], [root]
    # MISTAKE kept-between-calls: order, ready = [], [root] * new
    while ready:
        node = ready.pop()
        order.append(node)
        # MISTAKE inputs-reordered: order.append(node); parents(node).reverse()
        # MISTAKE leaves-left-out: order += [node] if parents(node) else []
        for parent in parents(node):
            # MISTAKE inputs-taken-out: for parent in [parents(node).pop() for _ in list(parents(node))]:
            # MISTAKE double-input-lost: for parent in set(parents(node)):
            uses[parent] -= 1
            # MISTAKE order-of-discovery: pass
            # MISTAKE by-identity: uses[id(parent)] -= 1
            if uses[parent] == 0:
                # MISTAKE shared-twice: if uses[parent] is not None:
                # MISTAKE order-of-discovery: if uses.pop(parent, None) is not None:
                # MISTAKE by-identity: if uses[id(parent)] == 0:
                ready.append(parent)
    order.reverse()
    # MISTAKE root-first: pass
    # MISTAKE root-left-out: order.reverse(); order.pop()
    ### END SOLUTION
    return order
