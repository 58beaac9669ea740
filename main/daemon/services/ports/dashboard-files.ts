/** The built dashboard. Only what was in its folder can be asked for. */
export interface DashboardFiles {
  /** Whether there is one. */
  isBuilt(): boolean;
  /** The page that every address of the dashboard shows; null: it is not built. */
  page(): Promise<Uint8Array | null>;
  /** What the page loads, by its path below the folder; null: there is no such file. */
  file(path: string): Promise<DashboardFile | null>;
}

export interface DashboardFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Its name changes with its content. */
  readonly isImmutable: boolean;
}
