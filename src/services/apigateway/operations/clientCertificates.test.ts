import { X509Certificate } from "node:crypto";
import {
  DeleteClientCertificateCommand,
  GenerateClientCertificateCommand,
  GetClientCertificateCommand,
  GetClientCertificatesCommand,
  TagResourceCommand,
  UpdateClientCertificateCommand,
} from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { restApis } from "../testRestApis.ts";

const at = restApis();

test("a client certificate is a real one that signs itself, good for a year", async () => {
  const made = await at.apis.send(new GenerateClientCertificateCommand({ description: "to backends" }));
  const certificate = new X509Certificate(made.pemEncodedCertificate ?? "");
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toContain("CN=ApiGateway");
  expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBe(365 * 86_400_000);
  const { clientCertificateId = "" } = made;
  const resourceArn = `arn:aws:apigateway:us-east-1::/clientcertificates/${clientCertificateId}`;
  await at.apis.send(new TagResourceCommand({ resourceArn, tags: { team: "web" } }));
  const patchOperations = [{ op: "replace" as const, path: "/description", value: "to all" }];
  await at.apis.send(new UpdateClientCertificateCommand({ clientCertificateId, patchOperations }));
  const kept = { ...made, description: "to all", tags: { team: "web" }, $metadata: expect.anything() };
  expect(await at.apis.send(new GetClientCertificateCommand({ clientCertificateId }))).toEqual(kept);
  expect((await at.apis.send(new GetClientCertificatesCommand({}))).items).toMatchObject([{ clientCertificateId }]);
});

test("one that is gone, or never was", async () => {
  const { clientCertificateId } = await at.apis.send(new GenerateClientCertificateCommand({}));
  await at.apis.send(new DeleteClientCertificateCommand({ clientCertificateId }));
  await expect(at.apis.send(new DeleteClientCertificateCommand({ clientCertificateId }))).rejects.toMatchObject({
    name: "NotFoundException",
    message: "Invalid Client Certificate identifier specified",
  });
});
