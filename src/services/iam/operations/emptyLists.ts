import { findUser } from "../find.ts";
import type { Operation, Room } from "../room.ts";

// What these list cannot be made here: the operations that would make it answer NotImplemented. Tools that remove
// a user ask for all of them first, so that a truthful "none" lets them go on.

export const listSSHPublicKeys =
  (room: Room): Operation<"ListSSHPublicKeys"> =>
  async (_ctx, { UserName }) => {
    if (UserName !== undefined) findUser(room, UserName);
    return { SSHPublicKeys: [], IsTruncated: false };
  };

export const listSigningCertificates =
  (room: Room): Operation<"ListSigningCertificates"> =>
  async (_ctx, { UserName }) => {
    if (UserName !== undefined) findUser(room, UserName);
    return { Certificates: [], IsTruncated: false };
  };

export const listServerCertificates = (): Operation<"ListServerCertificates"> => async () => ({
  ServerCertificateMetadataList: [],
  IsTruncated: false,
});

export const listSAMLProviders = (): Operation<"ListSAMLProviders"> => async () => ({ SAMLProviderList: [] });
