"""Sentences for what layers do, in a founder's words: one for each run of alike layers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from core.graph.measure import LayerReport
from core.layers import SHELF
from core.words import Sentence, mark

STEPS = {
    1: mark("One step of {sizes} units looks for patterns."),
    2: mark("Two steps of {sizes} units look for patterns."),
    3: mark("Three steps of {sizes} units look for patterns."),
    4: mark("Four steps of {sizes} units look for patterns."),
    5: mark("Five steps of {sizes} units look for patterns."),
}
# Kinds that are told alike; any other kind is a family of its own.
FAMILIES = {
    **dict.fromkeys(
        ("conv_1d", "conv_2d", "separable_conv_1d", "separable_conv_2d", "depthwise_conv_2d"), "filters"
    ),
    **dict.fromkeys(
        ("conv_1d_transpose", "conv_2d_transpose", "up_sampling_1d", "up_sampling_2d"), "enlarging"
    ),
    **dict.fromkeys(("lstm", "gru", "simple_rnn"), "memory"),
}
# What only changes the form goes without saying; pooling is among the notes.
SILENT = {
    "input", "output", "flatten", "reshape", "permute", "zero_padding_1d", "zero_padding_2d", "cropping_2d",
    "max_pooling_1d", "max_pooling_2d", "average_pooling_1d", "average_pooling_2d",
}  # fmt: skip
# Groups whose layers are told once, wherever they lie, or are part of what another layer finds.
NOTED = {"guarding", "scaling", "activation"}


def family(kind: str) -> str:
    """What kinds that are told in one sentence have in common; empty for those that are not told in their place."""
    group = SHELF[kind].GROUP
    if kind in SILENT or group in NOTED:
        return ""
    if kind.startswith("global_"):
        return "summed"
    return "augmenting" if group == "augmenting" else FAMILIES.get(kind, kind)


def sizes(numbers: Sequence[int]) -> Sentence | str:
    """Up to five numbers in words, or from where to where they go.

    Example:
        >>> str(sizes([64, 32, 1_000]))
        '64, 32 and 1,000'
    """
    if len(numbers) > 5:
        return mark("{low:,} to {high:,}", low=min(numbers), high=max(numbers))
    found: Sentence | str = f"{numbers[0]:,}"
    for more in numbers[1:-1]:
        found = mark("{first}, {next:,}", first=found, next=more)
    return mark("{first} and {last:,}", first=found, last=numbers[-1]) if len(numbers) > 1 else found


def told(run: Sequence[LayerReport]) -> list[Sentence]:
    """What a run of layers of one family does."""
    return TELLS.get(family(run[0].kind), _any)(run)


def _any(run: Sequence[LayerReport]) -> list[Sentence]:
    kind = SHELF[run[0].kind]
    return [mark("“{label}”: {help}", label=kind.LABEL, help=kind.HELP)]


def _numbers(run: Sequence[LayerReport], *names: str) -> list[int]:
    found = [
        next((r.fields[name] for name in names if r.fields.get(name) is not None), r.shape[-1]) for r in run
    ]
    return [int(number) for number in found]


def _dense(run: Sequence[LayerReport]) -> list[Sentence]:
    units = _numbers(run, "units")
    if len(units) in STEPS:
        return [replace(STEPS[len(units)], values={"sizes": sizes(units)})]
    return [mark("{count} steps of {low:,} to {high:,} units look for patterns.",
                 count=len(units), low=min(units), high=max(units))]  # fmt: skip


def _embedding(run: Sequence[LayerReport]) -> list[Sentence]:
    return [
        mark("Learns one number for each of the {values:,} known values.",
             plural="Learns {count:,} numbers for each of the {values:,} known values.",
             count=r.fields["output_dim"], values=r.fields["input_dim"])
        for r in run
    ]  # fmt: skip


def _counted_words(run: Sequence[LayerReport]) -> list[Sentence]:
    return [
        mark("Adds up what each of {pieces:,} words and parts of words has been learned to say, in one number.",
             plural="Adds up what each of {pieces:,} words and parts of words has been learned to say, in {count:,} numbers.",
             count=r.fields["units"], pieces=r.fields["input_dim"] - 1)
        for r in run
    ]  # fmt: skip


def _sentence_encoder(run: Sequence[LayerReport]) -> list[Sentence]:
    return [
        mark("A network that has read texts of sixteen languages says in 512 numbers what each text means.")
    ]


def _number_embedding(run: Sequence[LayerReport]) -> list[Sentence]:
    return [
        mark("Learns one number for each of the {columns:,} columns of numbers.",
             plural="Learns {count:,} numbers for each of the {columns:,} columns of numbers.",
             count=r.fields["output_dim"], columns=len(r.fields["groups"]))
        for r in run
    ]  # fmt: skip


def _members(run: Sequence[LayerReport]) -> list[Sentence]:
    return [
        mark("{count:,} members of the network go on side by side, and their answers are averaged.",
             count=r.fields["members"])
        for r in run
    ]  # fmt: skip


def _filters(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("One layer of {sizes} filters slides over what comes in and looks for the same patterns everywhere.",
                 plural="{count} layers of {sizes} filters slide over what comes in and look for the same patterns "
                 "everywhere.",
                 count=len(run), sizes=sizes([r.shape[-1] for r in run]))]  # fmt: skip


def _memory(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("One layer with a memory of {sizes} units reads the steps one after the other.",
                 plural="{count} layers with a memory of {sizes} units read the steps one after the other.",
                 count=len(run), sizes=sizes(_numbers(run, "units")))]  # fmt: skip


def _both_ways(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("One layer with a memory of {sizes} units reads the steps from both ends.",
                 plural="{count} layers with a memory of {sizes} units read the steps from both ends.",
                 count=len(run), sizes=sizes(_numbers(run, "units")))]  # fmt: skip


def _attention(run: Sequence[LayerReport]) -> list[Sentence]:
    heads = max(r.fields["num_heads"] for r in run)
    if run[0].kind == "multi_head_attention":
        return [
            mark(
                "Each step of one way looks at all steps of another, and takes from there what matters to it."
            )
        ]
    if all(r.fields["use_causal_mask"] for r in run):
        return [mark("Each step looks back at the steps before it, {heads} times at once, and takes what matters to it.",
                     heads=heads)]  # fmt: skip
    return [
        mark(
            "Each step looks at all the others, {heads} times at once, and takes what matters to it.",
            heads=heads,
        )
    ]


def _encoder(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("One Transformer block lets each step look at all the others and take what matters to it.",
                 plural="{count} Transformer blocks, one after the other, let each step look at all the others and take "
                 "what matters to it.", count=len(run))]  # fmt: skip


def _decoder(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("One Transformer block lets each step look back at the steps before it and take what matters to it.",
                 plural="{count} Transformer blocks, one after the other, let each step look back at the steps before "
                 "it and take what matters to it.", count=len(run))]  # fmt: skip


def _dense_block(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("One dense block of {sizes} units looks for patterns.",
                 plural="{count} dense blocks of {sizes} units look for patterns.",
                 count=len(run), sizes=sizes(_numbers(run, "units")))]  # fmt: skip


def _residual(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("One residual block looks for finer patterns and adds them to what came in.",
                 plural="{count} residual blocks look for finer patterns, and each adds them to what came in.",
                 count=len(run))]  # fmt: skip


def _summed(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("What was found in all places is summed up in one row.")]


def _enlarging(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("Then it is made larger again.")]


def _augmenting(run: Sequence[LayerReport]) -> list[Sentence]:
    return [
        mark(
            "While it learns, pictures are changed a little at random, so that one picture counts as several."
        )
    ]


def _position(run: Sequence[LayerReport]) -> list[Sentence]:
    return [mark("Each step is told where it stands in the order.")]


def _own_block(run: Sequence[LayerReport]) -> list[Sentence]:
    titles = list(dict.fromkeys(str(r.fields.get("title", "")) for r in run))
    return [mark("Your own block “{title}” does its work.",
                 plural="Your own block “{title}” does its work, {count} times.",
                 count=sum(r.fields.get("title", "") == title for r in run), title=title[:80])
            for title in titles]  # fmt: skip


TELLS: Mapping[str, Callable[[Sequence[LayerReport]], list[Sentence]]] = {
    "dense": _dense,
    "embedding": _embedding,
    "number_embedding": _number_embedding,
    "counted_words": _counted_words,
    "sentence_encoder": _sentence_encoder,
    "member_scaling": _members,
    "filters": _filters,
    "memory": _memory,
    "bidirectional": _both_ways,
    "self_attention": _attention,
    "multi_head_attention": _attention,
    "transformer_encoder": _encoder,
    "transformer_decoder": _decoder,
    "dense_block": _dense_block,
    "residual_block": _residual,
    "own_block": _own_block,
    "position_embedding": _position,
    "summed": _summed,
    "enlarging": _enlarging,
    "augmenting": _augmenting,
}

WAYS = {2: mark("Two ways"), 3: mark("Three ways"), 4: mark("Four ways")}
MERGED = {
    "add": mark("{ways} lead side by side and are added up."),
    "concatenate": mark("{ways} lead side by side, and what they find is laid side by side."),
    "multiply": mark("{ways} lead side by side and are multiplied, so that one can switch the other off."),
    "average": mark("{ways} lead side by side, and their mean goes on."),
    "maximum": mark("{ways} lead side by side, and the largest numbers go on."),
    "minimum": mark("{ways} lead side by side, and the smallest numbers go on."),
    "subtract": mark("{ways} lead side by side, and their difference goes on."),
    "dot": mark("{ways} lead side by side and are compared with each other."),
}


def merged(layer: LayerReport, ways: int, straight: bool) -> Sentence:
    """Where ways come together.

    Args:
        straight: Whether one of them only leads around the others.
    """
    if straight and layer.kind == "add":
        return mark("A straight path leads around that, and both are added up.")
    if layer.kind not in MERGED:
        return _any([layer])[0]
    return replace(MERGED[layer.kind], values={"ways": WAYS.get(ways) or mark("{count:,} ways", count=ways)})


def notes(layers: Sequence[LayerReport]) -> list[Sentence]:
    """What is told once, wherever it lies: what guards, keeps in scale and brings neighbours together."""
    found = []
    kinds = dict.fromkeys(layer.kind for layer in layers)
    if any(kind.startswith(("max_pooling", "average_pooling")) for kind in kinds):
        found.append(mark("In between, neighbours are put together, so that less is left to look at."))
    if any("normalization" in kind for kind in kinds):
        found.append(
            mark("On the way, the numbers are brought to a common scale, so that it learns steadily.")
        )
    rates = [r.fields["rate"] for r in layers if "dropout" in r.kind and r.fields.get("rate")]
    if rates:
        found.append(mark("While it learns, {share:.0%} of what a step finds is left out at random, so that it does not "
                          "learn single rows by heart.", share=max(rates)))  # fmt: skip
    noise = [layer for layer in layers if layer.kind == "gaussian_noise"]
    return found + (_any(noise[:1]) if noise else [])
