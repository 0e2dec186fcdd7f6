import { HttpRequest } from "@smithy/core/protocols";
import type { RequestPresigner } from "@smithy/types";
import type { CommandLine } from "../commandLine.ts";
import { CliError, EXIT, usageError } from "../io.ts";
import { parseS3Options } from "./options.ts";
import { s3PlaceOf } from "./uri.ts";

/** `aws s3 presign`: an address under which an object can be read for a while, by whoever has it. */
export const presign = async ({ words, globals, io }: CommandLine): Promise<number> => {
  const options = parseS3Options(words);
  const [word] = options.positional;
  if (word === undefined) throw usageError("the following arguments are required: path");
  const { bucket, key } = s3PlaceOf(word);
  const { GetObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({
    region: globals.region ?? "us-east-1",
    ...(globals.endpointUrl ? { endpoint: globals.endpointUrl } : {}),
    ...(globals.profile ? { profile: globals.profile } : {}),
    ...io.clientConfig,
  });
  const expiresIn = Number(options.text("expires-in") ?? DEFAULT_SECONDS);
  const addresses: string[] = [];
  // The SDK prepares the request, endpoint and all; just before it would be signed and sent, it is signed as an address.
  client.middlewareStack.addRelativeTo(
    () =>
      async ({ request }: { readonly request: unknown }) => {
        const signer = await client.config.signer();
        if (!canPresign(signer) || !HttpRequest.isInstance(request)) throw new CliError("the address cannot be signed");
        const headers = {
          host: request.headers["host"] ?? request.hostname,
          "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
        };
        const bare = new HttpRequest({ ...request, headers, query: {}, body: undefined });
        addresses.push(addressOf(await signer.presign(bare, { expiresIn, signingDate: new Date(io.now()) })));
        return { output: { $metadata: {} }, response: {} };
      },
    { relation: "before", toMiddleware: "httpSigningMiddleware", name: "presignInstead" },
  );
  await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  for (const address of addresses) io.out(`${address}\n`);
  return EXIT.ok;
};

/** As long as the AWS CLI's. */
const DEFAULT_SECONDS = 3600;

const canPresign = (signer: object): signer is RequestPresigner => "presign" in signer;

const addressOf = ({
  protocol,
  hostname,
  port,
  path,
  query,
}: Awaited<ReturnType<RequestPresigner["presign"]>>): string => {
  const pairs = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `${protocol}//${hostname}${port ? `:${port}` : ""}${path}?${pairs.join("&")}`;
};
