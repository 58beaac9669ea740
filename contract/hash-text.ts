/** How long a `hashText` is: 128 bits in base 36. */
export const HASH_LENGTH = 25;

/**
 * The first 128 bits of a text's SHA-256 in base 36: two texts that share one are 2^64 tries away. Written out here (after
 * FIPS 180-4) because ids are derived in every program, and a browser hashes only asynchronously.
 */
export function hashText(text: string): string {
  const padded = pad(new TextEncoder().encode(text));
  let state = INITIAL_STATE;
  for (let offset = 0; offset < padded.byteLength; offset += BLOCK_BYTES) {
    state = compress(state, expand(new DataView(padded, offset, BLOCK_BYTES)));
  }
  const half = state.slice(0, 4).reduce((bits, word) => (bits << 32n) | BigInt(word >>> 0), 0n);
  return half.toString(36).padStart(HASH_LENGTH, '0');
}

/** Eight 32-bit words, signed or not. */
type State = readonly [number, number, number, number, number, number, number, number];

const BLOCK_BYTES = 64;
const ROUNDS = 64;

/** The bytes, one bit, zeros, and the length in bits as a 64-bit number, in whole blocks. */
function pad(bytes: Uint8Array): ArrayBuffer {
  const padded = new ArrayBuffer(Math.ceil((bytes.length + 9) / BLOCK_BYTES) * BLOCK_BYTES);
  new Uint8Array(padded).set(bytes);
  const view = new DataView(padded);
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(padded.byteLength - 8, BigInt(bytes.length) * 8n);
  return padded;
}

/** The message schedule of a block: one word for each round. */
function expand(block: DataView): DataView {
  const words = new DataView(new ArrayBuffer(ROUNDS * 4));
  const word = (round: number): number => words.getUint32(round * 4);
  for (let round = 0; round < 16; round += 1) words.setUint32(round * 4, block.getUint32(round * 4));
  for (let round = 16; round < ROUNDS; round += 1) {
    const [near, far] = [word(round - 2), word(round - 15)];
    const mixed = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10);
    const mixedFar = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3);
    words.setUint32(round * 4, mixed + word(round - 7) + mixedFar + word(round - 16));
  }
  return words;
}

function compress(before: State, words: DataView): State {
  let [a, b, c, d, e, f, g, h] = before;
  for (const [round, constant] of ROUND_CONSTANTS.entries()) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first =
      (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + constant + words.getUint32(round * 4)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0;
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  const [a0, b0, c0, d0, e0, f0, g0, h0] = before;
  return [
    (a0 + a) | 0,
    (b0 + b) | 0,
    (c0 + c) | 0,
    (d0 + d) | 0,
    (e0 + e) | 0,
    (f0 + f) | 0,
    (g0 + g) | 0,
    (h0 + h) | 0,
  ];
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** Fractions of the square roots of the first 8 primes, and of the cube roots of the first 64. */
const INITIAL_STATE: State = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

// biome-ignore format: eight a line
const ROUND_CONSTANTS = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];
