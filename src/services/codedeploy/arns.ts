import type { RoomDeps } from "../../kernel/service.ts";

type Place = Pick<RoomDeps, "partition" | "region" | "account">;

const arn = ({ partition, region, account }: Place, resource: string): string =>
  `arn:${partition}:codedeploy:${region}:${account}:${resource}`;

export const applicationArn = (place: Place, name: string): string => arn(place, `application:${name}`);

export const groupArn = (place: Place, application: string, name: string): string =>
  arn(place, `deploymentgroup:${application}/${name}`);

export const configArn = (place: Place, name: string): string => arn(place, `deploymentconfig:${name}`);

export const aliasArn = ({ partition, region, account }: Place, functionName: string, alias: string): string =>
  `arn:${partition}:lambda:${region}:${account}:function:${functionName}:${alias}`;
