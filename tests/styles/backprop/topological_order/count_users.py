"""Kahn, from the root: a node's turn comes when all of its users are done. Then turn the list round."""
from collections import Counter, deque


def topological_order(root, parents):
    users = Counter()
    inputs = {}
    queue = deque([root])
    while queue:
        node = queue.popleft()
        if node in inputs:
            continue
        inputs[node] = parents(node)
        users.update(inputs[node])
        queue.extend(inputs[node])
    ready, order = [root], []
    while ready:
        node = ready.pop()
        order.append(node)
        for p in inputs[node]:
            users[p] -= 1
            if users[p] == 0:
                ready.append(p)
    order.reverse()
    return order
