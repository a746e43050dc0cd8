from graphlib import TopologicalSorter


def topological_order(root, parents):
    graph = {}
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop()
        if node not in graph:
            graph[node] = list(parents(node))
            open_nodes.extend(graph[node])
    return list(TopologicalSorter(graph).static_order())
