import { isJsonObject } from "../../../../kernel/json.ts";
import { functionError, TemplateError } from "../errors.ts";
import { type Intrinsic, isCall, isUnknown, KNOWN_AFTER_APPLY, NO_VALUE, textOf } from "./intrinsic.ts";

/** `Fn::Base64`: a text's UTF-8 bytes in base 64. */
export const base64: Intrinsic = {
  name: "Fn::Base64",
  check(argument, path) {
    if (textOf(argument) === undefined && !isCall(argument)) throw functionError(BASE64_TAKES, path);
  },
  resolve(argument, scope) {
    const text = textOf(scope.resolve(argument));
    if (text === undefined) throw functionError(BASE64_TAKES);
    return isUnknown(text) ? KNOWN_AFTER_APPLY : Buffer.from(text).toString("base64");
  },
};

const BASE64_TAKES = "every Fn::Base64 object must have a String-typed value.";

/** `Fn::ImportValue`: what another stack exports under a name. */
export const importValue: Intrinsic = {
  name: "Fn::ImportValue",
  check(argument, path) {
    if (textOf(argument) === undefined && !isCall(argument)) throw functionError(IMPORT_TAKES, path);
  },
  resolve(argument, scope) {
    const name = textOf(scope.resolve(argument));
    if (name === undefined) throw functionError(IMPORT_TAKES);
    if (isUnknown(name)) {
      throw functionError(
        "the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs",
      );
    }
    const value = scope.exported(name);
    if (value === undefined) throw noSuchExport(name);
    return value;
  },
};

const IMPORT_TAKES = "every Fn::ImportValue object must have a single String value: the name of an export.";

/** Nothing in this account and region is exported under the name. */
const noSuchExport = (name: string): TemplateError => new TemplateError(`No export named ${name} found.`);

/** `Fn::ToJsonString` (AWS::LanguageExtensions): an object or a list as JSON text. */
export const toJsonString: Intrinsic = {
  name: "Fn::ToJsonString",
  check(argument, path) {
    if (!Array.isArray(argument) && !isJsonObject(argument)) throw functionError(JSON_TAKES, path);
  },
  resolve(argument, scope) {
    const value = scope.resolve(argument);
    if (value === NO_VALUE) throw functionError(JSON_TAKES);
    return isUnknown(value) ? KNOWN_AFTER_APPLY : JSON.stringify(value);
  },
};

const JSON_TAKES = "Fn::ToJsonString requires an object or a list.";
