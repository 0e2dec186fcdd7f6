import { expect, test } from "vitest";
import { unbuiltIn, unbuiltSentence } from "./unbuilt.ts";

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
  Function: {Type: AWS::Serverless::Function, Properties: {Handler: index.handler}}
  Given: {Type: Custom::Thing}
  Fleet: {Type: AWS::GameLift::Fleet}
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, EndpointConfiguration: {VpcEndpointIds: [vpce-1]}}}
`;

test("types and properties that are not built are told, each with its resource", async () => {
  expect((await unbuiltIn(TEMPLATE)).map(unbuiltSentence)).toEqual([
    "Fleet is of type AWS::GameLift::Fleet, which aloft has not built yet",
    "Api sets EndpointConfiguration.VpcEndpointIds of AWS::ApiGateway::RestApi, which aloft has not built yet",
  ]);
});
