import { NotImplemented } from "../../../../kernel/errors.ts";
import type { Room } from "../../room.ts";
import type { Authorized } from "../model.ts";
import type { ApiRequest } from "../request.ts";
import { askIam } from "./iamAuthorizer.ts";
import { askJwt } from "./jwtAuthorizer.ts";
import { askAuthorizer } from "./lambdaAuthorizer.ts";

/** What the route's authorizer says of a request. */
export const authorizeRoute = async (room: Room, request: ApiRequest): Promise<Authorized> => {
  const { route, authorizer } = request.match.target;
  const { authorizationType = "NONE" } = route;
  if (authorizationType === "NONE") return OPEN;
  if (authorizationType === "AWS_IAM") return askIam(room, request);
  if (authorizationType === "JWT" && authorizer) return askJwt(room, request, authorizer);
  if (authorizationType === "CUSTOM" && authorizer) return askAuthorizer(room, request, authorizer);
  // A route whose authorizer cannot be asked must not be open instead.
  throw new NotImplemented(`HTTP API authorization of the type ${authorizationType}`);
};

const OPEN: Authorized = { caller: undefined };
