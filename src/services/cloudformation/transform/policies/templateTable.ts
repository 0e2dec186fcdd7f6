import type { TemplateDefinition } from "./templateNotation.ts";
import { A_TO_D } from "./templatesAToD.ts";
import { E_TO_P } from "./templatesEToP.ts";
import { R_TO_V } from "./templatesRToV.ts";

/** All policy templates by name. https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html */
export const POLICY_TEMPLATES: Readonly<Record<string, TemplateDefinition>> = { ...A_TO_D, ...E_TO_P, ...R_TO_V };

export const isPolicyTemplate = (name: string): boolean => Object.hasOwn(POLICY_TEMPLATES, name);
