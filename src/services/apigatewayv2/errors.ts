import { BadRequestException, ConflictException, NotFoundException } from "@aws-sdk/client-apigatewayv2";

const $metadata = {};

export const notFound = (
  what: "API" | "Route" | "Integration" | "Stage" | "Deployment" | "Authorizer" | "resource",
  id: string,
) => new NotFoundException({ message: `Invalid ${what} identifier specified ${id}`, $metadata });

export const badRequest = (message: string) => new BadRequestException({ message, $metadata });

export const conflict = (message: string) => new ConflictException({ message, $metadata });
