import { KeyOrder } from "./keyOrder.ts";

/**
 * A string without the mark of the template's author: one the transform wrote, or one in a part of the template that
 * AWS does not mark. Marked ones are plain strings.
 * AWS: the two print differently in the text whose hash names a REST API's deployment.
 */
export class Literal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A number written with a decimal point; integers are plain numbers. The difference shows in hashed text only. */
export class Decimal {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

/** Everything a template is made of while it is transformed. */
export type Value = null | boolean | number | string | Literal | Decimal | Value[] | Dict;

interface Entry {
  readonly literalKey: boolean;
  value: Value;
}

/**
 * A mutable map. `get` answers null for what is absent, as the specification treats null and absent alike
 * nearly everywhere; `has` tells them apart.
 */
export class Dict {
  private readonly entries_ = new Map<string, Entry>();
  private order: KeyOrder | undefined;

  private constructor(order: KeyOrder | undefined) {
    this.order = order;
  }

  /** A map that keeps the order of insertion. */
  static plain(entries: Readonly<Record<string, Value>> = {}): Dict {
    const dict = new Dict(undefined);
    for (const [key, value] of Object.entries(entries)) dict.put(key, value);
    return dict;
  }

  /** A map in hash order (see KeyOrder), its keys written by the transform. */
  static hashed(entries: Readonly<Record<string, Value>> = {}): Dict {
    const dict = new Dict(new KeyOrder());
    dict.order?.merge(Object.keys(entries));
    for (const [key, value] of Object.entries(entries)) dict.put(key, value);
    return dict;
  }

  /** Whether the keys are in hash order, as where the service keeps marked strings. */
  get isHashed(): boolean {
    return this.order !== undefined;
  }

  get size(): number {
    return this.entries_.size;
  }

  get(key: string): Value {
    return this.entries_.get(key)?.value ?? null;
  }

  has(key: string): boolean {
    return this.entries_.has(key);
  }

  /** Sets a key the template's author wrote. */
  set(key: string, value: Value): void {
    this.write(key, value, false);
  }

  /** Sets a key the transform wrote. A key already there keeps its first author. */
  put(key: string, value: Value): void {
    this.write(key, value, true);
  }

  delete(key: string): void {
    if (this.entries_.delete(key)) this.order?.remove(key);
  }

  keys(): string[] {
    return this.order ? this.order.keys() : [...this.entries_.keys()];
  }

  entries(): [string, Value][] {
    return this.keys().map((key) => [key, this.get(key)]);
  }

  values(): Value[] {
    return this.keys().map((key) => this.get(key));
  }

  isLiteralKey(key: string): boolean {
    return this.entries_.get(key)?.literalKey ?? false;
  }

  /** Copies all of the other's entries into this one. */
  update(other: Dict): void {
    this.order?.merge(other.keys());
    for (const key of other.keys()) this.write(key, other.get(key), other.isLiteralKey(key));
  }

  setDefault(key: string, fallback: Value, literalKey = false): Value {
    if (!this.has(key)) this.write(key, fallback, literalKey);
    return this.get(key);
  }

  shallowCopy(): Dict {
    const copy = new Dict(this.order && KeyOrder.merged(this.order.keys()));
    for (const key of this.keys()) copy.write(key, this.get(key), this.isLiteralKey(key));
    return copy;
  }

  deepCopy(): Dict {
    const copy = new Dict(this.order && KeyOrder.of(this.order.keys()));
    for (const key of this.keys()) copy.write(key, deepCopy(this.get(key)), this.isLiteralKey(key));
    return copy;
  }

  private write(key: string, value: Value, literalKey: boolean): void {
    const entry = this.entries_.get(key);
    if (entry) entry.value = value;
    else this.entries_.set(key, { literalKey, value });
    this.order?.add(key);
  }
}

export const isDict = (value: unknown): value is Dict => value instanceof Dict;

/** The text of a string value, whoever wrote it; undefined for anything else. */
export const textOf = (value: Value): string | undefined => {
  if (typeof value === "string") return value;
  return value instanceof Literal ? value.text : undefined;
};

export const isText = (value: Value): value is string | Literal =>
  typeof value === "string" || value instanceof Literal;

/** A string without the mark of the template's author. */
export const literal = (text: string): Literal => new Literal(text);

export const deepCopy = (value: Value): Value => {
  if (isDict(value)) return value.deepCopy();
  return Array.isArray(value) ? value.map(deepCopy) : value;
};

/** False for null, false, zero and everything empty. */
export const truthy = (value: Value | undefined): boolean => {
  if (value instanceof Literal) return value.text !== "";
  if (value instanceof Decimal) return value.number !== 0;
  if (isDict(value)) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
};

/** The value if it is truthy, else the fallback. */
export const either = (value: Value, fallback: Value): Value => (truthy(value) ? value : fallback);

export const sameValue = (left: Value, right: Value): boolean => {
  const text = textOf(left);
  if (text !== undefined) return text === textOf(right);
  if (isDict(left)) {
    return isDict(right) && left.size === right.size && left.keys().every((key) => sameEntry(left, right, key));
  }
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameValue(item, right[index] ?? null))
    );
  }
  if (left instanceof Decimal) return right instanceof Decimal ? left.number === right.number : left.number === right;
  return right instanceof Decimal ? left === right.number : left === right;
};

const sameEntry = (left: Dict, right: Dict, key: string): boolean =>
  right.has(key) && sameValue(left.get(key), right.get(key));
