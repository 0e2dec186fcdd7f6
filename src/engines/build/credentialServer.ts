import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Ids } from "../../kernel/ids.ts";
import type { TemporaryCredentials } from "../../kernel/service.ts";

/** Serves roles' credentials to child processes, the way containers get them: fresh ones whenever an SDK asks. */
export interface CredentialServer extends AsyncDisposable {
  /** Gives the environment by which SDKs find the credentials that `issue` makes, until `release`. */
  grant(issue: () => TemporaryCredentials): Promise<CredentialGrant>;
}

export interface CredentialGrant {
  readonly environment: Readonly<Record<string, string>>;
  /** What of the environment no log may show. */
  readonly secrets: readonly string[];
  release(): void;
}

/**
 * One server for all children, on a port of its own on the loopback interface. Who asks must bring its token, which only the
 * child's environment holds.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export const createCredentialServer = (ids: Ids): CredentialServer => {
  const issuers = new Map<string, () => TemporaryCredentials>();
  let listening: Promise<{ readonly server: Server; readonly port: number }> | undefined;
  const listen = () => {
    listening ??= startServer((request, response) => answer(issuers, request, response));
    return listening;
  };
  return {
    grant: async (issue) => {
      const { port } = await listen();
      const token = ids.hex(64);
      issuers.set(token, issue);
      return {
        environment: {
          AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/credentials`,
          AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
          AWS_EC2_METADATA_DISABLED: "true",
        },
        secrets: [token],
        release: () => issuers.delete(token),
      };
    },
    [Symbol.asyncDispose]: async () => {
      const started = await listening;
      started?.server.closeAllConnections();
      await new Promise<void>((resolve) => (started ? started.server.close(() => resolve()) : resolve()));
    },
  };
};

const startServer = (handle: (request: IncomingMessage, response: ServerResponse) => void) =>
  new Promise<{ readonly server: Server; readonly port: number }>((resolve, reject) => {
    const server = createServer(handle);
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve({ server, port: address.port });
    });
    server.unref();
  });

const answer = (
  issuers: ReadonlyMap<string, () => TemporaryCredentials>,
  request: IncomingMessage,
  response: ServerResponse,
): void => {
  const issue = issuers.get(request.headers.authorization ?? "");
  const send = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (!issue || request.url !== "/credentials")
    return void send(403, { code: "AccessDenied", message: "Unknown token" });
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = issue();
  send(200, {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: new Date(expiration).toISOString(),
  });
};
