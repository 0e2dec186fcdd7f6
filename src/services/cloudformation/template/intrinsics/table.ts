import { cidr } from "./cidr.ts";
import { findInMap } from "./findInMap.ts";
import { getAtt } from "./getAtt.ts";
import type { Intrinsic } from "./intrinsic.ts";
import { getAZs, join, length, select, split } from "./lists.ts";
import { and, equals, ifFunction, not, or } from "./logic.ts";
import { ref } from "./ref.ts";
import { sub } from "./sub.ts";
import { base64, importValue, toJsonString } from "./texts.ts";

/** Every function that a value may be, by name. Rule functions and macros are not values and are not among them. */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map(
  [
    base64,
    getAtt,
    getAZs,
    importValue,
    join,
    split,
    findInMap,
    select,
    ref,
    equals,
    ifFunction,
    not,
    and,
    or,
    sub,
    cidr,
    length,
    toJsonString,
  ].map((intrinsic) => [intrinsic.name, intrinsic]),
);

/** Functions that only AWS::LanguageExtensions brings. */
export const EXTENDED: ReadonlySet<string> = new Set(["Fn::Length", "Fn::ToJsonString"]);

/** Functions that give a condition's outcome, and stand in Conditions and Rules only. */
export const BOOLEAN: ReadonlySet<string> = new Set(["Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals"]);

/** AWS's own list, as it names it when it meets a function it does not know. */
export const SUPPORTED =
  "[Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr]";
