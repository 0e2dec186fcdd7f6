import {
  CreateRestApiCommand,
  CreateVpcLinkCommand,
  DeleteIntegrationCommand,
  DeleteVpcLinkCommand,
  GetVpcLinkCommand,
  GetVpcLinksCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  TestInvokeMethodCommand,
  UpdateVpcLinkCommand,
} from "@aws-sdk/client-api-gateway";
import { describe, expect, test } from "vitest";
import { restApis } from "../testRestApis.ts";

const BALANCER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/inner/0123456789abcdef";

const at = restApis();

const created = (name: string, target = BALANCER) =>
  at.apis.send(new CreateVpcLinkCommand({ name, targetArns: [target] }));

describe("VPC links", () => {
  test("from their making to their end", async () => {
    const { id: vpcLinkId, status } = await created("inner");
    expect(status).toBe("PENDING");
    const ready = { id: vpcLinkId, name: "inner", targetArns: [BALANCER], status: "AVAILABLE" };
    expect(await at.apis.send(new GetVpcLinkCommand({ vpcLinkId }))).toMatchObject({ ...ready, tags: {} });
    expect((await at.apis.send(new GetVpcLinksCommand({}))).items).toMatchObject([ready]);
    const patchOperations = [{ op: "replace" as const, path: "/name", value: "other" }];
    expect(await at.apis.send(new UpdateVpcLinkCommand({ vpcLinkId, patchOperations }))).toMatchObject({
      name: "other",
    });
    await at.apis.send(new DeleteVpcLinkCommand({ vpcLinkId }));
    await expect(at.apis.send(new GetVpcLinkCommand({ vpcLinkId }))).rejects.toMatchObject({
      name: "NotFoundException",
      message: "Invalid Vpc Link identifier specified",
    });
  });

  test("refusals", async () => {
    await expect(created("")).rejects.toThrow("Name cannot be empty");
    await expect(created("inner", "invalid-arn")).rejects.toThrow("Invalid ARN. ARN is not well formed invalid-arn");
  });

  test("an integration keeps its link, and calls through it are refused by name", async () => {
    const { id: vpcLinkId = "" } = await created("inner");
    const { id: restApiId = "", rootResourceId: resourceId = "" } = await at.apis.send(
      new CreateRestApiCommand({ name: "shop" }),
    );
    const method = { restApiId, resourceId, httpMethod: "GET" };
    await at.apis.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
    const link = { connectionType: "VPC_LINK" as const, connectionId: vpcLinkId };
    const to = { type: "HTTP_PROXY" as const, integrationHttpMethod: "GET", uri: "http://inner.example.com" };
    expect(await at.apis.send(new PutIntegrationCommand({ ...method, ...to, ...link }))).toMatchObject(link);
    const { status, body } = await at.apis.send(new TestInvokeMethodCommand(method));
    expect([status, body]).toEqual([501, expect.stringContaining("VPC links")]);
    await expect(at.apis.send(new DeleteVpcLinkCommand({ vpcLinkId }))).rejects.toThrow(
      `is referenced in [GET:${resourceId}:${restApiId}] in format of [Method:Resource:Api]`,
    );
    await at.apis.send(new DeleteIntegrationCommand(method));
    await at.apis.send(new DeleteVpcLinkCommand({ vpcLinkId }));
  });
});
