/**
 * The order in which the service walks the keys of a map.
 *
 * AWS: deployment ids of REST APIs are hashes of the OpenAPI document printed with its keys in the order of an open
 * addressing hash table, the one of the language the transform was first written in. The order depends on the hash of
 * each key and on the history of insertions and deletions, so the table itself is kept here, slot by slot.
 */
export class KeyOrder {
  private slots: (string | typeof DELETED | undefined)[] = new Array(MIN_SLOTS);
  /** Live keys. */
  private live = 0;
  /** Slots ever filled since the last resize, deleted ones included. */
  private filled = 0;

  add(key: string): void {
    const before = this.live;
    const slot = this.slotOf(key);
    const occupant = this.slots[slot];
    if (occupant === undefined) {
      this.live += 1;
      this.filled += 1;
    } else if (occupant === DELETED) {
      this.live += 1;
    }
    this.slots[slot] = key;
    if (this.live > before && this.crowded(this.filled)) this.resize(this.live * (this.live > LARGE ? 2 : 4));
  }

  remove(key: string): void {
    const slot = this.slotOf(key);
    if (typeof this.slots[slot] !== "string") return;
    this.slots[slot] = DELETED;
    this.live -= 1;
  }

  /** Adds many keys at once, which grows the table beforehand and so may reorder it. */
  merge(keys: readonly string[]): void {
    if (keys.length === 0) return;
    if (this.crowded(this.filled + keys.length)) this.resize((this.live + keys.length) * 2);
    for (const key of keys) this.add(key);
  }

  keys(): string[] {
    return this.slots.filter((slot): slot is string => typeof slot === "string");
  }

  /** A table built from these keys one by one, as a deep copy is. */
  static of(keys: readonly string[]): KeyOrder {
    const order = new KeyOrder();
    for (const key of keys) order.add(key);
    return order;
  }

  /** A table built from these keys all at once, as a shallow copy is. */
  static merged(keys: readonly string[]): KeyOrder {
    const order = new KeyOrder();
    order.merge(keys);
    return order;
  }

  private crowded(filled: number): boolean {
    return filled * 3 >= this.slots.length * 2;
  }

  private resize(request: number): void {
    let size = MIN_SLOTS;
    while (size <= request) size *= 2;
    const keys = this.keys();
    this.slots = new Array(size);
    this.live = 0;
    this.filled = 0;
    for (const key of keys) this.add(key);
  }

  private slotOf(key: string): number {
    const mask = this.slots.length - 1;
    const hash = hashOf(key);
    let slot = hash.low & mask;
    let walker = BigInt(slot);
    let perturb = hash.whole;
    let free: number | undefined;
    for (;;) {
      const occupant = this.slots[slot];
      if (occupant === undefined) return free ?? slot;
      if (occupant === key) return slot;
      if (occupant === DELETED && free === undefined) free = slot;
      walker = BigInt.asUintN(64, walker * 5n + perturb + 1n);
      slot = Number(walker & BigInt(mask));
      perturb >>= PERTURB_SHIFT;
    }
  }
}

const MIN_SLOTS = 8;
const LARGE = 50_000;
const PERTURB_SHIFT = 5n;
const HASH_MULTIPLIER = 1_000_003n;
const LOW_BITS = 0x7fff_ffffn;
const DELETED = Symbol("deleted");
const MAX_CACHED_HASHES = 4096;
const hashes = new Map<string, KeyHash>();

interface KeyHash {
  readonly whole: bigint;
  /** The lowest bits, enough for the first slot to look at. */
  readonly low: number;
}

const hashOf = (key: string): KeyHash => {
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const points = [...key].map((char) => BigInt(char.codePointAt(0) ?? 0));
  let hash = (points[0] ?? 0n) << 7n;
  for (const point of points) hash = BigInt.asUintN(64, (hash * HASH_MULTIPLIER) ^ point);
  const whole = points.length === 0 ? 0n : hash ^ BigInt(points.length);
  const hashed = { whole, low: Number(whole & LOW_BITS) };
  if (hashes.size >= MAX_CACHED_HASHES) hashes.clear();
  hashes.set(key, hashed);
  return hashed;
};
