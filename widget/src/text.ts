/** The form of a message: paragraphs apart by blank lines, list items that begin with "- ". */

export type Block = { kind: "paragraph"; text: string } | { kind: "list"; items: string[] };

export function blocks(text: string): Block[] {
  const found: Block[] = [];
  for (const part of text.trim().split(/\n\s*\n/)) {
    let last: Block | undefined;
    for (const line of part.split("\n")) {
      if (line.startsWith("- ")) {
        if (last?.kind !== "list") found.push((last = { kind: "list", items: [] }));
        last.items.push(line.slice(2).trim());
      } else if (last?.kind === "paragraph") {
        last.text += `\n${line}`;
      } else {
        found.push((last = { kind: "paragraph", text: line }));
      }
    }
  }
  return found;
}
