import { javaList, javaText } from "./javaText.ts";
import { Loop } from "./loop.ts";

/**
 * Methods that templates call on their values: Velocity's are Java's, and velocityjs knows but some of them.
 * Each takes the value and the arguments; one that a value has not is left to velocityjs.
 */
type Method<V> = (value: V, ...args: unknown[]) => unknown;

const text = (value: unknown): string => String(value ?? "");

const STRING: Readonly<Record<string, Method<string>>> = {
  charAt: (value, at) => value.charAt(Number(at)),
  concat: (value, other) => value + text(other),
  contains: (value, other) => value.includes(text(other)),
  endsWith: (value, other) => value.endsWith(text(other)),
  equals: (value, other) => value === other,
  equalsIgnoreCase: (value, other) => value.toLowerCase() === text(other).toLowerCase(),
  indexOf: (value, other) => value.indexOf(text(other)),
  isEmpty: (value) => value === "",
  lastIndexOf: (value, other) => value.lastIndexOf(text(other)),
  length: (value) => value.length,
  matches: (value, pattern) => expression(`^(?:${text(pattern)})$`).test(value),
  replace: (value, from, to) => value.replaceAll(text(from), () => text(to)),
  replaceAll: (value, pattern, to) => value.replace(expression(text(pattern), "g"), text(to)),
  replaceFirst: (value, pattern, to) => value.replace(expression(text(pattern)), text(to)),
  split: (value, pattern) => javaList(value.split(expression(text(pattern)))),
  startsWith: (value, other) => value.startsWith(text(other)),
  substring: (value, from, to) => value.substring(Number(from), to === undefined ? undefined : Number(to)),
  toLowerCase: (value) => value.toLowerCase(),
  toUpperCase: (value) => value.toUpperCase(),
  trim: (value) => value.trim(),
};

const LIST: Readonly<Record<string, Method<unknown[]>>> = {
  add: (value, item) => value.push(item) > 0,
  addAll: (value, items) => Array.isArray(items) && value.push(...items) > 0,
  contains: (value, item) => value.includes(item),
  get: (value, at) => value[Number(at)],
  indexOf: (value, item) => value.indexOf(item),
  isEmpty: (value) => value.length === 0,
  remove: (value, at) => value.splice(Number(at), 1)[0],
  set: (value, at, item) => value.splice(Number(at), 1, item)[0],
  size: (value) => value.length,
  toString: (value: unknown[]) => javaText(value),
};

/** Templates that know Java make a number to reach the methods of its class: `$n.parseInt($text)`. */
const NUMBER: Readonly<Record<string, Method<number>>> = {
  compareTo: (value, other) => Math.sign(value - Number(other)),
  doubleValue: (value) => value,
  equals: (value, other) => value === other,
  intValue: (value) => Math.trunc(value),
  longValue: (value) => Math.trunc(value),
  parseDouble: (_value, number) => Number(number),
  parseInt: (_value: number, number: unknown) => Number.parseInt(text(number), 10),
  valueOf: (_value: number, number: unknown) => Number(number),
};

const MAP: Readonly<Record<string, Method<Record<string, unknown>>>> = {
  containsKey: (value, key) => Object.hasOwn(value, text(key)),
  containsValue: (value, item) => Object.values(value).includes(item),
  entrySet: (value) => javaList(Object.entries(value).map(([key, item]) => entry(key, item))),
  get: (value, key) => (Object.hasOwn(value, text(key)) ? value[text(key)] : undefined),
  isEmpty: (value) => Object.keys(value).length === 0,
  keySet: (value) => javaList(Object.keys(value)),
  put: (value, key, item) => {
    const before = value[text(key)];
    value[text(key)] = item;
    return before ?? "";
  },
  putAll: (value, other) => {
    if (typeof other === "object" && other !== null) Object.assign(value, other);
    return "";
  },
  toString: (value: Record<string, unknown>) => javaText(value),
  remove: (value, key) => {
    const before = value[text(key)];
    delete value[text(key)];
    return before;
  },
  size: (value) => Object.keys(value).length,
  values: (value) => javaList(Object.values(value)),
};

const LOOP: Readonly<Record<string, Method<Loop>>> = {
  getCount: ({ count }) => count,
  getIndex: ({ index }) => index,
  getParent: ({ parent }) => parent,
  getTopmost: ({ topmost }) => topmost,
  hasNext: ({ hasNext }) => hasNext,
  isFirst: ({ first }) => first,
  isLast: ({ last }) => last,
};

const entry = (key: string, value: unknown) => ({ key, value, getKey: () => key, getValue: () => value });

/** A pattern of Java's; those of JavaScript differ in corners that templates do not visit. */
const expression = (pattern: string, flags = ""): RegExp => new RegExp(pattern, flags);

/** The method of a value by its name, bound to it; undefined when Java has none of that name. */
export const javaMethod = (value: unknown, name: string): ((...args: unknown[]) => unknown) | undefined => {
  if (typeof value === "string") return bound(STRING, value, name);
  if (typeof value === "number") return bound(NUMBER, value, name);
  if (Array.isArray(value)) return bound(LIST, value, name);
  if (value instanceof Loop) return bound(LOOP, value, name);
  return isMap(value) && !isOwnFunction(value, name) ? bound(MAP, value, name) : undefined;
};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

const bound = <V>(methods: Readonly<Record<string, Method<V>>>, value: V, name: string) => {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method && ((...args: unknown[]) => method(value, ...args));
};

/** `$input.params()` and the like are functions of ours, not entries of a map. */
const isOwnFunction = (value: object, name: string): boolean =>
  Object.hasOwn(value, name) && typeof Reflect.get(value, name) === "function";
