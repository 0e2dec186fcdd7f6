import type { TemporaryCredentials } from "../../kernel/service.ts";

/** A request that is to be signed. */
export interface Unsigned {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | undefined;
}

/** The headers of a request to API Gateway with a signature. The signer is loaded on first use. */
export const signedHeaders = async (
  { url, method, headers, body }: Unsigned,
  { accessKeyId, secretAccessKey, sessionToken }: TemporaryCredentials,
  region: string,
): Promise<Record<string, string>> => {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    import("@smithy/signature-v4"),
    import("@smithy/core/checksum"),
  ]);
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const signer = new SignatureV4({ credentials, region, service: "execute-api", sha256: Sha256 });
  const { headers: signed } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: queryOf(url),
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(",")])),
      host: url.host,
    },
    body,
  });
  // Whoever sends the request names the host by itself.
  const { host: _host, ...others } = signed;
  return others;
};

const queryOf = ({ searchParams }: URL): Record<string, string[]> => {
  const query: Record<string, string[]> = {};
  for (const [name, value] of searchParams) query[name] = [...(query[name] ?? []), value];
  return query;
};
