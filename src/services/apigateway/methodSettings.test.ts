import { expect, test } from "vitest";
import { isMethodSetting, withSetting } from "./methodSettings.ts";

const WHOLE = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

test("a method that has a setting has all of them", () => {
  const settings = withSetting({}, { op: "replace", path: "/*/*/metrics/enabled", value: "true" });
  expect(settings).toEqual({ "*/*": { ...WHOLE, metricsEnabled: true } });
  const more = withSetting(settings, { op: "replace", path: "/~1items/GET/throttling/burstLimit", value: "7" });
  expect(more).toEqual({ ...settings, "~1items/GET": { ...WHOLE, metricsEnabled: true, throttlingBurstLimit: 7 } });
  expect(withSetting(more, { op: "remove", path: "/*/*" })).toEqual({ "~1items/GET": more["~1items/GET"] });
});

test("what the stage has itself is none of them", () => {
  const members = { description: "text" };
  expect(isMethodSetting({ op: "replace", path: "/description" }, members)).toBe(false);
  expect(isMethodSetting({ op: "replace", path: "/*/*/logging/loglevel" }, members)).toBe(true);
});

test("refuses to remove what is not there, and what is no setting", () => {
  expect(() => withSetting({}, { op: "remove", path: "/*/*" })).toThrow(
    "Cannot remove method setting */* because there is no method setting for this method ",
  );
  expect(() => withSetting({}, { op: "replace", path: "/tags/tag1", value: "x" })).toThrow(
    /^Invalid method setting path: \/tags\/tag1\. Must be one of: \[\/deploymentId, .*burstLimit\/\{resourcePath\}.*, \/tracingEnabled\]$/,
  );
});
