import type { Context } from "../context.ts";
import { InvalidEvent } from "../errors.ts";
import { expectMap, resource as resourceSubject } from "../expect.ts";
import { getAtt } from "../intrinsics.ts";
import { listOf, oneOf, required, strict, TEXT } from "../properties.ts";
import { shown } from "../values/text.ts";
import { type Dict, isDict, textOf } from "../values/value.ts";
import { editedResource, mapUnder, referredResource } from "./editedResource.ts";
import type { EventSource, EventTarget, EventType } from "./eventSource.ts";
import { invokePermission } from "./permission.ts";

/** `Cognito`: triggers of a user pool in the same template. */
export const cognito: EventType = {
  properties: { UserPool: required(TEXT), Trigger: strict(oneOf(TEXT, listOf(TEXT)), true) },
  link: (source, context) => {
    userPoolOf(source, context);
  },
  generate: (source, target, context) => {
    const { logicalId, resource } = userPoolOf(source, context);
    const permission = invokePermission(source, target, {
      principal: "cognito-idp.amazonaws.com",
      sourceArn: getAtt(logicalId, "Arn"),
      prefix: `${target.resource.logicalId}Cognito`,
    });
    addTriggers(resource, logicalId, source, target);
    return [permission, editedResource(logicalId, resource, "AWS::Cognito::UserPool", USER_POOL_PROPERTIES)];
  },
};

const userPoolOf = (source: EventSource, context: Context): { readonly logicalId: string; readonly resource: Dict } => {
  const found = referredResource(
    source.properties.get("UserPool"),
    context,
    () => new InvalidEvent(source.logicalId, "Ref in Userpool is not a string."),
  );
  if (found && isDict(found.resource)) return { logicalId: found.logicalId, resource: found.resource };
  throw new InvalidEvent(source.eventId, "Cognito events must reference a Cognito UserPool in the same template.");
};

const addTriggers = (pool: Dict, poolId: string, source: EventSource, target: EventTarget): void => {
  const properties = mapUnder(pool, "Properties");
  if (!isDict(properties)) return;
  const config = expectMap(mapUnder(properties, "LambdaConfig"), resourceSubject(poolId), "LambdaConfig");
  const triggers = source.properties.get("Trigger");
  for (const trigger of Array.isArray(triggers) ? triggers : [triggers]) {
    const name = textOf(trigger) ?? "";
    if (config.has(name)) {
      throw new InvalidEvent(source.eventId, `Cognito trigger "${shown(triggers)}" defined multiple times.`);
    }
    config.set(name, target.arn);
  }
};

const USER_POOL_PROPERTIES = new Set(
  `
    AccountRecoverySetting AdminCreateUserConfig AliasAttributes AutoVerifiedAttributes DeletionProtection
    DeviceConfiguration EmailAuthenticationMessage EmailAuthenticationSubject EmailConfiguration
    EmailVerificationMessage EmailVerificationSubject EnabledMfas LambdaConfig MfaConfiguration Policies Schema
    SmsAuthenticationMessage SmsConfiguration SmsVerificationMessage UserAttributeUpdateSettings
    UsernameAttributes UsernameConfiguration UserPoolAddOns UserPoolName UserPoolTags UserPoolTier
    VerificationMessageTemplate WebAuthnRelyingPartyID WebAuthnUserVerification
  `
    .trim()
    .split(/\s+/),
);
