import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createListener, type Server as Listener, type Socket } from "node:net";
import type { ErrorReport, NextEvent, RuntimeSession } from "./runtimeSession.ts";

/** The Lambda Runtime API for all execution environments of an engine. */
export interface RuntimeApi {
  /** Gives a session its own address. The API's paths are fixed, so the port is what tells environments apart. */
  open(session: RuntimeSession): Promise<RuntimeEndpoint>;
  close(): void;
}

export interface RuntimeEndpoint {
  /** `127.0.0.1:41234`: the variable `AWS_LAMBDA_RUNTIME_API`. */
  readonly authority: string;
  close(): void;
}

/** One HTTP server behind a listener per environment. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export const createRuntimeApi = (): RuntimeApi => {
  const sessions = new WeakMap<Socket, RuntimeSession>();
  const endpoints = new Set<RuntimeEndpoint>();
  // Node would end a connection that waits long for its next event; here that is all a connection does.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
    const session = sessions.get(request.socket);
    if (session) answer(session, request, response);
    else request.socket.destroy();
  });
  return {
    open: async (session) => {
      const sockets = new Set<Socket>();
      const listener = createListener({ noDelay: true }, (socket) => {
        sessions.set(socket, session);
        sockets.add(socket);
        socket.once("close", () => sockets.delete(socket));
        server.emit("connection", socket);
      });
      const authority = await listen(listener);
      const endpoint: RuntimeEndpoint = {
        authority,
        close: () => {
          endpoints.delete(endpoint);
          listener.close();
          for (const socket of sockets) socket.destroy();
        },
      };
      endpoints.add(endpoint);
      return endpoint;
    },
    close: () => {
      for (const endpoint of [...endpoints]) endpoint.close();
    },
  };
};

const listen = (listener: Listener): Promise<string> =>
  new Promise((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(0, "127.0.0.1", () => {
      const address = listener.address();
      if (address && typeof address === "object") resolve(`127.0.0.1:${address.port}`);
      else reject(new Error("the runtime API has no port"));
    });
  });

const EXTENSION_PATHS = /^\/(2020-01-01\/extension\/|2022-07-01\/telemetry|2020-08-15\/logs)/;
const PREFIX = "/2018-06-01/runtime/";
const ACCEPTED = '{"status":"OK"}';

const answer = (session: RuntimeSession, request: IncomingMessage, response: ServerResponse): void => {
  const { method, url = "" } = request;
  response.sendDate = false;
  if (method === "GET" && url === `${PREFIX}invocation/next`) {
    session.next((event) => {
      response.writeHead(200, eventHeaders(event));
      response.end(event.payload);
    });
    return;
  }
  if (EXTENSION_PATHS.test(url)) {
    // Only a process that goes away in the middle of its request ends here.
    session.extensionRequest(request, response).catch(() => request.socket.destroy());
    return;
  }
  const [, requestId, verb] = /^invocation\/([^/]+)\/(response|error)$/.exec(url.slice(PREFIX.length)) ?? [];
  if (method === "POST" && requestId && verb === "response") receiveResponse(session, requestId, request, response);
  else if (method === "POST" && requestId) {
    readReport(request, (report) => {
      if (session.invocationError(requestId, report)) send(response, 202, ACCEPTED);
      else refuseRequestId(response);
    });
  } else if (method === "POST" && url === `${PREFIX}init/error`) {
    readReport(request, (report) => {
      if (session.initError(report)) send(response, 202, ACCEPTED);
      else refuse(response, 403, "InvalidStateTransition", INIT_IS_OVER);
    });
  } else refuse(response, 404, "NotFound", `${method} ${url} is not part of the runtime API`);
};

const eventHeaders = ({ payload, clientContext, ...event }: NextEvent): string[] => [
  "Lambda-Runtime-Aws-Request-Id",
  event.requestId,
  "Lambda-Runtime-Deadline-Ms",
  String(event.deadlineMs),
  "Lambda-Runtime-Invoked-Function-Arn",
  event.invokedFunctionArn,
  "Lambda-Runtime-Trace-Id",
  event.traceId,
  ...(clientContext ? ["Lambda-Runtime-Client-Context", clientContext] : []),
  "Content-Type",
  "application/json",
  "Content-Length",
  String(typeof payload === "string" ? Buffer.byteLength(payload) : payload.length),
];

const receiveResponse = (
  session: RuntimeSession,
  requestId: string,
  request: IncomingMessage,
  response: ServerResponse,
): void => {
  const receiver = session.response(requestId, {
    streaming: request.headers["lambda-runtime-function-response-mode"] === "streaming",
    contentType: request.headers["content-type"] ?? "application/json",
  });
  if (!receiver) {
    request.resume();
    refuseRequestId(response);
    return;
  }
  let fits = true;
  request.on("data", (bytes: Buffer) => {
    if (!fits) return;
    const taken = receiver.chunk(bytes);
    if (typeof taken === "boolean") fits = taken;
    else {
      request.pause();
      void taken.then(() => request.resume());
    }
  });
  request.on("end", () => {
    if (!fits) return refuse(response, 413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size.");
    receiver.end(trailingError(request));
    send(response, 202, ACCEPTED);
  });
};

/** A streaming function that fails half-way says so after its last chunk. */
const trailingError = ({ trailers }: IncomingMessage): ErrorReport | undefined => {
  const errorType = trailers["lambda-runtime-function-error-type"];
  if (errorType === undefined) return undefined;
  return { errorType, payload: Buffer.from(trailers["lambda-runtime-function-error-body"] ?? "", "base64") };
};

const readReport = (request: IncomingMessage, done: (report: ErrorReport) => void): void => {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (bytes: Buffer) => {
    size += bytes.length;
    if (size <= MAX_REPORT_BYTES) chunks.push(bytes);
  });
  request.on("end", () => {
    const payload = Buffer.concat(chunks);
    const header = request.headers["lambda-runtime-function-error-type"];
    done({ errorType: typeof header === "string" ? header : errorTypeIn(payload), payload });
  });
};

const MAX_REPORT_BYTES = 6 * 1024 * 1024;

const errorTypeIn = (payload: Buffer): string => {
  try {
    const { errorType } = JSON.parse(payload.toString());
    return typeof errorType === "string" && errorType ? errorType : "Runtime.Unknown";
  } catch {
    // A custom runtime may describe its error in any words: then it has no type.
    return "Runtime.Unknown";
  }
};

const INIT_IS_OVER =
  "State transition from Running to InitError failed for runtime. Error: State transition is not allowed";

const refuseRequestId = (response: ServerResponse) => refuse(response, 400, "InvalidRequestID", "Invalid request ID");

const refuse = (response: ServerResponse, status: number, errorType: string, errorMessage: string): void =>
  send(response, status, JSON.stringify({ errorMessage, errorType }));

const send = (response: ServerResponse, status: number, document: string): void => {
  response.writeHead(status, [
    "Content-Type",
    "application/json",
    "Content-Length",
    String(Buffer.byteLength(document)),
  ]);
  response.end(document);
};
