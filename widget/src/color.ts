/** Whatever color the clinic chooses, the words on it can be read. */

const FORM = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i;
// Black and white have the same contrast to a color of this lightness.
const MIDDLE = 0.179;

/** Black or white, whichever stands out more from `color` (#rrggbb); undefined if it is no such color. */
export function ink(color: string): string | undefined {
  const parts = FORM.exec(color);
  if (!parts) return undefined;
  const [red, green, blue] = parts.slice(1).map((part) => light(Number.parseInt(part, 16) / 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > MIDDLE ? "#000" : "#fff";
}

/** From the value in the file to the light that the eye gets (WCAG 2, relative luminance). */
function light(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
