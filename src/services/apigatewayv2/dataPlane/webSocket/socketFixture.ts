import { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";
import { CreateApiCommand, CreateDeploymentCommand, CreateStageCommand } from "@aws-sdk/client-apigatewayv2";
import { WebSocket } from "ws";
import { listen } from "../../../../wire/server.ts";
import { apiCloud } from "../executeApiFixture.ts";

/** A cloud on a port, and the means to make WebSocket APIs, connect to their stage `live` and manage its connections. */
export const socketCloud = async () => {
  const cloud = await apiCloud();
  const server = await listen({ host: "127.0.0.1", port: 0, handler: cloud.handler, upgrade: cloud.upgrade });
  const socketApi = async (more: object = {}) => {
    const named = {
      Name: "chat",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    } as const;
    const { ApiId = "" } = await cloud.apis.send(new CreateApiCommand({ ...named, ...more }));
    return ApiId;
  };
  const deploy = async (ApiId: string) => {
    await cloud.apis.send(new CreateStageCommand({ ApiId, StageName: "live", StageVariables: { color: "red" } }));
    await cloud.apis.send(new CreateDeploymentCommand({ ApiId, StageName: "live" }));
  };
  const connect = async (apiId: string, query = "", headers: Record<string, string> = {}) => {
    const host = `${apiId}.execute-api.localhost:4566`;
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/live${query}`, { headers: { host, ...headers } });
    const refused = new Promise<number>((resolve) => {
      socket.on("unexpected-response", (_request, response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
    });
    const opened = new Promise<undefined>((resolve) => socket.on("open", () => resolve(undefined)));
    const messages: string[] = [];
    let wake = () => {};
    socket.on("message", (data) => {
      messages.push(data.toString());
      wake();
    });
    socket.on("error", () => {});
    const next = async (): Promise<string> => {
      while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return messages.shift() ?? "";
    };
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    return { socket, status: await Promise.race([refused, opened]), next, closed };
  };
  const management = (apiId: string) =>
    new ApiGatewayManagementApiClient({
      region: "us-east-1",
      endpoint: `http://${apiId}.execute-api.localhost:4566/live`,
      credentials: cloud.credentials,
      requestHandler: cloud.requestHandler,
      maxAttempts: 1,
    });
  return {
    ...cloud,
    socketApi,
    deploy,
    connect,
    management,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await cloud[Symbol.asyncDispose]();
    },
  };
};

export type SocketCloud = Awaited<ReturnType<typeof socketCloud>>;
