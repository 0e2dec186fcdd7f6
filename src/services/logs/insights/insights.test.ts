import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldsOf } from "./fields.ts";
import { readQuery } from "./query.ts";
import { runQuery } from "./runQuery.ts";
import { MalformedQuery } from "./tokens.ts";

/** What a query answers of some messages, a minute apart and newest first, without their pointers. */
const asked = (query: string, messages: readonly string[], group = "app") => {
  const events = messages.map((message, index) => {
    const timestamp = Date.UTC(2026, 0, 1, 12, index);
    const account = "123456789012";
    return fieldsOf({ message, timestamp, ingestedAt: timestamp, stream: "s", group, account, pointer: String(index) });
  });
  return runQuery(readQuery(query), events.reverse()).rows.map((row) =>
    Object.fromEntries(row.filter(([name]) => name !== "@ptr")),
  );
};

const REQUESTS = [
  '{"path":"/a","ms":10,"ok":true,"user":{"id":"u1","tags":["x"]}}',
  '{"path":"/b","ms":30.5,"ok":false}',
  '{"path":"/a","ms":20,"ok":true,"user":{"id":"u2"}}',
];

describe("the query language", () => {
  test("shows fields, newest first, and what is computed of them", () => {
    expect(asked("fields path, ms * 2 as twice, user.id, user.tags.0 | limit 2", REQUESTS)).toEqual([
      { path: "/a", twice: "40", "user.id": "u2" },
      { path: "/b", twice: "61" },
    ]);
    expect(asked("filter ok = 1", REQUESTS)).toHaveLength(2);
    expect(asked("limit 1", ["plain"])).toEqual([{ "@timestamp": "2026-01-01 12:00:00.000", "@message": "plain" }]);
    expect(asked("fields @message | display @log, @logStream", ["x"])).toEqual([
      { "@log": "123456789012:app", "@logStream": "s" },
    ]);
  });

  test.each([
    ["ms > 15 and path = '/a'", 1],
    ["path like /^\\/a/", 2],
    ["path not like 'a'", 1],
    ["path in ['/a', '/c']", 2],
    ["path not in ['/a']", 1],
    ["not ispresent(user.id)", 1],
    ["user.id = 'u1' or ms >= 30.5", 2],
    ["user.id != 'u1'", 2],
    ["(ms + 10) / 2 = 10 # a comment", 1],
    ["strlen(path) = 2 and strcontains(path, 'b')", 1],
    ['@message =~ /"ms":\\d0[,}]/', 2],
    ["isIpv4InSubnet('10.1.2.3', '10.0.0.0/8')", 3],
    ['`path` = "/b"', 1],
    ["-ms < -25", 1],
    ["coalesce(user.id, 'nobody') = 'nobody'", 1],
  ])("filters: %s", (condition, count) => {
    expect(asked(`fields path | filter ${condition}`, REQUESTS)).toHaveLength(count);
  });

  test("counts, by fields and by time", () => {
    expect(
      asked("stats count(*) as n, avg(ms), max(ms) - min(ms) as spread, pct(ms, 50) by path | sort n desc", REQUESTS),
    ).toEqual([
      { path: "/a", n: "2", "avg(ms)": "15", spread: "10", "pct(ms, 50)": "10" },
      { path: "/b", n: "1", "avg(ms)": "30.5", spread: "0", "pct(ms, 50)": "30.5" },
    ]);
    expect(asked("stats count(*), count_distinct(path), latest(ms), sum(none) by bin(2m)", REQUESTS)).toEqual([
      {
        "bin(2m)": "2026-01-01 12:02:00.000",
        "count(*)": "1",
        "count_distinct(path)": "1",
        "latest(ms)": "20",
        "sum(none)": "0",
      },
      {
        "bin(2m)": "2026-01-01 12:00:00.000",
        "count(*)": "2",
        "count_distinct(path)": "2",
        "latest(ms)": "30.5",
        "sum(none)": "0",
      },
    ]);
    expect(asked("filter path = '/z' | stats count(*)", REQUESTS)).toEqual([{ "count(*)": "0" }]);
    expect(asked("stats count(*) by path | sort count(*) asc | limit 1", REQUESTS)).toEqual([
      { path: "/b", "count(*)": "1" },
    ]);
    expect(asked("stats floor(avg(ms)) as f", REQUESTS)).toEqual([{ f: "20" }]);
  });

  test("parses messages, and drops what is told twice", () => {
    const lines = ["user=a cost: 3 [x]", "user=b cost: 5 [y]", "user=a cost: 9 [z]", "nothing"];
    expect(
      asked(
        'parse "user=* cost: * [*]" as who, cost, tag | filter ispresent(who) | display who, cost | sort cost',
        lines,
      ),
    ).toEqual([
      { who: "a", cost: "3" },
      { who: "b", cost: "5" },
      { who: "a", cost: "9" },
    ]);
    expect(asked("parse @message /user=(?<who>\\w+)/ | stats count(*) as n by who | filter n > 1", lines)).toEqual([
      { who: "a", n: "2" },
    ]);
    expect(asked("parse @message 'user=* *' as who, rest | dedup who | display who", lines)).toEqual([
      {},
      { who: "a" },
      { who: "b" },
    ]);
  });

  test("knows what functions log", () => {
    const id = "6a0e5c7e-5c1f-4d52-8f52-aaaaaaaaaaaa";
    const report = `REPORT RequestId: ${id}\tDuration: 12.5 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\tInit Duration: 100 ms\t\n`;
    const group = "/aws/lambda/f";
    expect(
      asked('filter @type = "REPORT" | display @duration, @memorySize / 1000000 as mb, @requestId', [report], group),
    ).toEqual([{ "@duration": "12.5", mb: "128", "@requestId": id }]);
    expect(asked("fields level", [`2026-01-01T00:00:00Z\t${id}\tINFO\t{"level":"warn"}`], group)).toEqual([
      { level: "warn" },
    ]);
  });

  test.each([
    ["invalid stuff", "unexpected symbol found invalid at line 1 and position 0"],
    ["fields @message |\n limit x", "unexpected symbol found x at line 2 and position 7"],
    ["filter count(*) > 1", "the function count is allowed in stats only"],
    ["filter nope(1)", "unknown function nope"],
    ["parse 'a * b *' as x", "the pattern of parse has 2 wildcards for 1 names"],
    ["fields (a", "unexpected symbol found end of input at line 1 and position 9"],
    ["filter a like /(/", "Invalid regular expression"],
  ])("refuses %s", (query, message) => {
    expect(() => readQuery(query)).toThrow(MalformedQuery);
    expect(() => readQuery(query)).toThrow(message);
  });

  test("refuses what is not built by its name", () => {
    expect(() => readQuery("fields a | pattern @message")).toThrow("the Logs Insights command pattern");
  });

  test("reads any text, or says what is wrong with it", () => {
    const words = fc.constantFrom(
      "fields",
      "filter",
      "stats",
      "by",
      "|",
      "(",
      ")",
      "a",
      "1",
      "5m",
      "'x'",
      "/r/",
      ",",
      "*",
      "not",
      "like",
      "sort",
      "parse",
      "as",
      "[",
      "]",
      "-",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (all) => {
        try {
          readQuery(all.join(" "));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedQuery);
        }
      }),
    );
  });

  test("counts every event in exactly one group", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ k: fc.constantFrom("a", "b", "c"), n: fc.nat(9) })), (rows) => {
        const counted = asked(
          "stats count(*) as n, sum(n) as s by k",
          rows.map((row) => JSON.stringify(row)),
        );
        expect(counted.reduce((sum, { n }) => sum + Number(n), 0)).toBe(rows.length);
        for (const { k, s } of counted)
          expect(Number(s)).toBe(rows.filter((row) => row.k === k).reduce((sum, { n }) => sum + n, 0));
      }),
    );
  });
});
