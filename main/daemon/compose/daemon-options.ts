export interface DaemonOptions {
  /** A folder in the repository; the current one when left out. */
  readonly repoRoot?: string;
  /** 0 lets the system choose; a busy port that was named here is an error. */
  readonly port?: number;
  readonly configPath?: string;
  /** Simulates the agents whatever the settings say. */
  readonly simulation?: boolean;
  /** Called once, when everything that a start needs has been done. */
  readonly onReady?: () => void;
}
