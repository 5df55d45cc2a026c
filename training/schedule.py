"""Which batch comes when: deterministic in the seed, and resumable at any step."""

import random


def batches(windows, size, rng):
    """Windows grouped by like length into batches of at most `size` padded pieces, in random order."""
    def length(w):
        return 2 + sum(map(len, w.pieces))
    rng.shuffle(windows)
    windows.sort(key=lambda w: length(w) // 16)
    out, now, longest = [], [], 0
    for w in windows:
        longest = max(longest, length(w))
        if now and longest * (len(now) + 1) > size:
            out.append(now)
            now, longest = [], length(w)
        now.append(w)
    if now:
        out.append(now)
    rng.shuffle(out)
    return out


def stream(task, documents, windows, config, seed):
    """Endless batches of one task. Window limits vary between epochs, so that texts are not always cut alike."""
    epoch = 0
    while True:
        rng = random.Random(f"{seed}/{task}/{epoch}")
        limits = config["limits"]
        found = [w for d in documents for w in windows.of(d, rng.choice(limits))]
        yield from batches(found, config["batch_pieces"], rng)
        epoch += 1


def order(tasks, counts, seed):
    """The sequence of task names: `counts[task]` batches of each, mixed."""
    names = [task for task in tasks for _ in range(counts[task])]
    random.Random(f"{seed}/order").shuffle(names)
    return names
