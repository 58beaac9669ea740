/**
 * With what `up` starts Node for a daemon. Node lets the space for young objects grow to 128 MB; a daemon needs 8 MB of
 * it (two halves of 4). What it holds beyond that it pays for at each start of a child: Linux copies the map of all of it.
 */
export const DAEMON_NODE_FLAGS: readonly string[] = ['--max-semi-space-size=4'];
