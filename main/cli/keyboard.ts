/** The keys of the person at this terminal, each as it is pressed. */
export type Keyboard = (listeners: KeyboardListeners) => OpenKeyboard;

export interface KeyboardListeners {
  readonly onKeys: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly onResize: () => void;
  /** Somebody ends this program, or its terminal is gone. */
  readonly onSignal: (signal: 'SIGTERM' | 'SIGHUP') => void;
}

export interface OpenKeyboard {
  /** Leaves the terminal as it was. */
  close(): void;
}

/** Of this process. Keys that steer, such as Ctrl-C, come as bytes while it is open. */
export const processKeyboard: Keyboard = ({ onKeys, onResize, onSignal }) => {
  const { stdin, stdout } = process;
  const take = (bytes: Buffer) => onKeys(Uint8Array.from(bytes));
  const restore = () => stdin.setRawMode(false);
  stdin.setRawMode(true);
  passOutputThrough();
  stdin.on('data', take);
  stdout.on('resize', onResize);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  process.on('exit', restore); // also when something throws
  return {
    close() {
      restore();
      stdin.off('data', take);
      stdin.pause();
      stdout.off('resize', onResize);
      process.off('SIGTERM', onSignal);
      process.off('SIGHUP', onSignal);
      process.off('exit', restore);
    },
  };
};

/**
 * Node's raw mode still makes `\r\n` of every `\n`, which to a program that draws means only: one line down. What ends
 * the raw mode ends this, too. Where there is no `stty` it stays as it is.
 */
function passOutputThrough(): void {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] });
}
