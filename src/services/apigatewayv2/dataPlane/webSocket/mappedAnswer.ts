import { bodyAt, requestVariables } from "./messageBody.ts";
import { FAILED, type RouteAnswer } from "./routeAnswer.ts";
import { messageOf, type RouteRequest } from "./routeRequest.ts";
import type { MappedMessage } from "./routeTemplates.ts";
import { chosenTemplate, rendered } from "./routeTemplates.ts";
import { selectedKey, underKey, type Variables } from "./selectionExpression.ts";

/**
 * What an integration response makes of a backend's answer. AWS: without any the answer passes as it is; where there are
 * some, one must be for it.
 */
export const mappedAnswer = (request: RouteRequest, mapped: MappedMessage, answer: RouteAnswer): RouteAnswer => {
  const { responses } = request.route;
  const overridden = mapped.overrides.response.status ?? answer.status;
  if (responses.length === 0) return { ...answer, status: overridden };
  const variables = answerVariables(answer);
  const { integrationResponseSelectionExpression: expression = "${integration.response.statuscode}" } =
    request.integration;
  const table = Object.fromEntries(responses.map((response) => [response.integrationResponseKey ?? "", response]));
  const response = underKey(table, selectedKey(expression, variables));
  if (!response) return FAILED;
  const ofEither: Variables = (name) => variables(name) ?? requestVariables(messageOf(request))(name);
  const template = chosenTemplate(response.responseTemplates ?? {}, response.templateSelectionExpression, ofEither);
  if (template === undefined) return { ...answer, status: overridden };
  const { text, overrides } = rendered(template, request, answer.body ?? "", mapped.overrides);
  return { ...answer, status: overrides.response.status ?? overridden, body: text };
};

/** `integration.response.statuscode`, `integration.response.header.NAME`, `integration.response.body.PATH` */
const answerVariables =
  ({ status, headers, body = "" }: RouteAnswer): Variables =>
  (name) => {
    const [, kind, rest = ""] =
      /^integration\.response\.(statuscode|header|multivalueheader|body)\.?(.*)$/s.exec(name) ?? [];
    if (kind === undefined) return undefined;
    if (kind === "statuscode") return String(status);
    return kind === "body" ? bodyAt(body, rest) : headers[rest.toLowerCase()];
  };
