import type { Clock } from "../../kernel/clock.ts";
import type { ConnectionSecret } from "./secret.ts";
import { type TokenQuestion, tokenIn, tokenQuestion } from "./token.ts";

/** The tokens that OAuth connections have by now, by connection. */
export interface Tokens {
  /** The token to show: the one at hand while it is good, else a new one. */
  of(connectionArn: string, secret: ConnectionSecret, signal: AbortSignal): Promise<string>;
  /** A new token, whatever is at hand. */
  fresh(connectionArn: string, secret: ConnectionSecret, signal: AbortSignal): Promise<string>;
  drop(connectionArn: string): void;
}

/** How long a token is taken for good that does not say so itself. */
const LIFE_SECONDS = 3600;

/** Asks whom a question names. */
export type AskHttp = (question: TokenQuestion, signal: AbortSignal) => Promise<Response>;

export const createTokens = ({ clock }: { readonly clock: Clock }, ask: AskHttp): Tokens => {
  const known = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  const fresh: Tokens["fresh"] = async (connectionArn, secret, signal) => {
    const answer = await ask(tokenQuestion(secret), signal);
    if (!answer.ok) {
      await answer.arrayBuffer();
      throw new Error(`The authorization endpoint answered ${answer.status}.`);
    }
    const { value, seconds = LIFE_SECONDS } = tokenIn(await answer.json());
    known.set(connectionArn, { value, expiresAt: clock.now() + seconds * 1000 });
    return value;
  };
  return {
    fresh,
    of: async (connectionArn, secret, signal) => {
      const token = known.get(connectionArn);
      return token && token.expiresAt > clock.now() ? token.value : fresh(connectionArn, secret, signal);
    },
    drop: (connectionArn) => void known.delete(connectionArn),
  };
};
