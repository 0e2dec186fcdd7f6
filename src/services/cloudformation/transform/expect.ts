import { InvalidEvent, InvalidResource, type SamError } from "./errors.ts";
import { type Dict, isDict, textOf, type Value } from "./values/value.ts";

/** Whose property is examined, which decides how the finding is worded. */
export interface Subject {
  readonly id: string;
  readonly kind: "resource" | "attribute" | "event";
}

export const resource = (id: string): Subject => ({ id, kind: "resource" });
export const attributeOf = (id: string): Subject => ({ id, kind: "attribute" });
export const event = (id: string): Subject => ({ id, kind: "event" });

export const expectMap = (value: Value, subject: Subject, path: string, message?: string): Dict => {
  if (isDict(value)) return value;
  throw wrongType(subject, path, "map", message);
};

export const expectList = (value: Value, subject: Subject, path: string, message?: string): Value[] => {
  if (Array.isArray(value)) return value;
  throw wrongType(subject, path, "list", message);
};

export const expectString = (value: Value, subject: Subject, path: string, message?: string): string => {
  const text = textOf(value);
  if (text !== undefined) return text;
  throw wrongType(subject, path, "string", message);
};

export const expectStrings = (value: Value, subject: Subject, path: string): string[] =>
  expectList(value, subject, path).map((item, index) => expectString(item, subject, `${path}[${index}]`));

export const expectBoolean = (value: Value, subject: Subject, path: string): boolean => {
  if (typeof value === "boolean") return value;
  throw wrongType(subject, path, "boolean");
};

export const expectPresent = (value: Value, subject: Subject, path: string, message?: string): Value => {
  if (value !== null) return value;
  const problem = message ?? `Property '${path}' is required.`;
  throw subject.kind === "event" ? new InvalidEvent(subject.id, problem) : new InvalidResource(subject.id, problem);
};

const wrongType = (subject: Subject, path: string, type: string, message?: string): SamError => {
  const noun = subject.kind === "attribute" ? "Attribute" : "Property";
  const problem = message ?? `${noun} '${path}' should be a ${type}.`;
  return subject.kind === "event" ? new InvalidEvent(subject.id, problem) : new InvalidResource(subject.id, problem);
};
