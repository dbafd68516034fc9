import assert from "node:assert/strict";
import { test } from "node:test";

import { ink } from "../src/color";

test("white on dark, black on light", () => {
  assert.equal(ink("#1f5f6b"), "#fff");
  assert.equal(ink("#ffd400"), "#000");
  assert.equal(ink("#FFFFFF"), "#000");
});

test("what is no color in six digits has no ink", () => {
  for (const value of ["", "red", "#fff", "#12345g", "url(x)"]) assert.equal(ink(value), undefined);
});
