import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linksOf } from "./rest/paging.ts";
import { escaped, html } from "./web/html.ts";

describe("pages", () => {
  it("of a list lead to the others, and never beyond the last", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(1000),
        (number, size, total) => {
          const links = new Map(linksOf({ number, size, skip: (number - 1) * size }, total));
          const last = Math.max(Math.ceil(total / size), 1);
          expect(links.has("next")).toBe(number < last);
          expect(links.has("prev")).toBe(number > 1);
          for (const page of links.values()) expect(page >= 1 && page <= last).toBe(true);
        },
      ),
    );
  });

  it("for people hold no markup but our own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(html`<p title="${text}">${[text]}</p>`.text).toBe(`<p title="${escaped(text)}">${escaped(text)}</p>`);
        expect(escaped(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});
