import { conflict, notFound } from "../errors.ts";
import { partsOf } from "../find.ts";
import { page } from "../paging.ts";
import type { VpcLinkRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, raised } from "../spelling.ts";

const ID_LENGTH = 6;

/** Differs: there are no networks here, so any subnets will do, and the link is ready at once. */
export const createVpcLink =
  (room: Room): Operation<"CreateVpcLink"> =>
  async (_ctx, input) => {
    const link: VpcLinkRecord = {
      securityGroupIds: [],
      tags: {},
      ...lowered(input),
      name: input.Name,
      vpcLinkId: room.ids.lower(ID_LENGTH),
      vpcLinkStatus: "AVAILABLE",
      vpcLinkStatusMessage: "VPC link is ready to route traffic",
      vpcLinkVersion: "V2",
      createdAt: room.clock.now(),
    };
    room.vpcLinks.put(link.vpcLinkId, link);
    return {
      ...linkView(link),
      VpcLinkStatus: "PENDING",
      VpcLinkStatusMessage: "VPC link is provisioning ENIs",
    };
  };

export const getVpcLink =
  (room: Room): Operation<"GetVpcLink"> =>
  async (_ctx, { VpcLinkId }) =>
    linkView(findLink(room, VpcLinkId));

export const getVpcLinks =
  (room: Room): Operation<"GetVpcLinks"> =>
  async (_ctx, { NextToken, MaxResults }) => {
    const all = [...room.vpcLinks.range()].map(({ value }) => value);
    const { items, nextToken } = page(all, NextToken, MaxResults);
    return { Items: items.map(linkView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateVpcLink =
  (room: Room): Operation<"UpdateVpcLink"> =>
  async (_ctx, { VpcLinkId, ...input }) => {
    const link: VpcLinkRecord = { ...findLink(room, VpcLinkId), ...lowered(input) };
    room.vpcLinks.put(VpcLinkId, link);
    return linkView(link);
  };

export const deleteVpcLink =
  (room: Room): Operation<"DeleteVpcLink"> =>
  async (_ctx, { VpcLinkId }) => {
    findLink(room, VpcLinkId);
    const apis = [...room.apis.range()].map(({ value }) => value.apiId);
    const users = apis.filter((id) => partsOf(room.integrations, id).some((one) => one.connectionId === VpcLinkId));
    if (users.length > 0) {
      throw conflict(
        `Cannot delete VPC link '${VpcLinkId}'. Referenced by integrations of API(s): ${users.join(", ")}`,
      );
    }
    room.vpcLinks.delete(VpcLinkId);
    return {};
  };

export const findLink = ({ vpcLinks }: Pick<Room, "vpcLinks">, id: string): VpcLinkRecord => {
  const link = vpcLinks.get(id);
  if (!link) throw notFound("VpcLink", id);
  return link;
};

const linkView = ({ createdAt, ...link }: VpcLinkRecord) => ({
  ...raised(link),
  SecurityGroupIds: [...link.securityGroupIds],
  SubnetIds: [...link.subnetIds],
  CreatedDate: new Date(createdAt),
});
