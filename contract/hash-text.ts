export const HASH_LENGTH = 26;

/** 128 bits of FNV-1a in base 36: tells long texts apart; it is no defence against somebody who builds collisions. */
export function hashText(text: string): string {
  const prime = 0x0000000001000000000000000000013bn;
  const mask = (1n << 128n) - 1n;
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * prime) & mask;
  return hash.toString(36).padStart(HASH_LENGTH, '0').slice(-HASH_LENGTH);
}
