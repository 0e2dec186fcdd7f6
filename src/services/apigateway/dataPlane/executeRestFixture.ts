import { APIGatewayClient, CreateDeploymentCommand, ImportRestApiCommand } from "@aws-sdk/client-api-gateway";
import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import { type Asked, ask } from "../../../../test/ask.ts";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { helloOf, lambdaCloud } from "../../lambda/testLambda.ts";

export const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${TEST_ACCOUNT}:function:hello/invocations`;
const ECHO = `export const handler = async (event) => {
  if (event.authorizationToken === "broken") throw new Error("Unauthorized");
  if (event.type) return { principalId: "me", context: { tier: 1 }, policyDocument: { Statement: [
    { Effect: event.authorizationToken === "bad" ? "Deny" : "Allow", Action: "execute-api:Invoke", Resource: event.methodArn },
  ] } };
  return event.headers.answer ? JSON.parse(event.headers.answer) : { body: JSON.stringify(event) };
}`;

export const lambda = { "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri } };

/** A cloud with a function, and the means to make REST APIs of documents and ask them. */
export const restCloud = async () => {
  const cloud = await lambdaCloud();
  const apis = cloud.client(APIGatewayClient as never) as APIGatewayClient;
  const hello = helloOf(cloud);
  const request = (apiId: string, path: string, asked: Asked = {}) =>
    ask(cloud, { host: `${apiId}.execute-api.localhost:4566`, path, ...asked });
  /** An API of a document's paths, deployed to the stage `prod`. */
  const api = async (paths: object, more: object = {}, { allowed = true, code = ECHO } = {}) => {
    const isNew = await hello(code);
    if (allowed && isNew) {
      await cloud.lambda.send(
        new AddPermissionCommand({
          FunctionName: "hello",
          StatementId: "gateway",
          Action: "lambda:InvokeFunction",
          Principal: "apigateway.amazonaws.com",
          SourceArn: `arn:aws:execute-api:us-east-1:${TEST_ACCOUNT}:*/*`,
        }),
      );
    }
    const body = Buffer.from(JSON.stringify({ swagger: "2.0", info: { title: "shop", version: "1" }, paths, ...more }));
    const { id: restApiId = "" } = await apis.send(new ImportRestApiCommand({ body }));
    const variables = { color: "red" };
    const { id } = await apis.send(new CreateDeploymentCommand({ restApiId, stageName: "prod", variables }));
    return { restApiId, deploymentId: id };
  };
  return { ...cloud, apis, request, api };
};

export type RestCloud = Awaited<ReturnType<typeof restCloud>>;
