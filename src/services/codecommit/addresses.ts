import { codeCommitUrl } from "../../kernel/gitHost.ts";
import type { Room } from "./room.ts";

/**
 * Differs: the address is this cloud's, `http://git-codecommit.REGION.localhost:PORT/v1/repos/NAME`, so that Git and the
 * passwords it sends come here. AWS's own address leads here as well where the cloud is the client's proxy.
 */
export const cloneUrlHttp = ({ deps }: Pick<Room, "deps">, name: string): string =>
  codeCommitUrl(deps.endpoint(), deps.region, name);

/** As AWS writes it; nothing here answers to SSH. */
export const cloneUrlSsh = ({ deps }: Pick<Room, "deps">, name: string): string =>
  `ssh://git-codecommit.${deps.region}.amazonaws.com/v1/repos/${name}`;
