import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Client } from "../src/api";

const client = new Client("http://127.0.0.1/chat/");
let asked;
let replies;

beforeEach(() => {
  asked = [];
  replies = [];
  globalThis.fetch = async (url, options) => {
    asked.push([options.method, url, options]);
    const reply = replies.shift();
    if (reply instanceof Error) throw reply;
    return reply;
  };
});

const json = (content, status = 200, headers = {}) => new Response(JSON.stringify(content), { status, headers });

test("a message goes with its key and its id, and without cookies", async () => {
  replies = [json({ messages: [{ id: "m" }] })];
  assert.deepEqual(await client.send("key", "id", "hello"), [{ id: "m" }]);
  const [method, url, options] = asked[0];
  assert.deepEqual([method, url], ["POST", "http://127.0.0.1/chat/messages"]);
  assert.equal(options.headers.Authorization, "Bearer key");
  assert.equal(options.credentials, "omit");
  assert.deepEqual(JSON.parse(options.body), { id: "id", text: "hello" });
});

test("a busy server is asked again, with the same id", async () => {
  replies = [json({}, 503, { "Retry-After": "0" }), json({}, 429, { "Retry-After": "0" }), json({ messages: [] })];
  assert.deepEqual(await client.send("key", "id", "hello"), []);
  assert.equal(new Set(asked.map(([, , options]) => options.body)).size, 1);
});

test("nobody is kept waiting for long", async () => {
  replies = [json({}, 429, { "Retry-After": "60" })];
  await assert.rejects(client.send("key", "id", "hello"), { trouble: "busy", wait: 60 });
  assert.equal(asked.length, 1);
});

test("errors are told apart by what can be done", async () => {
  const troubles = { 400: "refused", 401: "expired", 403: "refused", 409: "refused", 413: "refused", 500: "failed", 404: "failed" };
  for (const [status, trouble] of Object.entries(troubles)) {
    replies = [json({}, Number(status))];
    await assert.rejects(client.history("key"), { trouble });
  }
  replies = [new TypeError("network")];
  await assert.rejects(client.history("key"), { trouble: "offline" });
});

test("an answer that is no answer is an error", async () => {
  replies = [new Response("<html>", { status: 200 })];
  await assert.rejects(client.config(), { trouble: "offline" });
});

test("nothing comes back of what is erased", async () => {
  replies = [new Response(null, { status: 204 })];
  assert.equal(await client.erase("key"), undefined);
  assert.equal(asked[0][0], "DELETE");
});
