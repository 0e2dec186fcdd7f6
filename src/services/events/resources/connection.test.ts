import {
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  EventBridgeClient,
} from "@aws-sdk/client-eventbridge";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (password: string, rate: number, more = "") => `Resources:
  Partner:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: BASIC
      AuthParameters: {BasicAuthParameters: {Username: ann, Password: ${password}}${more}}
  Orders:
    Type: AWS::Events::ApiDestination
    Properties:
      ConnectionArn: !GetAtt Partner.Arn
      HttpMethod: POST
      InvocationEndpoint: https://partner.example/orders
      InvocationRateLimitPerSecond: ${rate}
Outputs:
  Partner: {Value: !Ref Partner}
  Secret: {Value: !GetAtt Partner.SecretArn}
  Orders: {Value: !Ref Orders}
  OrdersArn: {Value: !GetAtt Orders.Arn}
  ForPolicy: {Value: !GetAtt Orders.ArnForPolicy}
`;

test("connections and API destinations live with their stack", async () => {
  await using cloud = await testCloud();
  const events = cloud.client(EventBridgeClient);
  const stack = stackOf(cloud);
  const { status, outputs } = await stack.create(template("one", 5));
  expect(status).toBe("CREATE_COMPLETE");
  const { Partner = "", Orders = "" } = outputs;
  expect(Partner).toMatch(/^app-Partner-/);
  const partner = () => events.send(new DescribeConnectionCommand({ Name: Partner }));
  const orders = () => events.send(new DescribeApiDestinationCommand({ Name: Orders }));
  expect(await partner()).toMatchObject({ SecretArn: outputs["Secret"], ConnectionState: "AUTHORIZED" });
  expect(await orders()).toMatchObject({ ApiDestinationArn: outputs["OrdersArn"], InvocationRateLimitPerSecond: 5 });
  expect(outputs["OrdersArn"]?.startsWith(`${outputs["ForPolicy"]}/`)).toBe(true);
  expect((await stack.update(template("two", 9))).status).toBe("UPDATE_COMPLETE");
  expect(await orders()).toMatchObject({ InvocationRateLimitPerSecond: 9 });
  expect((await stack.delete()).status).toBe("DELETE_COMPLETE");
  await expect(partner()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a connection to a private API is refused before anything is made", async () => {
  await using cloud = await testCloud();
  const more = ", ConnectivityParameters: {ResourceParameters: {ResourceConfigurationArn: a}}";
  await expect(stackOf(cloud).create(template("one", 5, more))).rejects.toThrow(
    "has not built AWS::Events::Connection AuthParameters.ConnectivityParameters",
  );
});
