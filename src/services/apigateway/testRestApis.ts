import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { afterEach, beforeEach } from "vitest";
import { type TestCloud, testCloud } from "../../../test/harness.ts";

/** A cloud made anew for each test of a file, and a client of its REST APIs. */
export const restApis = () => {
  let cloud: TestCloud;
  let apis: APIGatewayClient;
  beforeEach(async () => {
    cloud = await testCloud();
    apis = cloud.client(APIGatewayClient as never) as APIGatewayClient;
  });
  afterEach(() => cloud[Symbol.asyncDispose]());
  return {
    get cloud() {
      return cloud;
    },
    get apis() {
      return apis;
    },
  };
};
