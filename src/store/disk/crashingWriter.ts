import { openDiskStore } from "./diskStore.ts";

/**
 * Writes to the state directory it is given and says on its output what was acknowledged, until it is killed: the other
 * half of the crash test. Each number is written under two keys and with a blob that one of them names.
 */
const write = async (directory: string): Promise<void> => {
  const { records, blobs } = await openDiskStore(directory);
  const left = records.collection<Written>("crash.left");
  const right = records.collection<Written>("crash.right");
  const [last] = left.range({ reverse: true, limit: 1 });
  const first = (last?.value.n ?? -1) + 1;
  const writeOne = async (n: number) => {
    const blob = await blobs.write(Buffer.alloc((n % 7) * 10_000, String(n)));
    records.atomically(() => {
      left.put(n, { n, sha256: blob.sha256, size: blob.size });
      const before = n % 3 === 0 ? left.get(n - 1) : undefined;
      if (before && !before.released) {
        left.put(n - 1, { ...before, released: true });
        blobs.release(before);
      }
      right.put(n, { n, sha256: blob.sha256, size: blob.size });
    });
    await records.committed();
    process.stdout.write(`${n}\n`);
  };
  for (let n = first; ; n += 4) await Promise.all([n, n + 1, n + 2, n + 3].map(writeOne));
};

/** What the writer keeps of one number. */
export interface Written {
  readonly n: number;
  readonly sha256: string;
  readonly size: number;
  readonly released?: boolean;
}

const [directory] = process.argv.slice(2);
if (directory) await write(directory);
