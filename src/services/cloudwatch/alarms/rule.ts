import { validationError } from "../errors.ts";
import { MAX_RULE_ALARMS, MAX_RULE_ELEMENTS } from "../limits.ts";
import type { AlarmState } from "../records.ts";

/** A composite alarm's rule. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
export type Rule =
  | { readonly kind: "state"; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "not"; readonly of: Rule }
  | { readonly kind: "and" | "or"; readonly parts: readonly Rule[] }
  | {
      readonly kind: "atLeast";
      readonly count: number;
      readonly isPercent: boolean;
      readonly state: AlarmState;
      readonly isNot: boolean;
      readonly alarms: readonly string[];
    };

const STATES: Readonly<Record<string, AlarmState>> = {
  ALARM: "ALARM",
  OK: "OK",
  INSUFFICIENT_DATA: "INSUFFICIENT_DATA",
};

const TOKEN = /\s*([(),]|"(?:[^"\\]|\\.)*"|[^\s(),"]+)/y;

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  let at = 0;
  while (text.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw invalidRule();
    tokens.push(match[1] ?? "");
    at = TOKEN.lastIndex;
  }
  return tokens;
};

const invalidRule = () => validationError("Error in AlarmRule: the expression is not valid.");

/** Reads a rule. Throws CloudWatch's ValidationError when it is none. */
export const parseRule = (text: string): Rule => {
  const tokens = tokensOf(text);
  if (tokens.length > MAX_RULE_ELEMENTS) throw validationError("AlarmRule must not contain more than 500 elements.");
  const parser = new RuleParser(tokens);
  const rule = parser.whole();
  if (new Set(alarmsIn(rule)).size > MAX_RULE_ALARMS)
    throw validationError(`AlarmRule must not reference more than ${MAX_RULE_ALARMS} alarms.`);
  return rule;
};

class RuleParser {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  whole(): Rule {
    const rule = this.or();
    if (this.at < this.tokens.length) throw invalidRule();
    return rule;
  }

  private take(word: string): boolean {
    if (this.tokens[this.at]?.toUpperCase() !== word) return false;
    this.at++;
    return true;
  }

  private expect(word: string): void {
    if (!this.take(word)) throw invalidRule();
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw invalidRule();
    return token;
  }

  private or(): Rule {
    const parts = [this.and()];
    while (this.take("OR")) parts.push(this.and());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "or", parts };
  }

  private and(): Rule {
    const parts = [this.unary()];
    while (this.take("AND")) parts.push(this.unary());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "and", parts };
  }

  private unary(): Rule {
    if (this.take("NOT")) return { kind: "not", of: this.unary() };
    if (this.take("(")) {
      const inner = this.or();
      this.expect(")");
      return inner;
    }
    if (this.take("TRUE")) return { kind: "constant", value: true };
    if (this.take("FALSE")) return { kind: "constant", value: false };
    if (this.take("AT_LEAST")) return this.atLeast();
    const state = STATES[this.next()];
    if (!state) throw invalidRule();
    this.expect("(");
    const alarm = this.name();
    this.expect(")");
    return { kind: "state", state, alarm };
  }

  private atLeast(): Rule {
    this.expect("(");
    const [, digits, percent] = /^(\d+)(%?)$/.exec(this.next()) ?? [];
    if (digits === undefined) throw invalidRule();
    this.expect(",");
    const isNot = this.take("NOT");
    const state = STATES[this.next()];
    if (!state) throw invalidRule();
    this.expect(",");
    this.expect("(");
    const alarms = [this.name()];
    while (this.take(",")) alarms.push(this.name());
    this.expect(")");
    this.expect(")");
    const count = Number(digits);
    if (count < 1 || (percent === "%" ? count > 100 : count > alarms.length)) throw invalidRule();
    return { kind: "atLeast", count, isPercent: percent === "%", state, isNot, alarms };
  }

  /** A name or an ARN; with quotes it may hold anything. */
  private name(): string {
    const token = this.next();
    if (["(", ")", ","].includes(token)) throw invalidRule();
    return token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, "$1") : token;
  }
}

/** The alarms a rule looks at, by name or ARN, as it names them. */
export const alarmsIn = (rule: Rule): readonly string[] => {
  switch (rule.kind) {
    case "state":
      return [rule.alarm];
    case "not":
      return alarmsIn(rule.of);
    case "and":
    case "or":
      return rule.parts.flatMap(alarmsIn);
    case "atLeast":
      return rule.alarms;
    case "constant":
      return [];
  }
};

/** Whether a rule holds, given each alarm's state. */
export const holds = (rule: Rule, stateOf: (alarm: string) => AlarmState | undefined): boolean => {
  switch (rule.kind) {
    case "state":
      return stateOf(rule.alarm) === rule.state;
    case "constant":
      return rule.value;
    case "not":
      return !holds(rule.of, stateOf);
    case "and":
      return rule.parts.every((part) => holds(part, stateOf));
    case "or":
      return rule.parts.some((part) => holds(part, stateOf));
    case "atLeast": {
      const wanted = rule.isPercent ? Math.ceil((rule.alarms.length * rule.count) / 100) : rule.count;
      return rule.alarms.filter((alarm) => (stateOf(alarm) === rule.state) !== rule.isNot).length >= wanted;
    }
  }
};
