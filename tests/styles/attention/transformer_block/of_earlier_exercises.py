from attention.multi_head import multi_head_backward, multi_head_forward
from layers.layer_norm import layer_norm_backward, layer_norm_forward
from layers.linear import linear_backward, linear_forward
from neuron.gelu import gelu_backward, gelu_forward


def transformer_block_forward(x, params, heads, causal=True):
    P = params
    rows = lambda a: a.reshape(-1, a.shape[-1])
    a, c1 = layer_norm_forward(x, P["gamma1"], P["beta1"])
    m, c2 = multi_head_forward(a, P["Wq"], P["Wk"], P["Wv"], P["Wo"], heads, causal)
    x1 = x + m
    u, c3 = layer_norm_forward(rows(x1), P["gamma2"], P["beta2"])
    z, c4 = linear_forward(u, P["W1"], P["b1"])
    g, c5 = gelu_forward(z)
    r, c6 = linear_forward(g, P["W2"], P["b2"])
    return x1 + r.reshape(x.shape), (c1, c2, c3, c4, c5, c6)


def transformer_block_backward(dy, cache):
    c1, c2, c3, c4, c5, c6 = cache
    G = {}
    dg, G["W2"], G["b2"] = linear_backward(dy.reshape(-1, dy.shape[-1]), c6)
    du, G["W1"], G["b1"] = linear_backward(gelu_backward(dg, c5), c4)
    dx1, G["gamma2"], G["beta2"] = layer_norm_backward(du, c3)
    dx1 = dx1.reshape(dy.shape) + dy
    da, G["Wq"], G["Wk"], G["Wv"], G["Wo"] = multi_head_backward(dx1, c2)
    dx, G["gamma1"], G["beta1"] = layer_norm_backward(da, c1)
    return dx + dx1, G
