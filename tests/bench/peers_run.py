"""One peer over one file, in a process of its own; peers.py starts it and measures it.

    peers_run.py PEER IN.jsonl OUT.json

Writes {"clusters": [cluster of article 0, of article 1, ...] or null, "seconds": from opening the input to the clusters,
without the time that imports take, "version": ..., "settings": ...}. Every peer gets what its own manual shows for this
job, with 128 hashes a sketch (or its nearest), word 5-grams and a threshold of 0.7. Where a peer returns similar pairs and
no clusters, they are closed transitively.
"""
import importlib.metadata
import json
import os
import re
import sys
import tempfile
import time

THRESHOLD = 0.7
HASHES = 128
WORD = re.compile(r"\w+")


def texts(path):
    """Title and text of every article, which is what copydesk compares too."""
    found = []
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            found.append((record.get("title") or "") + "\n" + (record.get("text") or ""))
    return found


def shingles(text):
    words = WORD.findall(text.lower())
    if len(words) < 5:
        return {" ".join(words)}
    return {" ".join(words[i:i + 5]) for i in range(len(words) - 4)}


class Union:
    def __init__(self, n):
        self.parent = list(range(n))

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a != b:
            self.parent[max(a, b)] = min(a, b)

    def labels(self):
        return [self.find(x) for x in range(len(self.parent))]


def version(package):
    return importlib.metadata.version(package)


def datasketch(path):
    from datasketch import MinHash, MinHashLSH

    start = time.perf_counter()
    articles = texts(path)
    union = Union(len(articles))
    index = MinHashLSH(threshold=THRESHOLD, num_perm=HASHES)
    for number, text in enumerate(articles):
        sketch = MinHash(num_perm=HASHES)
        sketch.update_batch([s.encode() for s in shingles(text)])
        for other in index.query(sketch):
            union.join(number, other)
        index.insert(number, sketch)
    return union.labels(), time.perf_counter() - start, version("datasketch"), "update_batch, MinHashLSH"


def rensa(path):
    from rensa import RMinHash, RMinHashLSH

    start = time.perf_counter()
    articles = texts(path)
    union = Union(len(articles))
    sketches = RMinHash.from_token_sets([list(shingles(t)) for t in articles], num_perm=HASHES, seed=42)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=HASHES, num_bands=16)
    index.insert_many(sketches)
    for number, others in enumerate(index.query_all(sketches)):
        for other in others:
            if other < number and sketches[number].jaccard(sketches[other]) >= THRESHOLD:
                union.join(number, other)
    return union.labels(), time.perf_counter() - start, version("rensa"), "R-MinHash, 16 bands, sketches compared"


def rensa_rho(path):
    from rensa import RMinHash, RMinHashLSH

    start = time.perf_counter()
    articles = texts(path)
    matrix = RMinHash.digest_matrix_from_token_sets_rho([list(shingles(t)) for t in articles], num_perm=HASHES, seed=42)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=HASHES, num_bands=16)
    index.query_duplicate_flags_matrix_one_shot(matrix)
    return None, time.perf_counter() - start, version("rensa"), "rho sketch of sampled tokens; yes or no for each article"


def gaoya(path):
    from gaoya.minhash import MinHashStringIndex

    start = time.perf_counter()
    articles = texts(path)
    union = Union(len(articles))
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=THRESHOLD, num_bands=16, band_size=8, analyzer="word",
                               lowercase=True, ngram_range=(5, 5))
    for number, text in enumerate(articles):
        for other in index.query(text):
            union.join(number, other)
        index.insert_document(number, text)
    return union.labels(), time.perf_counter() - start, version("gaoya"), "16 bands of 8, sketches compared"


def text_dedup(path):
    import pickle

    import datasets
    from text_dedup import minhash

    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        prepared = os.path.join(scratch, "in.jsonl")
        with open(prepared, "w", encoding="utf-8") as stream:
            for text in texts(path):
                stream.write(json.dumps({"text": text}) + "\n")
        output = os.path.join(scratch, "out")
        try:
            minhash.main(["--path", "json", "--data_files", prepared, "--split", "train", "--output", output, "--column",
                          "text", "--cache_dir", os.path.join(scratch, "cache"), "--num_proc", "1", "--num_perm",
                          str(HASHES), "--threshold", str(THRESHOLD), "--ngram", "5", "--min_length", "0", "--debug"])
        except SystemExit as end:
            if end.code:
                raise
        seconds = time.perf_counter() - start
        # Its own pickle, made a moment ago.
        with open(os.path.join(output, "uf.pkl"), "rb") as stream:
            stored = pickle.load(stream)
        with open(prepared, encoding="utf-8") as stream:
            n = sum(1 for _ in stream)
    parent = getattr(stored, "parent", stored)
    union = Union(n)
    for child, above in parent.items():
        union.join(child, above)
    return union.labels(), seconds, version("text-dedup"), "text_dedup.minhash, sha1"


def datatrove(path):
    import struct

    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.readers import JsonlReader

    config = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=9)
    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        os.mkdir(os.path.join(scratch, "in"))
        articles = texts(path)
        with open(os.path.join(scratch, "in", "in.jsonl"), "w", encoding="utf-8") as stream:
            for number, text in enumerate(articles):
                stream.write(json.dumps({"id": str(number), "text": text}) + "\n")

        def folder(name):
            return os.path.join(scratch, name)

        steps = (
            ("1", 1, [JsonlReader(folder("in")), MinhashDedupSignature(folder("sigs"), config=config)]),
            ("2", config.num_buckets, [MinhashDedupBuckets(folder("sigs"), folder("dups"), config=config)]),
            ("3", 1, [MinhashDedupCluster(folder("dups"), folder("out"), config=config, save_cluster_id=True)]),
        )
        for name, tasks, pipeline in steps:
            LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=folder("log" + name)).run()
        seconds = time.perf_counter() - start
        union = Union(len(articles))
        for name in os.listdir(folder("dups")):
            with open(os.path.join(folder("dups"), name), "rb") as stream:
                for _, a, _, b in struct.iter_unpack("<4I", stream.read()):
                    union.join(a, b)
    return union.labels(), seconds, version("datatrove"), "14 buckets of 9, its three stages"


PEERS = {"datasketch": datasketch, "rensa": rensa, "rensa-rho": rensa_rho, "gaoya": gaoya, "text-dedup": text_dedup,
         "datatrove": datatrove}


def main():
    labels, seconds, its_version, settings = PEERS[sys.argv[1]](sys.argv[2])
    with open(sys.argv[3], "w", encoding="utf-8") as stream:
        json.dump({"clusters": labels, "seconds": seconds, "version": its_version, "settings": settings}, stream)


if __name__ == "__main__":
    main()
