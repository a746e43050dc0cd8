from collections import defaultdict, deque


def topological_order(root, parents):
    missing = {}                      # how many different inputs are not there yet
    users = defaultdict(list)
    frontier = {root}
    while frontier:
        found = set()
        for n in frontier:
            ins = set(parents(n))
            missing[n] = len(ins)
            for p in ins:
                users[p].append(n)
            found |= ins
        frontier = {n for n in found if n not in missing}
    ready = deque(n for n, m in missing.items() if not m)
    order = []
    while ready:
        order.append(n := ready.popleft())
        for u in users[n]:
            missing[u] -= 1
            if not missing[u]:
                ready.append(u)
    return order
