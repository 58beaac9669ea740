/** The hash of a repository: `extensions.objectFormat`. */
export type ObjectFormat = 'sha1' | 'sha256';

export const objectIdBytesOf = (format: ObjectFormat): number => (format === 'sha256' ? 32 : 20);

export const zeroIdOf = (format: ObjectFormat): string => '0'.repeat(objectIdBytesOf(format) * 2);
