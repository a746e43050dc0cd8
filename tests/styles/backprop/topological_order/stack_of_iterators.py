def topological_order(root, parents):
    order = []
    seen = {root}
    stack = [(root, iter(parents(root)))]
    while stack:
        node, todo = stack[-1]
        for p in todo:
            if p not in seen:
                seen.add(p)
                stack.append((p, iter(parents(p))))
                break
        else:
            order.append(node)
            stack.pop()
    return order
