import { expect, it } from "vitest";
import { cutTo, openScreen } from "./screen.ts";

const written = (columns: number, rows: number) => {
  const texts: string[] = [];
  return { texts, terminal: { columns, rows, write: (text: string) => texts.push(text) } };
};

it("draws over what it drew, prints above it, and gives the cursor back once", () => {
  const { texts, terminal } = written(20, 10);
  const screen = openScreen(terminal);
  screen.draw(["one", "two"]);
  screen.draw(["three"]);
  screen.print("kept");
  screen.close();
  screen.close();
  expect(texts).toEqual([
    "\u001b[?25lone\ntwo\n",
    "\u001b[2A\r\u001b[0Jthree\n",
    "\u001b[1A\r\u001b[0Jkept\nthree\n",
    "\u001b[?25h",
  ]);
});

it("draws no more than the terminal has", () => {
  const { texts, terminal } = written(5, 3);
  openScreen(terminal).draw(["a longer line", "two", "three", "four"]);
  expect(texts).toEqual(["\u001b[?25la lo…\ntwo\n"]);
});

it.each([
  ["short", 10, "short"],
  ["exactly", 7, "exactly"],
  ["too long", 4, "too…"],
  ["\u001b[31mred and\u001b[0m more", 6, "\u001b[31mred a…\u001b[0m"],
  ["\u001b[31mred\u001b[0m more", 3, "\u001b[31mred\u001b[0m"],
])("fits %j into %d", (line, columns, expected) => expect(cutTo(line, columns)).toBe(expected));
