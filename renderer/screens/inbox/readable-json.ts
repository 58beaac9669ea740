/** JSON spread out, as long as that changes nothing of it; anything else as it is. */
export function readableJson(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text; // No JSON: shown as it is.
  }
}
