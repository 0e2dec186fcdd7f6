import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { CliError } from "./failure.ts";
import { type RunningCloud, readCredentials } from "./settings.ts";

/** Calls one of the cloud's own doors, signed as the root like any call. */
export const callControl = async (
  running: RunningCloud,
  state: string,
  method: string,
  path: string,
): Promise<unknown> => {
  const credentials = readCredentials(state);
  if (!credentials) throw new CliError(`${state} holds no credentials.`, "aloft start");
  const { hostname, port } = new URL(running.endpoint);
  const signer = new SignatureV4({ credentials, region: running.region, service: "sts", sha256: Sha256 });
  const [pathname = "", query = ""] = path.split("?");
  const signed = await signer.sign({
    method,
    protocol: "http:",
    hostname,
    port: Number(port),
    path: pathname,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: { host: `${hostname}:${port}` },
  });
  const response = await fetch(`${running.endpoint}${path}`, { method, headers: signed.headers });
  const text = await response.text();
  if (!response.ok)
    throw new CliError(refusalIn(text) ?? `${path} answered ${response.status}: ${text}`, "aloft status");
  return text === "" ? undefined : JSON.parse(text);
};

/** The door's own words, where it has any. */
const refusalIn = (text: string): string | undefined => {
  try {
    const answer: unknown = JSON.parse(text);
    const said = typeof answer === "object" && answer !== null && "message" in answer ? answer.message : undefined;
    return typeof said === "string" ? said : undefined;
  } catch {
    // Not one of the door's answers.
    return undefined;
  }
};
