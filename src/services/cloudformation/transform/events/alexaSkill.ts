import { optional, TEXT } from "../properties.ts";
import type { EventType } from "./eventSource.ts";
import { invokePermission } from "./permission.ts";

/** `AlexaSkill`: lets an Alexa skill invoke the function. */
export const alexaSkill: EventType = {
  properties: { SkillId: optional(TEXT) },
  generate: (source, target) => [
    invokePermission(source, target, {
      principal: "alexa-appkit.amazon.com",
      eventSourceToken: source.properties.get("SkillId"),
    }),
  ],
};
