import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Cloud } from "../src/index.ts";

/** The address of a one-time link to the console, asked for as `aloft open` does. */
export const consoleLinkOf = async ({ endpoint, credentials, region }: Cloud): Promise<string> => {
  const { hostname, port, host } = new URL(endpoint);
  const signer = new SignatureV4({ credentials, region, service: "sts", sha256: Sha256 });
  const path = "/_aloft/console-link";
  const request = { method: "POST", protocol: "http:", hostname, port: Number(port), path, headers: { host } };
  const { headers } = await signer.sign(request);
  const answer = (await (await fetch(`${endpoint}${path}`, { method: "POST", headers })).json()) as { path: string };
  return `${endpoint}${answer.path}`;
};
