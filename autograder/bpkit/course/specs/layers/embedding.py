from bpkit.course.spec import Case, Exercise, Explanation, Given, Integers, Normal

ANOTHER = """
def embedding_forward(ids, table):
    chosen = ids[..., None] == np.arange(len(table))
    return chosen.astype(float) @ table, chosen


def embedding_backward(dy, cache):
    return np.tensordot(cache.astype(float), dy, axes=(range(dy.ndim - 1), range(dy.ndim - 1)))
"""

EXERCISE = Exercise(
    title="Embedding",
    position=40,
    points=3,
    cases=(
        Case("a vector of ids", ids=Integers((5,), 7), table=(7, 11)),
        Case("a batch of sequences", ids=Integers((5, 3), 11), table=(11, 13)),
        Case("three axes", ids=Integers((3, 5, 7), 11), table=Normal((11, 13), std=10.0)),
        Case(
            "ids that repeat, and rows that nobody uses",
            ids=Given(((3, 3, 0), (7, 3, 0), (9, 7, 3), (3, 3, 3), (0, 1, 3))),
            table=(17, 11),
        ),
        Case("one id", ids=Integers((1,), 3), table=(3, 5)),
    ),
    gradients_of=("table",),
    reference=lambda torch, ids, table: torch.nn.functional.embedding(ids, table),
    hints=(
        "Change one number of the table by a little. Which numbers of y change, and by how much? What if the row was "
        "looked up three times, or never?",
        "y[n, d] is table[ids[n], d], so its slope is 1 for that one number of the table and 0 for all others. dtable[v] "
        "(D,) adds up the rows dy[n] of all places n whose id is v; there may be none.",
        "Forward: index the table with the whole array of ids; keep the ids and the shape of the table. Backward: start "
        "with zeros in the shape of the table. Go through the ids: to the row that the id names, add the row of dy at the "
        "same place. If you let NumPy go through them, find out what it does with an index that comes twice.",
    ),
    mistakes={
        "columns-looked-up": "The ids pick columns. A thing has a row of the table; ids go into the first axis.",
        "axis-forgotten": "Single numbers were looked up. np.take without an axis sees the table as one long vector; what an "
        "id names is a row.",
        "counted-from-one": "Each id gets the row above its own, and id 0 the last one. Ids are counted from 0.",
        "ids-flattened": "y has one long list of rows. It should keep the shape of ids, and have one more axis at the end.",
        "ids-sorted": "The rows come in the order of the ids' size. Each should stand where its id stood.",
        "rows-added-up": "The rows of a sequence are added up. That is a bag of words; here every id keeps a row of its own.",
        "rows-averaged": "The rows of a sequence are averaged. That is a bag of words; here every id keeps a row of its own.",
        "scaled": "y is scaled by the root of the number of features. Transformers do so after the look-up; it is no part of "
        "the look-up itself.",
        "padding-at-zero": "Id 0 gives zeros. Some programs keep id 0 for padding; here it is an id like any other.",
        "starts-from-table": "dtable starts from the table's own numbers. It is a gradient: where does it start, before "
        "anything has come back?",
        "starts-from-ones": "dtable starts from ones. Where does it start, before anything has come back?",
        "last-one-wins": "Of an id that occurs several times only the last place counts. Neither dtable[ids] = dy nor "
        "dtable[ids] += dy adds up: a row is written once for each place, and the last one stays. What they all send back has "
        "to come together.",
        "first-axis-only": "From one row of ids to the next dtable adds up, and within a row it does not: "
        "dtable[ids[n]] += dy[n] writes a row of the table once for each place, and of an id that comes twice in "
        "ids[n] the last place stays.",
        "first-one-wins": "Of an id that occurs several times only the first place counts. What they all send back has to "
        "come together.",
        "averaged": "Each row of dtable is averaged over the places where its id occurs. Every one of them used the row, so what "
        "they send back adds up: a word that occurs often learns faster.",
        "averaged-over-all": "dtable is divided by the number of ids. The look-up does not average: a loss that takes a mean "
        "has already put it into dy.",
        "averaged-over-the-batch": "dtable is divided by the batch size. The look-up does not average: a loss that takes a mean "
        "has already put it into dy.",
        "counted-from-one-backward": "The gradient of each id lands one row above its own. Ids are counted from 0, on the way "
        "back as well.",
        "padding-at-zero-backward": "Row 0 gets no gradient. Some programs keep id 0 for padding; here it is an id like any "
        "other.",
        "dy-ignored": "dtable counts how often each id occurs. That is how far y moves; how much the loss cares is in dy.",
        "times-the-row": "dy is multiplied by the row that was looked up. How does y change when that row does? Does it matter "
        "how large the row is?",
        "every-row": "All rows get the same gradient. A row that was not looked up had no say in y.",
        "descent-in-backward": "The sign is turned round. The minus belongs to the update, not to the gradient.",
        "out-of-step": "ids and dy were flattened in different orders, so that rows of dy land at ids that stand elsewhere.",
        "dy-passed-on": "This is dy itself, one row for each id. dtable has one row for each thing in the table.",
        "used-rows-only": "dtable has a row for each id that occurs. It needs the shape of the table; what belongs in the rows "
        "that nobody used?",
        "up-to-the-last-id": "dtable ends at the largest id that occurs. It needs the shape of the table; what belongs in the "
        "rows that nobody used?",
        "transposed": "dtable is transposed. It has the shape of table, (V, D).",
    },
    explanation=Explanation(
        why="Looking up row v is the same as multiplying the table by a one-hot vector: y = onehot(ids) @ table, so it is a "
        "linear layer without bias whose input is zeros and a single one. Its weight gradient is onehot(ids).T @ dy, and row v of that is the sum "
        "of dy[n] over all n with ids[n] = v. Rows that no id names get a zero. The product never has to be made: adding "
        "each row of dy to its place does the same work without multiplying by zeros. The ids themselves are names, "
        "not quantities, so there is no slope to give back.",
        another=ANOTHER,
        pytorch="torch.nn.functional.embedding and nn.Embedding do the same; with sparse=True the gradient comes as the used "
        "rows and their indices only, which matters where the table has a million rows. padding_idx names a row that gets "
        "no gradient. On a GPU the adding-up is done by sorting the ids first or with atomic additions.",
    ),
)
