import assert from "node:assert/strict";
import { test } from "node:test";

import { strings } from "../src/strings";
import { origin, transcript } from "../src/transcript";

const message = { role: "assistant", text: "Yes.", sent_at: "2026-01-02T12:00:00Z", sources: [], reviewed: null };

test("sources and the day of the review, as far as they are known", () => {
  const sources = [{ title: "A" }, { title: "B" }];
  assert.equal(origin({ ...message, sources, reviewed: "2026-11-23" }, strings, "en"), "Sources: A; B. Reviewed November 23, 2026");
  assert.equal(origin({ ...message, sources: [{ title: "A" }] }, strings, "en"), "Source: A");
  assert.equal(origin(message, strings, "en"), "");
});

test("the transcript says who said what, and that it is no diagnosis", () => {
  const text = transcript([{ ...message, role: "person", text: "Does it hurt?" }, message], "Title", strings, "en");
  const parts = text.split("\n\n");
  assert.equal(parts[0], "Title");
  assert.match(parts[1], /not a diagnosis/);
  assert.match(parts[2], /^You, Jan 2, 2026, .+\nDoes it hurt\?$/);
  assert.match(parts[3], /^Answer, .+\nYes\.$/);
});
