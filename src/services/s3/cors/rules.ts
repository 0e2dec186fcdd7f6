import type { CorsDocument } from "../configurations.ts";

/** A request from another origin, or the question whether it would be allowed. */
export interface CrossOrigin {
  readonly origin: string;
  readonly method: string;
  /** Names of headers it will send. */
  readonly headers: readonly string[];
}

type CorsRule = CorsDocument["CORSRules"][number];

/** The first rule that allows a request. https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html */
export const corsRuleFor = (cors: CorsDocument, { origin, method, headers }: CrossOrigin): CorsRule | undefined =>
  cors.CORSRules.find(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders = [] }) =>
      AllowedMethods.includes(method) &&
      AllowedOrigins.some((allowed) => matches(allowed, origin)) &&
      headers.every((name) => AllowedHeaders.some((allowed) => matches(allowed.toLowerCase(), name.toLowerCase()))),
  );

/** What tells the browser that a rule allows the request. */
export const corsHeaders = (rule: CorsRule, { origin }: CrossOrigin): Readonly<Record<string, string>> => {
  const isOpen = rule.AllowedOrigins.includes("*");
  return {
    "access-control-allow-origin": isOpen ? "*" : origin,
    "access-control-allow-methods": rule.AllowedMethods.join(", "),
    // AWS: credentials only where an origin is named.
    ...(isOpen ? {} : { "access-control-allow-credentials": "true" }),
    ...(rule.ExposeHeaders?.length ? { "access-control-expose-headers": rule.ExposeHeaders.join(", ") } : {}),
    ...(rule.MaxAgeSeconds === undefined ? {} : { "access-control-max-age": String(rule.MaxAgeSeconds) }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
};

/** One `*` stands for any characters. */
const matches = (pattern: string, text: string): boolean => {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
};
