/** Print plain text, and nothing of the page around. */

export function print(text: string, language: string, direction: string): void {
  const frame = document.createElement("iframe");
  // Some browsers print nothing of a frame that is not displayed.
  Object.assign(frame.style, { position: "fixed", width: "0", height: "0", border: "0" });
  document.body.append(frame);
  const sheet = frame.contentDocument!;
  sheet.documentElement.lang = language;
  sheet.documentElement.dir = direction;
  sheet.title = text.split("\n", 1)[0]!;
  // A <pre> keeps the lines; it is styled through the object model, which every content security policy allows.
  const pre = sheet.createElement("pre");
  pre.textContent = text;
  Object.assign(pre.style, { font: "12pt/1.5 system-ui, sans-serif", whiteSpace: "pre-wrap" });
  sheet.body.append(pre);
  frame.contentWindow!.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow!.print();
}
