"""Makes a stream of unrelated articles of a given size, for timing a filter.

    make_stream.py CORPUS N [SEED] > stream.jsonl

Word for word an article of CORPUS (JSON lines), but three words in five are others of the corpus, drawn as often as they
occur: words, names and lengths are like news, and hardly a run of five words stands twice. One in twenty is a copy of
one of the last thousand, with two words changed. Texts are cut or filled up to about 2.5 KB. The same stream every time.
"""
import json
import random
import sys


def main():
    path, n = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    rng = random.Random(seed)
    texts, pool = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            words = json.loads(line)["text"].split()
            if len(words) >= 100:
                texts.append(words)
            if len(texts) == 20000:
                break
    for words in texts:
        pool += rng.sample(words, 60)
    recent = []
    for number in range(n):
        if recent and rng.random() < 0.05:
            words = list(recent[rng.randrange(len(recent))])
            words[rng.randrange(len(words))] = "otherwise"
        else:
            words = texts[rng.randrange(len(texts))][:425]
            words = words if len(words) == 425 else (words * 5)[:425]
            at = rng.randrange(len(pool) - 255)
            words[0::5], words[2::5], words[4::5] = pool[at:at + 85], pool[at + 85:at + 170], pool[at + 170:at + 255]
            if number % 20000 == 0:
                rng.shuffle(pool)
        recent.append(words)
        recent = recent[-1000:] if len(recent) > 2000 else recent
        title = " ".join(words[3:12])
        sys.stdout.write(json.dumps({"id": f"stream-{seed}-{number:09d}", "title": title, "text": " ".join(words),
                                     "source": f"site{number % 311}.example",
                                     "date": f"20{10 + number // 100000 % 16:02d}-{1 + number // 8000 % 12:02d}-{1 + number // 300 % 28:02d}"},
                                    ensure_ascii=False) + "\n")


main()
