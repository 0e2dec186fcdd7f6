import { createHash } from "node:crypto";
import { scopeText, sign, signingKey } from "./signingKey.ts";

/** A repository's address, and when it is asked for. */
export interface GitAsk {
  /** `20260101T000000`: AWS writes the signed time without its Z. */
  readonly time: string;
  readonly region: string;
  /** Without the port. */
  readonly host: string;
  /** `/v1/repos/NAME` */
  readonly path: string;
}

/** What Git shows to CodeCommit as its password, behind the time: the signature of a request of the method `GIT`. */
export const gitSignature = (secretAccessKey: string, { time, region, host, path }: GitAsk): string => {
  const scope = { date: time.slice(0, 8), region, service: "codecommit" };
  const digest = createHash("sha256").update(`GIT\n${path}\n\nhost:${host}\n\nhost\n`).digest("hex");
  return sign(signingKey(secretAccessKey, scope), ["AWS4-HMAC-SHA256", time, scopeText(scope), digest].join("\n"));
};
