import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { fill, strings } from "../src/strings";

test("places are filled, and what is unknown stays", () => {
  assert.equal(fill("{a} of {b}, {c}", { a: 1, b: "two" }), "1 of two, {c}");
});

test("every string is used somewhere", () => {
  const code = readdirSync("src", { recursive: true })
    .filter((file) => file.endsWith(".ts") && !file.endsWith("strings.ts"))
    .map((file) => readFileSync(`src/${file}`, "utf8"))
    .join();
  const unused = Object.keys(strings).filter((name) => !new RegExp(`\\b${name.replace(/[EUC]$/, "")}`).test(code));
  assert.deepEqual(unused, []);
});
