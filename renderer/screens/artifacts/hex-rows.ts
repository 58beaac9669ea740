const ROW_BYTES = 16;

export interface HexRow {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

/** Sixteen bytes a row, as every such program shows them. */
export function hexRows(bytes: Uint8Array): readonly HexRow[] {
  const rows: HexRow[] = [];
  for (let at = 0; at < bytes.length; at += ROW_BYTES) {
    const part = [...bytes.subarray(at, at + ROW_BYTES)];
    rows.push({
      offset: at.toString(16).padStart(8, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    });
  }
  return rows;
}
