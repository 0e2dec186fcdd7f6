import { badRequest, notFound } from "../errors.ts";
import { partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { PART_ID_LENGTH } from "../parts.ts";
import { patched } from "../patch.ts";
import type { ClientCertificateRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** AWS: a year. */
const LIFE_MS = 365 * 86_400_000;

/** Differs: backends are not shown the certificate; so its key is not kept. */
export const generateClientCertificate =
  (room: Room): Operation<"GenerateClientCertificate"> =>
  async (_ctx, input) => {
    const { makeClientCertificate } = await import("../clientCertificate.ts");
    const createdAt = room.clock.now();
    const expiresAt = createdAt + LIFE_MS;
    const certificate: ClientCertificateRecord = {
      ...input,
      id: room.ids.lower(PART_ID_LENGTH),
      pem: await makeClientCertificate(room.ids.hex(16), createdAt, expiresAt),
      createdAt,
      expiresAt,
    };
    room.clientCertificates.put(certificate.id, certificate);
    return certificateView(certificate);
  };

export const getClientCertificate =
  (room: Room): Operation<"GetClientCertificate"> =>
  async (_ctx, { clientCertificateId }) => ({
    tags: {},
    ...certificateView(findCertificate(room, clientCertificateId)),
  });

export const getClientCertificates =
  (room: Room): Operation<"GetClientCertificates"> =>
  async (_ctx, paging) => {
    const { items, ...next } = page(partsOf(room.clientCertificates), paging);
    return { items: items.map(certificateView), ...next };
  };

export const updateClientCertificate =
  (room: Room): Operation<"UpdateClientCertificate"> =>
  async (_ctx, { clientCertificateId, patchOperations }) => {
    const before = findCertificate(room, clientCertificateId);
    const certificate = patched(before, patchOperations, { description: "text" }, { replaceOnly: true });
    room.clientCertificates.put(clientCertificateId, certificate);
    return { tags: {}, ...certificateView(certificate) };
  };

export const deleteClientCertificate =
  (room: Room): Operation<"DeleteClientCertificate"> =>
  async (_ctx, { clientCertificateId }) => {
    findCertificate(room, clientCertificateId);
    for (const api of partsOf(room.restApis)) {
      const user = partsOf(room.stages, api.id).find((stage) => stage.clientCertificateId === clientCertificateId);
      if (user) throw badRequest(`Client certificate is used by stage ${user.stageName} of API ${api.id}`);
    }
    room.clientCertificates.delete(clientCertificateId);
    return {};
  };

export const findCertificate = (
  { clientCertificates }: Pick<Room, "clientCertificates">,
  id: string,
): ClientCertificateRecord => {
  const certificate = clientCertificates.get(id);
  if (!certificate) throw notFound("Client Certificate");
  return certificate;
};

const certificateView = ({ id, pem, createdAt, expiresAt, ...certificate }: ClientCertificateRecord) => ({
  ...certificate,
  clientCertificateId: id,
  pemEncodedCertificate: pem,
  createdDate: new Date(createdAt),
  expirationDate: new Date(expiresAt),
});
