import { BadRequestException, ConflictException, NotFoundException } from "@aws-sdk/client-apigatewayv2";

const $metadata = {};

/** What an API is made of, as refusals name it. */
export type Part = "Route" | "Integration" | "Stage" | "Deployment" | "Authorizer" | "Model";

export const notFound = (
  what:
    | Part
    | "API"
    | "RouteResponse"
    | "IntegrationResponse"
    | "RequestParameter"
    | "ApiMapping"
    | "VpcLink"
    | "resource",
  id: string,
) => new NotFoundException({ message: `Invalid ${what} identifier specified ${id}`, $metadata });

/** AWS says it in the words of its older API, which has the same domains. */
export const noSuchDomain = () =>
  new NotFoundException({ message: "Invalid domain name identifier specified", $metadata });

export const badRequest = (message: string) => new BadRequestException({ message, $metadata });

export const conflict = (message: string) => new ConflictException({ message, $metadata });
