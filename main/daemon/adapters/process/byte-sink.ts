/**
 * Takes the output of a program. The chunk is valid only during the call: whoever keeps bytes copies them. A promise
 * asks the program to wait until it is settled; it never rejects: a sink that cannot keep what it is given says so when
 * its owner closes it, and lets the program go on.
 */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void> | undefined;
}

/** For output that nobody wants. */
export const discardBytes: ByteSink = { write: () => undefined };
