import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import { type Asked, ask } from "../../../../test/ask.ts";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { helloOf, lambdaCloud } from "../../lambda/testLambda.ts";

export const FUNCTION = `arn:aws:lambda:us-east-1:${TEST_ACCOUNT}:function:hello`;
export const ECHO =
  "export const handler = async (event) => event.headers.answer ? JSON.parse(event.headers.answer) : event";

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
  const functionOf = helloOf(cloud);
  /** Gives the function its code, and the gateway leave to call it. */
  const hello = async (code: string) => {
    if (await functionOf(code)) await allow();
  };
  const request = (apiId: string, path: string, asked: Asked = {}) =>
    ask(cloud, { host: `${apiId}.execute-api.localhost:4566`, path, ...asked });
  const api = async (
    routeKeys: readonly string[],
    { payloadFormatVersion = "2.0", cors = {} as object, code = ECHO, integration = {} as object } = {},
  ) => {
    await hello(code);
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
  return { ...cloud, apis, allow, hello, request, api };
};

export type ApiCloud = Awaited<ReturnType<typeof apiCloud>>;
