/**
 * With what `up`, and bin/launch.cjs for one in the foreground, start Node for a daemon. Node lets the space for young
 * objects grow to 128 MB; a daemon gets along with two halves of 2 MB. What it held beyond that it would pay for at each
 * start of a child: Linux copies the map of all of its memory. V8 takes no notice of it once it runs.
 */
export const DAEMON_NODE_FLAGS: readonly string[] = ['--max-semi-space-size=2'];
