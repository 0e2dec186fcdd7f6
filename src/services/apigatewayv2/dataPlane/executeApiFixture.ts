import { Readable } from "node:stream";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { createHello, lambdaCloud } from "../../lambda/testLambda.ts";

export const FUNCTION = `arn:aws:lambda:us-east-1:${TEST_ACCOUNT}:function:hello`;
export const ECHO =
  "export const handler = async (event) => event.headers.answer ? JSON.parse(event.headers.answer) : event";

/** What a test asks of an API. */
export interface TestRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly host?: string;
}

/** A cloud whose function `hello` answers with its event, and the means to make APIs in front of it and ask them. */
export const apiCloud = async () => {
  const cloud = await lambdaCloud();
  const apis = cloud.client(ApiGatewayV2Client as never) as ApiGatewayV2Client;
  const allow = (FunctionName = "hello") =>
    cloud.lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: "gateway",
        Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com",
        SourceArn: `arn:aws:execute-api:us-east-1:${TEST_ACCOUNT}:*/*`,
      }),
    );
  const request = async (apiId: string, path: string, asked: TestRequest = {}) => {
    const { method = "GET", headers = {}, body = "", host = `${apiId}.execute-api.localhost:4566` } = asked;
    const [pathOnly = "", rawQuery = ""] = path.split("?");
    const sized: Record<string, string> = body ? { "content-length": String(Buffer.byteLength(body)) } : {};
    const response = await cloud.handler({
      method,
      host,
      path: pathOnly,
      rawQuery,
      headers: { host, "user-agent": "test", ...sized, ...headers },
      body: Readable.from(body ? [Buffer.from(body)] : []),
      remoteAddress: "127.0.0.1",
      signal: new AbortController().signal,
    });
    const text = response.body === undefined ? "" : Buffer.from(response.body as Uint8Array).toString();
    return { ...response, text, json: () => JSON.parse(text) };
  };
  const api = async (
    routeKeys: readonly string[],
    { payloadFormatVersion = "2.0", cors = {} as object, code = ECHO, integration = {} as object } = {},
  ) => {
    await createHello(cloud.lambda, code);
    await allow();
    const { ApiId = "" } = await apis.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP", ...cors }));
    const { IntegrationId } = await apis.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: "AWS_PROXY",
        IntegrationUri: FUNCTION,
        PayloadFormatVersion: payloadFormatVersion,
        ...integration,
      }),
    );
    for (const RouteKey of routeKeys)
      await apis.send(new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` }));
    await apis.send(
      new CreateStageCommand({ ApiId, StageName: "$default", AutoDeploy: true, StageVariables: { color: "red" } }),
    );
    return ApiId;
  };
  return { ...cloud, apis, allow, request, api };
};

export type ApiCloud = Awaited<ReturnType<typeof apiCloud>>;
