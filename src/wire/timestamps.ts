import { serializationError } from "./errors.ts";
import type { TimestampFormat } from "./schema.ts";

/** A date as a protocol writes it: a number for epoch seconds, text otherwise. */
export const formatTimestamp = (date: Date, format: TimestampFormat): string | number => {
  switch (format) {
    case "epoch-seconds":
      return date.getTime() / 1000;
    case "http-date":
      return date.toUTCString();
    case "date-time":
      return date.toISOString();
  }
};

/** A date in any of the forms a protocol may send. */
export const parseTimestamp = (value: unknown): Date => {
  const seconds = typeof value === "number" ? value : NUMBER.test(String(value)) ? Number(value) : undefined;
  const date = new Date(seconds === undefined ? String(value) : seconds * 1000);
  if (Number.isNaN(date.getTime())) throw serializationError(`${String(value)} is not a timestamp.`);
  return date;
};

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
