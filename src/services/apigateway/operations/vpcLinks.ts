import { parseArn } from "../../../kernel/arn.ts";
import { badRequest, notFound } from "../errors.ts";
import { partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { PART_ID_LENGTH } from "../parts.ts";
import { patched } from "../patch.ts";
import type { VpcLinkRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { withoutEmpty } from "../views.ts";

/** Differs: there are no load balancers here, so any ARN that is one will do, and the link is ready at once. */
export const createVpcLink =
  (room: Room): Operation<"CreateVpcLink"> =>
  async (_ctx, input) => {
    const link: VpcLinkRecord = {
      ...input,
      id: room.ids.lower(PART_ID_LENGTH),
      status: "AVAILABLE",
      statusMessage: "Your vpc link is ready for use",
    };
    checkLink(link);
    room.vpcLinks.put(link.id, link);
    const { statusMessage: _, ...shown } = link;
    return { ...withoutEmpty(shown), status: "PENDING" };
  };

const checkLink = ({ name = "", targetArns = [] }: VpcLinkRecord): void => {
  if (name === "") throw badRequest("Name cannot be empty");
  for (const arn of targetArns) {
    if (!parseArn(arn)) throw badRequest(`Invalid ARN. ARN is not well formed ${arn}`);
  }
};

export const getVpcLink =
  (room: Room): Operation<"GetVpcLink"> =>
  async (_ctx, { vpcLinkId }) => ({ tags: {}, ...findLink(room, vpcLinkId) });

export const getVpcLinks =
  (room: Room): Operation<"GetVpcLinks"> =>
  async (_ctx, paging) => {
    const { items, ...next } = page(partsOf(room.vpcLinks), paging);
    return { items: items.map(withoutEmpty), ...next };
  };

export const updateVpcLink =
  (room: Room): Operation<"UpdateVpcLink"> =>
  async (_ctx, { vpcLinkId, patchOperations }) => {
    const before = findLink(room, vpcLinkId);
    const link = patched(before, patchOperations, { name: "text", description: "text" }, { replaceOnly: true });
    checkLink(link);
    room.vpcLinks.put(vpcLinkId, link);
    return { tags: {}, ...link };
  };

export const deleteVpcLink =
  (room: Room): Operation<"DeleteVpcLink"> =>
  async (_ctx, { vpcLinkId }) => {
    findLink(room, vpcLinkId);
    const users = usersOf(room, vpcLinkId);
    if (users.length > 0) {
      const named = `[${users.join(", ")}] in format of [Method:Resource:Api]`;
      throw badRequest(`Cannot delete vpc link. Vpc link '${vpcLinkId}', is referenced in ${named}`);
    }
    room.vpcLinks.delete(vpcLinkId);
    return {};
  };

const usersOf = (room: Room, linkId: string): string[] =>
  partsOf(room.restApis).flatMap((api) =>
    partsOf(room.methods, api.id)
      .filter(({ methodIntegration }) => methodIntegration?.connectionId === linkId)
      .map(({ httpMethod, resourceId }) => `${httpMethod}:${resourceId}:${api.id}`),
  );

export const findLink = ({ vpcLinks }: Pick<Room, "vpcLinks">, id: string): VpcLinkRecord => {
  const link = vpcLinks.get(id);
  if (!link) throw notFound("Vpc Link");
  return link;
};
