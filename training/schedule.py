"""Which batch comes when: deterministic in the seed, and resumable at any step."""

import concurrent.futures
import multiprocessing
import random

from batches import gather


def grouped(windows, size, rng):
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


def order(tasks, counts, seed):
    """The sequence of task names: `counts[task]` batches of each, mixed."""
    names = [task for task in tasks for _ in range(counts[task])]
    random.Random(f"{seed}/order").shuffle(names)
    return names


class Feeder:
    """Endless batches of each task, made ahead by `workers` processes, or when asked for where there are none.

    Window limits vary between epochs, so that texts are not always cut alike.
    """

    # The processes are forked after this is set: documents do not travel to them.
    shared = None

    def __init__(self, documents, windows, pieces, config, workers=0):
        Feeder.shared = (documents, windows, pieces, config)
        self.pool = None
        if workers:
            self.pool = concurrent.futures.ProcessPoolExecutor(workers, multiprocessing.get_context("fork"))
        self.epochs, self.ahead, self.now = {}, {}, {task: iter(()) for task in documents}
        if self.pool:
            for task in sorted(documents, key=lambda t: -sum(len(d.words) for d in documents[t])):
                self.ask(task)

    def ask(self, task):
        """Has the next epoch of a task made."""
        epoch = self.epochs[task] = self.epochs.get(task, -1) + 1
        self.ahead[task] = self.pool.submit(epoch_of, task, epoch) if self.pool else None

    def next(self, task):
        """The next batch of a task."""
        batch = next(self.now[task], None)
        while batch is None:
            if self.pool:
                self.now[task] = iter(self.ahead[task].result())
            self.ask(task)
            if not self.pool:
                self.now[task] = batches_of(task, self.epochs[task])
            batch = next(self.now[task], None)
        return batch


def batches_of(task, epoch):
    """The batches of one epoch of a task, one by one."""
    documents, windows, pieces, config = Feeder.shared
    rng = random.Random(f"{config['seed']}/{task}/{epoch}")
    found = [w for d in documents[task] for w in windows.of(d, rng.choice(config["limits"]))]
    types = len(windows.labels["pair"])
    return (gather(group, pieces, types) for group in grouped(found, config["batch_pieces"], rng))


def epoch_of(task, epoch):
    return list(batches_of(task, epoch))
