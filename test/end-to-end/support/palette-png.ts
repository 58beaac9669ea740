import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLORS = 256;

/** Makes a screenshot small: at most 256 colours, which a page of flat grounds and grey-edged letters hardly misses. */
export function toPalettePng(png: Buffer): Buffer {
  const { width, height, pixels } = readPng(png);
  const palette = mostUsed(pixels);
  const indexOf = nearestIn(palette);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + x + 1] = indexOf(pixels[y * width + x] ?? 0);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colors = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  const data = deflateSync(rows, { level: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', colors), chunk('IDAT', data), chunk('IEND')]);
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB, row by row. */
  readonly pixels: Uint32Array;
}

/** Of what browsers write: eight bits, red green blue with or without alpha, not interlaced. */
function readPng(png: Buffer): Picture {
  const header = png.subarray(16, 29);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 6 ? 4 : 3;
  const bytes = inflateSync(Buffer.concat(chunksOf(png, 'IDAT')));
  const stride = width * channels;
  const pixels = new Uint32Array(width * height);
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const at = y * (stride + 1);
    const row = Uint8Array.from(bytes.subarray(at + 1, at + 1 + stride));
    unfilter(bytes[at] ?? 0, row, { above, channels });
    for (let x = 0; x < width; x += 1) {
      const from = x * channels;
      pixels[y * width + x] = ((row[from] ?? 0) << 16) | ((row[from + 1] ?? 0) << 8) | (row[from + 2] ?? 0);
    }
    above = row;
  }
  return { width, height, pixels };
}

function chunksOf(png: Buffer, wanted: string): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === wanted) found.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return found;
}

interface Beside {
  readonly above: Uint8Array;
  readonly channels: number;
}

/** Undoes the filter of a row, in place (PNG 1.2, chapter 6). */
function unfilter(kind: number, row: Uint8Array, { above, channels }: Beside): void {
  if (kind === 0) return;
  for (let i = 0; i < row.length; i += 1) {
    const left = i < channels ? 0 : (row[i - channels] ?? 0);
    const up = above[i] ?? 0;
    const corner = i < channels ? 0 : (above[i - channels] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind] ?? 0;
    row[i] = ((row[i] ?? 0) + guess) & 255;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** So far apart, squared, that an eye tells them apart beside each other. */
const APART = 150;

/** The most used ones that differ: the many greys at the edges of letters leave room for the small icon's colour. */
function mostUsed(pixels: Uint32Array): readonly number[] {
  const counts = new Map<number, number>();
  for (const color of pixels) counts.set(color, (counts.get(color) ?? 0) + 1);
  const palette: number[] = [];
  for (const [color] of [...counts].sort(([, one], [, other]) => other - one)) {
    const isNew = palette.length < GROUNDS || palette.every((known) => distanceOf(known, color) > APART);
    if (isNew) palette.push(color);
    if (palette.length === COLORS) break;
  }
  return palette;
}

/** Large areas stay exact. */
const GROUNDS = 24;

function nearestIn(palette: readonly number[]): (color: number) => number {
  const known = new Map(palette.map((color, index) => [color, index]));
  return (color) => {
    const index = known.get(color) ?? nearestIndex(palette, color);
    known.set(color, index);
    return index;
  };
}

function nearestIndex(palette: readonly number[], color: number): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of palette.entries()) {
    const distance = distanceOf(candidate, color);
    if (distance >= bestDistance) continue;
    best = index;
    bestDistance = distance;
  }
  return best;
}

const distanceOf = (one: number, other: number): number =>
  ((one >> 16) - (other >> 16)) ** 2 +
  (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
  ((one & 255) - (other & 255)) ** 2;

function chunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
