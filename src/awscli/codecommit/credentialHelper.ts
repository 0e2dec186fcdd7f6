import { gitSignature } from "../../wire/signature/gitSignature.ts";
import { basicTime } from "../../wire/signature/time.ts";
import type { CommandLine } from "../commandLine.ts";
import { EXIT } from "../io.ts";

/**
 * `aws codecommit credential-helper get`: tells Git, which says on the standard input what it wants to open, a user name
 * and a password that is a signature: https://git-scm.com/docs/gitcredentials#_custom_helpers
 */
export const credentialHelper = async ({ words, globals, io }: CommandLine): Promise<number> => {
  // AWS: what Git would have kept or forgotten is nothing, for each signature is new.
  if (words.find((word) => !word.startsWith("--")) !== "get") return EXIT.ok;
  const asked = new Map((await io.stdin()).toString().split("\n").map(pairOf));
  const host = (asked.get("host") ?? "").replace(/:\d+$/, "");
  if (!OWN_HOST.test(host) && !words.includes("--ignore-host-check")) return EXIT.ok;
  const { CodeCommitClient } = await import("@aws-sdk/client-codecommit");
  const region = REGION.exec(host)?.[1] ?? globals.region ?? "us-east-1";
  const client = new CodeCommitClient({
    region,
    ...(globals.profile ? { profile: globals.profile } : {}),
    ...io.clientConfig,
  });
  const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
  const time = basicTime(io.now()).slice(0, -1);
  const signature = gitSignature(secretAccessKey, { time, region, host, path: `/${asked.get("path") ?? ""}` });
  const user = sessionToken === undefined ? accessKeyId : `${accessKeyId}%${sessionToken}`;
  io.out(`username=${user}\npassword=${time}Z${signature}\n\n`);
  return EXIT.ok;
};

/** AWS's own, and this cloud's. */
const OWN_HOST = /amazon(?:aws)?\.com|^git-codecommit\..*\.localhost$/;
const REGION = /^(?:vpce-.+\.)?git-codecommit(?:-fips)?\.([^.]+)\./;

const pairOf = (line: string): readonly [string, string] => {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
};
