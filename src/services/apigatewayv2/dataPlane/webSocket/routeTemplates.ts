import { noOverrides, type Overrides, type Rendered, renderTemplate } from "../../../../engines/gateway/vtl/render.ts";
import { templateOf } from "../../../../engines/gateway/vtl/templateOf.ts";
import { requestVariables } from "./messageBody.ts";
import { messageOf, type RouteRequest, templateParameters } from "./routeRequest.ts";
import { selectedKey, underKey, type Variables } from "./selectionExpression.ts";

/** What goes to a backend that is no proxy. */
export interface MappedMessage {
  readonly body: string;
  readonly overrides: Overrides;
  readonly isMapped: boolean;
}

/** AWS: where nothing is said of which template it is, it is the default one. */
const DEFAULT_EXPRESSION = "\\$default";

/** The body that an integration's templates make of a message; undefined where it may not pass without one. */
export const mappedMessage = (request: RouteRequest): MappedMessage | undefined => {
  const { requestTemplates, templateSelectionExpression, passthroughBehavior } = request.integration;
  const message = messageOf(request);
  const templates = requestTemplates ?? {};
  const template = chosenTemplate(templates, templateSelectionExpression, requestVariables(message));
  if (template !== undefined) {
    const { text, overrides } = rendered(template, request, message);
    return { body: text, overrides, isMapped: true };
  }
  const hasTemplates = Object.keys(templates).length > 0;
  const isHeld = passthroughBehavior === "NEVER" || (passthroughBehavior === "WHEN_NO_TEMPLATES" && hasTemplates);
  return isHeld ? undefined : { body: message, overrides: noOverrides, isMapped: false };
};

/** The template under the key that an expression makes. */
export const chosenTemplate = (
  templates: Readonly<Record<string, string>>,
  expression: string | undefined,
  variables: Variables,
): string | undefined => underKey(templates, selectedKey(expression ?? DEFAULT_EXPRESSION, variables));

/** Evaluates a template over a message, or over what a backend answered to it. */
export const rendered = (template: string, request: RouteRequest, body: string, earlier?: Overrides): Rendered =>
  renderTemplate(templateOf(template), {
    body,
    ...(earlier ? { earlier } : {}),
    parameters: templateParameters(request),
    context: request.event.requestContext,
    stageVariables: request.table.stage.stageVariables ?? {},
  });
